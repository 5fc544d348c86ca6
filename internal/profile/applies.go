package profile

import (
	"reflect"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/subject"
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
func (p *Profile) Subject() subject.Subject { return p.subject }

// NotApplicable returns what does not apply and leaves something unstated, what
// the subject says first. Callers must not change it.
func (p *Profile) NotApplicable() []NotApplicable { return p.silent() }

func (p *Profile) findSilent() (out []NotApplicable) {
	if len(p.moot) == 0 {
		return nil
	}
	undisclosed := p.undisclosed()
	for i, f := range undisclosed {
		undisclosed[i] = p.Original(f)
	}
	for _, n := range p.moot {
		if slices.ContainsFunc(undisclosed, func(f string) bool { return subject.Reaches(n.Fact, f) }) {
			out = append(out, n)
		}
	}
	return out
}

// Moot returns why a fact, a list or a section does not apply. What is stated, in
// part at least, always applies.
func (p *Profile) Moot(pointer string) (NotApplicable, bool) {
	if len(p.moot) == 0 || p.stated(pointer) != nil {
		return NotApplicable{}, false
	}
	original := p.Original(pointer)
	if list, ok := strings.CutSuffix(original, "_complete"); ok && IsFact(list) {
		original = list
	}
	i := slices.IndexFunc(p.moot, func(n NotApplicable) bool { return subject.Reaches(n.Fact, original) })
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

// Scopes tells whether the same applies to both, of profiles that differ in facts.
func (p *Profile) Scopes(q *Profile) bool {
	same := func(m, n subject.Inapplicable) bool {
		return m.Because == n.Because && slices.Equal(m.Facts, n.Facts) && slices.Equal(m.Rules, n.Rules)
	}
	return slices.EqualFunc(p.subject.Holding(p.stated), q.subject.Holding(q.stated), same)
}

// Exempts tells whether a rule, by its id, has nothing to say of the subject where
// nothing is stated.
func (p *Profile) Exempts(rule string) bool { return p.subject.Exempts(rule, p.stated) }

// stated looks up what is stated, optional or not, nil for nothing.
func (p *Profile) stated(pointer string) any {
	return p.doc.Value(pointer)
}

// scope finds what does not apply.
func (p *Profile) scope() (moot []NotApplicable) {
	for _, n := range p.subject.Holding(p.stated) {
		for _, fact := range n.Facts {
			moot = append(moot, NotApplicable{BySubject, fact, n.Because, subjectPointer})
		}
	}
	slices.SortFunc(moot, func(a, b NotApplicable) int { return strings.Compare(a.Fact, b.Fact) })
	return append(moot, p.declared...)
}

// markFacts notes in facts that they do not apply, where nothing is stated of them.
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

func (p *Profile) mootBy(pointer string) string {
	n, _ := p.Moot(pointer)
	return n.By
}

// undisclosed are the facts of the vocabulary, in the items that there are, of
// which nothing is stated.
func (p *Profile) undisclosed() (out []string) {
	for _, f := range Vocabulary() {
		if strings.HasSuffix(f.Pointer, "_complete") {
			continue
		}
		at := []string{f.Pointer}
		if list, rest, isItem := strings.Cut(f.Pointer, "/*"); isItem {
			items, _ := p.stated(list).([]any)
			at = nil
			for i := range items {
				at = append(at, document.JoinIndex(list, i)+rest)
			}
		}
		for _, pointer := range at {
			if p.stated(pointer) == nil {
				out = append(out, pointer)
			}
		}
	}
	return out
}
