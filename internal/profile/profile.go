// Package profile reads what is declared about an agent.
//
// [Load] turns bytes into profiles: strictly, with a line and a column for
// whatever is wrong. A [Profile] gives its facts in two forms that never
// disagree: [Profile.Facts] for Go and [Profile.Input] for Rego. A fact that is
// absent or null is undisclosed; nothing is ever filled in. [Profile.Demand]
// makes facts undisclosed whose evidence is not good enough, so that whoever
// judges a profile need not think about evidence.
package profile

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/audition-dev/audition/internal/document"
)

// Profile is the declared profile of one agent.
type Profile struct {
	// Source is the file the profile came from, as it was named to Load.
	Source   string
	Metadata Metadata
	Facts    Facts
	Scoring  Scoring
	evidence evidence
	doc      *document.Document
	// moved maps lists that lost items to the original indices of the rest.
	moved map[string][]int
}

// Metadata identifies the agent. It is not evidence.
type Metadata struct {
	Name     string            `json:"name"`
	Title    string            `json:"title,omitempty"`
	Version  string            `json:"version,omitempty"`
	Vendor   string            `json:"vendor,omitempty"`
	Category string            `json:"category,omitempty"`
	Owner    string            `json:"owner,omitempty"`
	Summary  string            `json:"summary,omitempty"`
	Homepage string            `json:"homepage,omitempty"`
	Labels   map[string]string `json:"labels,omitempty"`
}

// Load reads every document of data. It returns an *Error or document.Errors, whose
// places are lines and columns of data; source names it in messages.
func Load(source string, data []byte) ([]*Profile, error) {
	docs, err := document.Read(source, data)
	if err != nil {
		return nil, err
	}
	var errs document.Errors
	profiles := make([]*Profile, len(docs))
	for i, doc := range docs {
		invalid := doc.Validate(schema())
		if len(invalid) == 0 {
			profiles[i], invalid = newProfile(doc)
		}
		errs = append(errs, invalid...)
	}
	if len(errs) > 0 {
		return nil, errs.Sorted()
	}
	return profiles, nil
}

// newProfile reads a document that the schema accepts and checks what a schema
// cannot say.
func newProfile(doc *document.Document) (*Profile, document.Errors) {
	p := &Profile{Source: doc.Source, doc: doc}
	encoded, err := json.Marshal(doc.Root["metadata"])
	if err == nil {
		err = json.Unmarshal(encoded, &p.Metadata)
	}
	if err != nil {
		return nil, document.Errors{doc.Errorf("/metadata", "%v", err)}
	}
	decode(doc.Root, "", reflect.ValueOf(&p.Facts).Elem())
	p.Scoring = readScoring(doc.Root["scoring"])
	var errs document.Errors
	p.evidence, errs = readEvidence(doc)
	return p, append(errs, p.check()...)
}

// check reports closed lists that are absent, ids that stand twice and days
// that do not exist.
func (p *Profile) check() (errs document.Errors) {
	closed := []struct {
		complete  Fact[bool]
		disclosed bool
	}{
		{p.Facts.Tools.Complete, p.Facts.Tools.Disclosed},
		{p.Facts.Data.Classes.Complete, p.Facts.Data.Classes.Disclosed},
		{p.Facts.Data.Ingress.Complete, p.Facts.Data.Ingress.Disclosed},
		{p.Facts.SelfModification.Surfaces.Complete, p.Facts.SelfModification.Surfaces.Disclosed},
		{p.Facts.Compliance.Certifications.Complete, p.Facts.Compliance.Certifications.Disclosed},
	}
	var ids []Fact[string]
	for _, t := range p.Facts.Tools.Items {
		ids = append(ids, t.ID)
		closed = append(closed, []struct {
			complete  Fact[bool]
			disclosed bool
		}{{t.Access.Complete, t.Access.Disclosed}, {t.Scopes.Complete, t.Scopes.Disclosed}}...)
	}
	errs = append(errs, p.twice(ids)...)
	ids = nil
	for _, c := range p.Facts.Compliance.Certifications.Items {
		ids = append(ids, c.ID)
		if _, err := time.Parse(time.DateOnly, c.ValidUntil.Value); c.ValidUntil.Disclosed && err != nil {
			errs = append(errs, p.doc.Errorf(c.ValidUntil.Pointer, "expected a day such as 2026-01-31, got %q", c.ValidUntil.Value))
		}
	}
	errs = append(errs, p.twice(ids)...)
	for _, c := range closed {
		if c.complete.Value && !c.disclosed {
			list := strings.TrimSuffix(c.complete.Pointer, "_complete")
			errs = append(errs, p.doc.Errorf(c.complete.Pointer, "expected %s beside it; a declared none is an empty list", document.PathOf(list)))
		}
	}
	return errs
}

