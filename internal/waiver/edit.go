package waiver

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Add returns a file of waivers with one more at the end. Everything else
// stays as it is, comments and blank lines too. No data makes a new file. It refuses
// a list in brackets, unless it is empty, and what it cannot do without changing
// another waiver. Source names data in errors.
func Add(source string, data []byte, w Waiver) ([]byte, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		data = []byte("apiVersion: audition/v1\nkind: Waivers\nwaivers:\n")
	}
	for _, text := range []string{w.Rule, w.Term, w.Agent, w.AgentSource, w.Reason, w.Owner, w.Ticket} {
		if !utf8.ValidString(text) {
			return nil, fmt.Errorf("%s: expected UTF-8 text, got %q", source, text)
		}
	}
	before, l, err := readLayout(source, data)
	if err != nil {
		return nil, err
	}
	return edited(source, l.with(w), append(before, w), "adding the waiver")
}

// Remove returns a file of waivers without some of them, named by their
// index, and without the comments directly above and beside them and the blank
// lines around. Everything else stays as Add says.
func Remove(source string, data []byte, indices []int) ([]byte, error) {
	before, l, err := readLayout(source, data)
	if err != nil {
		return nil, err
	}
	var left []Waiver
	for i, w := range before {
		if !slices.Contains(indices, i) {
			left = append(left, w)
		}
	}
	if len(left)+len(indices) != len(before) {
		return nil, fmt.Errorf("%s: expected indices of %d waivers, got %v", source, len(before), indices)
	}
	return edited(source, l.without(indices), left, "removing waivers")
}

// edited holds a file that was written against what it should say.
func edited(source, text string, want []Waiver, doing string) ([]byte, error) {
	got, err := Parse(source, []byte(text))
	if err != nil {
		return nil, fmt.Errorf("%s would give %w", doing, err)
	}
	if !slices.EqualFunc(got, want, func(v, w Waiver) bool { return v.entry() == w.entry() }) {
		return nil, fmt.Errorf("%s: %s would change another one; edit the file by hand", source, doing)
	}
	return []byte(text), nil
}

// entry writes a waiver as a list of one.
func (w Waiver) entry() string {
	day := func(t time.Time) yaml.Node {
		return yaml.Node{Kind: yaml.ScalarNode, Tag: "!!timestamp", Value: t.Format(time.DateOnly)}
	}
	text, err := yaml.Marshal([]any{struct {
		Rule          string
		Term          string `yaml:",omitempty"`
		Agent         string
		Source        string `yaml:",omitempty"`
		Reason, Owner string
		Ticket        string `yaml:",omitempty"`
		Created       yaml.Node
		Expires       yaml.Node
		ProfileDigest string `yaml:"profile_digest,omitempty"`
	}{w.Rule, w.Term, w.Agent, w.AgentSource, w.Reason, w.Owner, w.Ticket, day(w.Created), day(w.Expires), w.ProfileDigest}})
	if err != nil { // only of types that YAML cannot write
		panic(err)
	}
	return string(text)
}

// layout is where the entries stand in a file of waivers. Lines count from 0.
type layout struct {
	lines []string // with their ends
	// root and dash are columns: before the keys of the document, and before the
	// dashes of the list.
	root, dash int
	// key is the line of the key waivers, -1 without one; end is the line after
	// everything that belongs to it.
	key, end int
	entries  []span
}

// span is an entry with the comments directly above it, without to.
type span struct{ from, to int }

// line is one with its end, of which YAML 1.1, section 4.2, knows several.
var line = regexp.MustCompile("[^\r\n\u0085\u2028\u2029]*(\r\n|[\r\n\u0085\u2028\u2029])|[^\r\n\u0085\u2028\u2029]+$")

