package profile

import (
	"math"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
)

// Who can say that a fact does not apply.
const (
	BySubject = "subject"
	ByProfile = "profile"
)

// NotApplicable is a fact, a list or a section that does not apply: where nothing
// is stated there, that is no silence.
type NotApplicable struct {
	// By is BySubject or ByProfile.
	By string
	// Fact is a JSON pointer, with * for every item of a list.
	Fact    string
	Because string
	// Pointer is where the profile says so.
	Pointer string
}

// Subject is who is judged.
func (p *Profile) Subject() Subject { return p.subject }

// NotApplicable returns what does not apply and leaves something unstated, what
// the subject says first.
func (p *Profile) NotApplicable() (out []NotApplicable) {
	for _, n := range p.moot {
		if slices.ContainsFunc(p.undisclosed(), func(f string) bool { return reaches(n.Fact, p.Original(f)) }) {
			out = append(out, n)
		}
	}
	return out
}

// Moot returns why a fact, a list or a section does not apply. What is stated, in
// part at least, always applies.
func (p *Profile) Moot(pointer string) (NotApplicable, bool) {
	if len(p.moot) == 0 {
		return NotApplicable{}, false
	}
	if v, _ := p.Lookup(pointer); v != nil {
		return NotApplicable{}, false
	}
	original := p.Original(pointer)
	if list, ok := strings.CutSuffix(original, "_complete"); ok && IsFact(list) {
		original = list
	}
	i := slices.IndexFunc(p.moot, func(n NotApplicable) bool { return reaches(n.Fact, original) })
	if i < 0 {
		return NotApplicable{}, false
	}
	return p.moot[i], true
}

// Applies tells whether a fact, a list or a section is stated, or would have
// something to say if it were.
func (p *Profile) Applies(pointer string) bool {
	_, moot := p.Moot(pointer)
	return !moot
}

// Exempt returns why a rule, by its id, has nothing to say where nothing is
// stated.
func (p *Profile) Exempt(rule string) (because string, ok bool) {
	for _, n := range p.subject.NotApplicable {
		if p.holds(n) && slices.ContainsFunc(n.Rules, func(glob string) bool { return matches(glob, rule) }) {
			return n.Because, true
		}
	}
	return "", false
}

// matches tells whether a rule has the id; * in it stands for any text without /.
func matches(glob, rule string) bool {
	ok, err := path.Match(glob, rule)
	return ok && err == nil
}

// reaches tells whether a pointer is within another that may have * for an index.
// Only such a one reaches into the items of a list.
func reaches(of, pointer string) bool {
	a, b := document.Split(of), document.Split(pointer)
	if len(a) > len(b) {
		return false
	}
	for i, token := range b {
		switch {
		case i >= len(a):
			if token == "*" || isIndex(token) {
				return false
			}
		case a[i] != token && a[i] != "*":
			return false
		}
	}
	return true
}

func isIndex(token string) bool {
	_, ok := document.Index(token, math.MaxInt)
	return ok
}

// holds tells whether an entry of the subject does: nothing is stated that makes
// it apply after all.
func (p *Profile) holds(n Inapplicable) bool {
	return !slices.ContainsFunc(n.Unless, func(fact string) bool { v, _ := p.Lookup(fact); return affirmed(v) })
}

// mark notes what does not apply, and in Facts where nothing is stated of it.
func (p *Profile) mark() {
	p.moot = nil
	for _, n := range p.subject.NotApplicable {
		if !p.holds(n) {
			continue
		}
		for _, fact := range n.Facts {
			p.moot = append(p.moot, NotApplicable{BySubject, fact, n.Because, "/metadata/subject"})
		}
	}
	slices.SortFunc(p.moot, func(a, b NotApplicable) int { return strings.Compare(a.Fact, b.Fact) })
	p.moot = append(p.moot, p.declared...)
	if len(p.moot) > 0 {
		p.markFacts(reflect.ValueOf(&p.Facts).Elem())
	}
}

func (p *Profile) markFacts(v reflect.Value) {
	for i := range v.NumField() {
		switch f := v.Field(i).Addr().Interface().(type) {
		case interface{ mark(*Profile) }:
			f.mark(p)
		default:
			p.markFacts(v.Field(i))
		}
	}
}

func (f *Fact[T]) mark(p *Profile) { f.Moot = p.mootBy(f.Pointer) }

func (p *Profile) mootBy(pointer string) string {
	n, _ := p.Moot(pointer)
	return n.By
}

func (l *List[T]) mark(p *Profile) {
	l.Moot = p.mootBy(l.Pointer)
	l.Complete.mark(p)
	for i := range l.Items {
		switch item := any(&l.Items[i]).(type) {
		case interface{ mark(*Profile) }: // a value, which is there
		default:
			p.markFacts(reflect.ValueOf(item).Elem())
		}
	}
}

// undisclosed are the facts of the vocabulary, in the items that there are, of
// which nothing is stated.
func (p *Profile) undisclosed() (out []string) {
	for _, f := range Vocabulary() {
		list, rest, isItem := strings.Cut(f.Pointer, "/*")
		if !isItem {
			if _, ok := p.Lookup(f.Pointer); !ok && !strings.HasSuffix(f.Pointer, "_complete") {
				out = append(out, f.Pointer)
			}
			continue
		}
		v, _ := p.Lookup(list)
		items, _ := v.([]any)
		for i := range items {
			if at := document.JoinIndex(list, i) + rest; !strings.HasSuffix(at, "_complete") {
				if _, ok := p.Lookup(at); !ok {
					out = append(out, at)
				}
			}
		}
	}
	return out
}