func (p *Profile) twice(ids []Fact[string]) (errs document.Errors) {
	seen := map[string]string{}
	for _, id := range ids {
		if first, ok := seen[id.Value]; ok {
			errs = append(errs, p.doc.Errorf(id.Pointer, "%q is already %s", document.Clip(id.Value), document.PathOf(first)))
			continue
		}
		seen[id.Value] = id.Pointer
	}
	return errs
}

// Input is the profile as JSON values, without null and x- keys: what rules
// read. Callers must not change it.
func (p *Profile) Input() map[string]any { return p.doc.Root }

// Digest is the SHA-256 of the profile's content as canonical JSON: comments,
// order, null and x- keys do not matter.
func (p *Profile) Digest() string {
	// Marshalling sorts the keys; the values are JSON values by construction.
	data, err := json.Marshal(p.doc.Root)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Lookup returns the value at a pointer and whether it is disclosed.
func (p *Profile) Lookup(pointer string) (any, bool) {
	v := p.doc.Lookup(document.Split(pointer))
	return v, v != nil
}

// Original translates a pointer into Input to the pointer in the source. They
// differ only within lists that lost items to Demand.
func (p *Profile) Original(pointer string) string {
	if len(p.moved) == 0 {
		return pointer
	}
	from, to := "", ""
	for _, token := range document.Split(pointer) {
		if indices, ok := p.moved[from]; ok {
			if i, err := strconv.Atoi(token); err == nil && i < len(indices) {
				from, to = document.Join(from, token), document.JoinIndex(to, indices[i])
				continue
			}
		}
		from, to = document.Join(from, token), document.Join(to, token)
	}
	return to
}

// Position returns the place of a pointer into Input, or of its nearest
// ancestor when the fact itself is undisclosed.
func (p *Profile) Position(pointer string) document.Position {
	return p.doc.Position(p.Original(pointer))
}

// Errorf makes an error about the value at a pointer.
func (p *Profile) Errorf(pointer, format string, args ...any) error {
	return p.doc.Errorf(p.Original(pointer), format, args...)
}

// With returns a copy in which the fact at pointer has the given value: the
// answer to a question. The path to it must lead through objects or existing
// list items.
func (p *Profile) With(pointer string, value any) *Profile {
	doc := *p.doc
	doc.Root = with(p.doc.Root, document.Split(pointer), value).(map[string]any)
	q := *p
	q.doc = &doc
	q.Facts = Facts{}
	decode(doc.Root, "", reflect.ValueOf(&q.Facts).Elem())
	return &q
}

func with(v any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	if list, ok := v.([]any); ok {
		list = slices.Clone(list)
		if i, err := strconv.Atoi(path[0]); err == nil && i < len(list) {
			list[i] = with(list[i], path[1:], value)
		}
		return list
	}
	object, _ := v.(map[string]any)
	object = maps.Clone(object)
	if object == nil {
		object = map[string]any{}
	}
	object[path[0]] = with(object[path[0]], path[1:], value)
	return object
}

// String names the profile for a person: its source and agent.
func (p *Profile) String() string { return fmt.Sprintf("%s (%s)", p.Source, p.Metadata.Name) }
