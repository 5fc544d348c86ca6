package profile

import (
	"maps"
	"slices"

	"github.com/audition-dev/audition/internal/document"
)

// With returns a copy in which the fact at pointer has the given value: the
// answer to a question. The path to it must lead through objects or existing
// list items; else nothing changes.
func (p *Profile) With(pointer string, value any) *Profile {
	return p.WithAll(document.Change{Pointer: pointer, Value: value})
}

// WithAll is With for several facts, one after the other.
func (p *Profile) WithAll(changes ...document.Change) *Profile {
	q := p.stating(changes)
	q.read(p.doc.Root)
	return q
}

// stating is WithAll whose facts are not yet read.
func (p *Profile) stating(changes []document.Change) *Profile {
	q, doc := *p, *p.doc
	q.doc, q.moved = &doc, maps.Clone(p.moved)
	changes = slices.DeleteFunc(slices.Clone(changes), func(c document.Change) bool { return c.Pointer == "" || !document.IsPointer(c.Pointer) })
	doc.Root = document.With(doc.Root, changes...).(map[string]any)
	for _, c := range changes {
		// What is replaced was never in the source.
		replaced := q.Original(c.Pointer)
		maps.DeleteFunc(q.moved, func(list string, _ []int) bool { return document.Within(list, replaced) })
	}
	return &q
}

// Agreeing is WithAll, each fact once, without the changes that contradict those before
// or the profile, which it returns. What contradicts does so whatever else is changed, so
// that changes which agree are made at once.
func (p *Profile) Agreeing(changes ...document.Change) (q *Profile, refused []document.Change) {
	q, refused = p.agreeing(changes)
	q.read(p.doc.Root)
	return q, refused
}

func (p *Profile) agreeing(changes []document.Change) (q *Profile, refused []document.Change) {
	q = p.stating(changes)
	switch half := len(changes) / 2; {
	case len(changes) == 0 || !q.Contradicts():
		return q, nil
	case half == 0:
		return p.stating(nil), changes
	default:
		first, no := p.agreeing(changes[:half])
		both, nor := first.agreeing(changes[half:])
		return both, append(no[:len(no):len(no)], nor...)
	}
}
