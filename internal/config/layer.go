package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/suggest"
	"github.com/audition-dev/audition/policies"
)

// maxLayers bounds how many configurations extend each other.
const maxLayers = 32

// File is a configuration as it was found.
type File struct {
	// Source is its name in messages and verdicts.
	Source string
	Data   []byte
	// Digest is its SHA-256, or that of the bundle that carries it.
	Digest string
	// Found tells that nobody who judges named it: it came with what is judged.
	Found bool
	// Tightens tells that it may only tighten, as a flag does.
	Tightens bool
}

// Open finds the configuration that ref names in from, or at the start from nil.
type Open func(from *Layer, ref string) (File, error)

// Layer is one configuration as it was read.
type Layer struct {
	File
	// Extends, Data, WaiverFiles and Assessments are what it names, as it names them.
	Extends, Data, WaiverFiles, Assessments []string
	// Estimates and Catalogue are the tables that it names, "" for none.
	Estimates, Catalogue string
	Policies             []PolicyRef
	Keys                 []KeyRef
	// flag tells that it comes from the command line and may only tighten.
	flag bool
	// above are the layers that it extends, and those that they do.
	above []*Layer
	doc   *document.Document
	rules []entry
	gates []gateEntry
	locks []lock
}

// PolicyRef is a policy that a layer names.
type PolicyRef struct {
	Path string
	// Trusted policies need no process of their own.
	Trusted bool
	Place   Place
}

// KeyRef is a key that verifies signatures.
type KeyRef struct {
	ID, File string
	// Algorithm is one of RFC 7518, "" for RS256.
	Algorithm string
	Place     Place
}

// entry is one item of rules.
type entry struct {
	selector Selector
	severity maestro.Severity
	action   Action
	reason   string
	place    Place
	pointer  string
}

type gateEntry struct {
	gate, reason string
	place        Place
	pointer      string
}

// lock is one item of locks: of rules, a setting or a gate.
type lock struct {
	selector      *Selector
	floor         maestro.Severity
	unwaivable    bool
	setting, gate string
	place         Place
	pointer       string
}

// Load reads a configuration, all that it extends, and flags below it, each of
// the form name=value.
func Load(open Open, ref string, flags ...string) (Config, error) {
	var layers []*Layer
	if _, err := climb(open, nil, ref, nil, &layers); err != nil {
		return Config{}, err
	}
	return below(layers, flags)
}

// Flags returns the default configuration with flags below it.
func Flags(flags ...string) (Config, error) { return below(nil, flags) }

func below(layers []*Layer, flags []string) (Config, error) {
	for _, f := range flags {
		l, err := flagLayer(f)
		if err != nil {
			return Config{}, err
		}
		layers = append(layers, l)
	}
	return fold(layers)
}

// climb reads ref and, before it, what it extends. Path is the way to it. What
// several extend stands once, at the first place.
func climb(open Open, from *Layer, ref string, path []string, layers *[]*Layer) (*Layer, error) {
	file, err := open(from, ref)
	if err != nil {
		return nil, err
	}
	if slices.Contains(path, file.Source) {
		return nil, fmt.Errorf("%s: extends itself: %s", file.Source, strings.Join(append(path, file.Source), " → "))
	}
	if i := slices.IndexFunc(*layers, func(l *Layer) bool { return l.Source == file.Source }); i >= 0 {
		return (*layers)[i], nil
	}
	if len(path) == maxLayers {
		return nil, fmt.Errorf("%s: expected at most %d configurations that extend each other", file.Source, maxLayers)
	}
	l, err := readLayer(file)
	if err != nil {
		return nil, err
	}
	for _, ref := range l.Extends {
		up, err := climb(open, l, ref, append(slices.Clone(path), file.Source), layers)
		if err != nil {
			return nil, err
		}
		l.above = append(append(l.above, up.above...), up)
	}
	*layers = append(*layers, l)
	return l, nil
}

// beneath is the order in which every layer that l does not extend stands below
// it: a lock of l binds them all, wherever a list of extends has them. Flags are
// left out, as they stand below everything already.
func (l *Layer) beneath(layers []*Layer) (order []*Layer) {
	var below []*Layer
	for _, other := range layers {
		switch {
		case slices.Contains(l.above, other):
			order = append(order, other)
		case other != l && !other.flag:
			below = append(below, other)
		}
	}
	return append(append(order, l), below...)
}

// schema is the compiled JSON Schema of configurations.
var schema = document.Embedded(policies.FS, "schema/config.jsonschema")

