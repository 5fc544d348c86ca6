package profile

import (
	"fmt"
	"maps"
	"slices"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/subject"
	"github.com/audition-dev/audition/internal/suggest"
)

// readNotApplicable reads what a profile declares itself, and reports what is no
// fact, stands twice or is stated after all.
func (p *Profile) readNotApplicable() (errs document.Errors) {
	items, _ := p.doc.Root["not_applicable"].([]any)
	for i, item := range items {
		at := document.JoinIndex("/not_applicable", i)
		n := NotApplicable{By: ByProfile, Pointer: at}
		n.Fact, _ = member(item, "fact").(string)
		n.Because, _ = member(item, "because").(string)
		twice := slices.IndexFunc(p.declared, func(m NotApplicable) bool { return document.Within(n.Fact, m.Fact) || document.Within(m.Fact, n.Fact) })
		switch {
		case n.Fact == "" || !document.IsPointer(n.Fact) || !Known(n.Fact):
			errs = append(errs, p.doc.Errorf(at+"/fact", "%s is no fact or section of a profile%s", document.Clip(n.Fact), didYouMean(n.Fact)))
		case twice >= 0:
			errs = append(errs, p.doc.Errorf(at+"/fact", "is within %s, or the other way round", document.PathOf(p.declared[twice].Pointer)))
		case !p.hasItems(n.Fact):
			errs = append(errs, p.doc.Errorf(at+"/fact", "%s: there is no such item", document.PathOf(n.Fact)))
		default:
			p.declared = append(p.declared, n)
			errs = append(errs, p.statedAll(n)...)
		}
	}
	return errs
}

// hasItems tells whether the items of lists that a pointer leads through are there.
func (p *Profile) hasItems(pointer string) bool {
	at := ""
	for _, token := range document.Split(pointer) {
		at = document.Join(at, token)
		if subject.IsIndex(token) && p.stated(at) == nil {
			return false
		}
	}
	return true
}

// statedAll reports every fact that is stated and declared not to apply.
func (p *Profile) statedAll(n NotApplicable) (errs document.Errors) {
	for _, pointer := range slices.Sorted(maps.Keys(p.Leaves())) {
		if subject.Reaches(n.Fact, pointer) || document.Within(pointer, n.Fact) {
			errs = append(errs, p.doc.Errorf(pointer, "%s contradicts %s, which declares %s not applicable (line %d)",
				spelt(p.Leaves()[pointer]), document.PathOf(n.Pointer), document.PathOf(n.Fact), p.doc.Position(n.Pointer+"/fact").Line))
		}
	}
	return errs
}

// Leaves are the values of all stated facts by pointer, lists of words whole.
func (p *Profile) Leaves() map[string]any {
	out := map[string]any{}
	var walk func(v any, pointer string)
	walk = func(v any, pointer string) {
		if object, ok := v.(map[string]any); ok {
			for key, c := range object {
				walk(c, document.Join(pointer, key))
			}
			return
		}
		if list, ok := v.([]any); ok && slices.ContainsFunc(list, func(item any) bool { _, isObject := item.(map[string]any); return isObject }) {
			for i, item := range list {
				walk(item, document.JoinIndex(pointer, i))
			}
			return
		}
		out[pointer] = v
	}
	walk(onlyFacts(p.doc.Root), "")
	return out
}

// didYouMean suggests a fact or a section. The vocabulary is too long to list.
func didYouMean(pointer string) string {
	if c := suggest.Closest(pointer, slices.Sorted(maps.Keys(known()))); c != "" {
		return fmt.Sprintf(", did you mean %q?", c)
	}
	return ", expected a JSON pointer such as /secrets/storage"
}