func blankLine(line string) bool { return strings.TrimSpace(line) == "" }

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// readLayout reads waivers and finds their entries.
func readLayout(source string, data []byte) ([]Waiver, layout, error) {
	l := layout{lines: line.FindAllString(string(data), -1), key: -1}
	waivers, err := Parse(source, data)
	if err != nil {
		return nil, l, err
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil || doc.Content[0].Style&yaml.FlowStyle != 0 {
		return nil, l, fmt.Errorf("%s: expected YAML without braces around it; edit the file by hand", source)
	}
	root, list := doc.Content[0], &yaml.Node{}
	l.root, l.end = root.Column-1, len(l.lines)
	for i := 0; i < len(root.Content); i += 2 {
		switch key := root.Content[i]; {
		case key.Value == "waivers":
			l.key, list = key.Line-1, root.Content[i+1]
		case l.key >= 0:
			l.end = min(l.end, key.Line-1)
		}
	}
	for i := max(l.key, 0); i < l.end; i++ {
		if strings.HasPrefix(l.lines[i], "...") {
			l.end = i
		}
	}
	l.dash = l.root + 2
	if empty := " []"; len(list.Content) == 0 && l.key >= 0 && strings.Contains(l.lines[l.key], empty) {
		l.lines[l.key] = strings.Replace(l.lines[l.key], empty, "", 1)
		list.Style = 0
	}
	if list.Style&yaml.FlowStyle != 0 || list.Kind == yaml.AliasNode || !l.find(list.Content) {
		return nil, l, fmt.Errorf("%s:%d: waivers: expected a list of lines, with a dash before each waiver, to edit it; write it like that first", source, list.Line)
	}
	return waivers, l, nil
}

// find finds the lines of the entries, and tells whether each begins with a dash.
func (l *layout) find(items []*yaml.Node) bool {
	for i, item := range items {
		at := item.Line - 1
		for at > l.key && !strings.HasPrefix(strings.TrimLeft(l.lines[at], " "), "-") {
			at--
		}
		if at <= l.key {
			return false
		}
		if i == 0 {
			l.dash = indentation(l.lines[at])
		}
		s := span{at, l.end}
		for l.shallow(s.from - 1) {
			s.from--
		}
		if i > 0 {
			l.entries[i-1].to = s.from
		}
		l.entries = append(l.entries, s)
	}
	for i := range l.entries {
		for s := &l.entries[i]; blankLine(l.lines[s.to-1]) || l.shallow(s.to-1); {
			s.to--
		}
	}
	return true
}

// shallow tells whether a line is a comment that is not indented more than the
// dashes, and so not part of the entry above it.
func (l *layout) shallow(line int) bool {
	return strings.HasPrefix(strings.TrimLeft(l.lines[line], " "), "#") && indentation(l.lines[line]) <= l.dash
}

// with is the text with one more entry below the others.
func (l layout) with(w Waiver) string {
	at, added, eol := l.end, "", "\n"
	switch n := len(l.entries); {
	case n > 0:
		at = l.entries[n-1].to
		if n > 1 && blankLine(l.lines[l.entries[n-1].from-1]) {
			added = "\n"
		}
	case l.key >= 0:
		at = l.key + 1
	default:
		added = strings.Repeat(" ", l.root) + "waivers:\n"
	}
	for entry := range strings.Lines(w.entry()) {
		if !blankLine(entry) {
			entry = strings.Repeat(" ", l.dash) + entry
		}
		added += entry
	}
	lines := slices.Clone(l.lines)
	if len(lines) > 0 && strings.HasSuffix(lines[0], "\r\n") {
		eol = "\r\n"
	}
	if at > 0 && strings.TrimRight(lines[at-1], "\r\n\u0085\u2028\u2029") == lines[at-1] {
		lines[at-1] += eol
	}
	return strings.Join(slices.Insert(lines, at, strings.ReplaceAll(added, "\n", eol)), "")
}

// without is the text without some entries and the blank lines below them, for the
// last one those above.
func (l layout) without(indices []int) string {
	var kept []string
	at := 0
	for _, i := range slices.Sorted(slices.Values(indices)) {
		kept = append(kept, l.lines[at:l.entries[i].from]...)
		at = l.entries[i].to
		last := i == len(l.entries)-1
		for !last && blankLine(l.lines[at]) {
			at++
		}
		for last && len(kept) > l.key+1 && blankLine(kept[len(kept)-1]) {
			kept = kept[:len(kept)-1]
		}
	}
	return strings.Join(append(kept, l.lines[at:]...), "")
}