func readLayer(file File) (*Layer, error) {
	doc, err := document.ReadOne(file.Source, file.Data, schema())
	if err != nil {
		return nil, err
	}
	l := &Layer{File: file, doc: doc}
	return l, l.read()
}

// read takes the document apart. Its shape is checked already.
func (l *Layer) read() error {
	l.Extends, l.Data = l.texts("/extends"), l.texts("/data")
	l.Estimates, _ = l.doc.Lookup([]string{"scoring", "estimates"}).(string)
	l.Catalogue, _ = l.doc.Lookup([]string{"import", "catalogue"}).(string)
	l.WaiverFiles, l.Assessments = l.texts("/waivers/files"), l.texts("/scoring/assessments")
	for at, item := range l.items("/policies") {
		ref := PolicyRef{Place: l.place(at)}
		switch item := item.(type) {
		case string:
			ref.Path = item
		case map[string]any:
			ref.Path, _ = item["path"].(string)
			ref.Trusted = item["trusted"] == true
		}
		l.Policies = append(l.Policies, ref)
	}
	for at, item := range l.items("/signatures/keys") {
		l.Keys = append(l.Keys, KeyRef{ID: member(item, "id"), File: member(item, "file"), Algorithm: member(item, "algorithm"), Place: l.place(at)})
	}
	for at, item := range l.items("/rules") {
		e := entry{
			severity: maestro.Severity(member(item, "severity")), action: Action(member(item, "action")),
			reason: member(item, "reason"), place: l.place(at), pointer: at,
		}
		var err error
		if e.selector, err = ParseSelector(member(item, "select")); err != nil {
			return l.errorf(at+"/select", "%v", err)
		}
		switch {
		case e.severity == "" && e.action == "":
			return l.errorf(at, "expected severity or action")
		case e.severity != "" && e.action == Off:
			return l.errorf(at, "a rule that is off has no severity; expected one of the two")
		case (e.action == Off || e.action == Warn) && e.reason == "":
			return l.errorf(at, "expected a reason for action: %s", e.action)
		}
		l.rules = append(l.rules, e)
	}
	for at, item := range l.items("/gates") {
		l.gates = append(l.gates, gateEntry{member(item, "gate"), member(item, "reason"), l.place(at), at})
	}
	if err := l.checkEvidence(); err != nil {
		return err
	}
	for at, item := range l.items("/locks") {
		k, err := l.lock(at, item)
		if err != nil {
			return err
		}
		l.locks = append(l.locks, k)
	}
	return nil
}

func (l *Layer) lock(at string, item any) (lock, error) {
	k := lock{
		floor: maestro.Severity(member(item, "floor")), setting: member(item, "setting"), gate: member(item, "gate"),
		unwaivable: item.(map[string]any)["waivable"] == false, place: l.place(at), pointer: at,
	}
	given := 0
	for _, key := range []string{"select", "setting", "gate"} {
		if member(item, key) != "" {
			given++
		}
	}
	switch {
	case given != 1:
		return k, l.errorf(at, "expected one of select, setting and gate")
	case member(item, "select") == "" && (k.floor != "" || k.unwaivable):
		return k, l.errorf(at, "expected select beside floor and waivable")
	case k.setting != "" && !slices.Contains(settingNames(), k.setting):
		return k, l.errorf(at+"/setting", "unknown setting %q%s", k.setting, suggest.DidYouMean(k.setting, settingNames()))
	}
	if text := member(item, "select"); text != "" {
		s, err := ParseSelector(text)
		if err != nil {
			return k, l.errorf(at+"/select", "%v", err)
		}
		k.selector = &s
	}
	return k, nil
}

// items yields the items of a list with their pointers.
func (l *Layer) items(pointer string) func(yield func(string, any) bool) {
	return func(yield func(string, any) bool) {
		list, _ := l.doc.Value(pointer).([]any)
		for i, item := range list {
			if !yield(document.JoinIndex(pointer, i), item) {
				return
			}
		}
	}
}

func (l *Layer) texts(pointer string) (out []string) {
	for _, item := range l.items(pointer) {
		s, _ := item.(string)
		out = append(out, s)
	}
	return out
}

func member(item any, key string) string {
	object, _ := item.(map[string]any)
	s, _ := object[key].(string)
	return s
}

func (l *Layer) place(pointer string) Place {
	if l.flag {
		return Place{Source: l.Source}
	}
	return Place{l.Source, l.doc.Position(pointer).Line}
}

func (l *Layer) errorf(pointer, format string, args ...any) error {
	if l.flag {
		return fmt.Errorf("%s: %s", l.Source, fmt.Sprintf(format, args...))
	}
	return l.doc.Errorf(pointer, format, args...)
}
