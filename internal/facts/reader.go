package facts

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/subject"
	"github.com/audition-dev/audition/internal/suggest"
)

// reader takes apart a table that the schema accepts.
type reader struct {
	doc   *document.Document
	table *Table
	known map[string]int // places of conditions
	errs  document.Errors
}

func (r *reader) errorf(at, format string, args ...any) {
	r.errs = append(r.errs, r.doc.Errorf(at, format, args...))
}

// items yields the items of a list with their pointers.
func (r *reader) items(at string) func(yield func(string, map[string]any) bool) {
	return func(yield func(string, map[string]any) bool) {
		list, _ := r.doc.Value(at).([]any)
		for i, item := range list {
			object, _ := item.(map[string]any)
			if !yield(document.JoinIndex(at, i), object) {
				return
			}
		}
	}
}

// number reads a number with at most one decimal as hundredths.
func (r *reader) number(at string, v any) int {
	t, err := aivss.ParseTenths(spelled(v))
	if err != nil {
		r.errorf(at, "%v", err)
	}
	return int(t) * 10
}

func (r *reader) bySubject(at string, v any) bySubject {
	object, ok := v.(map[string]any)
	if !ok {
		return bySubject{any: r.number(at, v)}
	}
	b := bySubject{of: map[string]int{}}
	for _, id := range slices.Sorted(maps.Keys(object)) {
		below := document.Join(at, id)
		n := r.number(below, object[id])
		if id == "any" {
			b.any = n
			continue
		}
		r.subject(below, id)
		b.of[id] = n
	}
	return b
}

func (r *reader) subject(at, id string) {
	if _, ok := subject.ByID(id); ok && id != "" {
		return
	}
	var ids []string
	for _, s := range subject.All() {
		ids = append(ids, s.ID)
	}
	r.errorf(at, "unknown subject %q%s", id, suggest.DidYouMean(id, ids))
}

// conditions are read in their order: one knows those before it.
func (r *reader) conditions() {
	for at, item := range r.items("/conditions") {
		c := condition{id: textOf(item["id"]), about: textOf(item["about"])}
		c.prior = r.bySubject(at+"/likely", item["likely"])
		c.when = r.expression(at+"/when", item["when"], false)
		c.side = sideOf(c.when, r.table.conditions)
		if _, twice := r.known[c.id]; twice {
			r.errorf(at+"/id", "%s stands twice", c.id)
		}
		if c.side == mixed {
			r.errorf(at+"/when", "one answer in favour of the subject makes it hold, another one keeps it from that; split it")
		}
		for below, g := range r.items(at + "/given") {
			prior := r.number(below+"/likely", g["likely"])
			other := r.condition(below+"/if", g["if"], against)
			if c.side != against || prior < c.prior.any {
				r.errorf(below, "what is known against the subject (%s) can only make more likely what speaks against it", textOf(g["if"]))
			}
			c.given = append(c.given, given{other, prior})
		}
		r.known[c.id] = len(r.table.conditions)
		r.table.conditions = append(r.table.conditions, c)
	}
}

// condition finds the place of a condition that speaks for a side, or for any if that
// is mixed.
func (r *reader) condition(at string, v any, wanted side) int {
	id := textOf(v)
	place, ok := r.known[id]
	if !ok {
		r.errorf(at, "unknown condition %q%s", id, suggest.DidYouMean(id, slices.Sorted(maps.Keys(r.known))))
		return place
	}
	switch side := r.table.conditions[place].side; {
	case wanted == against && side == favours:
		r.errorf(at, "%s speaks for the subject; what speaks for it cannot raise its score", id)
	case wanted == favours && side == against:
		r.errorf(at, "%s speaks against the subject; what speaks against it cannot lower its score", id)
	}
	return place
}

// expression reads what has to hold. Over conditions alone it can be answered where
// facts are not known.
func (r *reader) expression(at string, v any, overConditions bool) expression {
	if text, ok := v.(string); ok {
		return r.word(at, text, overConditions)
	}
	var e expression
	object, _ := v.(map[string]any)
	list := func(key string) (out []expression) {
		items, _ := object[key].([]any)
		for i, item := range items {
			out = append(out, r.expression(document.JoinIndex(document.Join(at, key), i), item, overConditions))
		}
		return out
	}
	switch {
	case object["all"] != nil:
		e.all = list("all")
	case object["any"] != nil:
		e.any = list("any")
	case object["not"] != nil:
		below := r.expression(at+"/not", object["not"], overConditions)
		e.not = &below
	case object["subject"] != nil:
		e.subjects = texts(object["subject"])
		for i, id := range e.subjects {
			r.subject(document.JoinIndex(at+"/subject", i), id)
		}
	case overConditions:
		r.errorf(at, "expected conditions, all, any, not or subject; make a condition of it, which says how likely it is")
	case object["fact"] != nil:
		values := []any{true}
		if is, ok := object["is"].([]any); ok {
			values = is
		}
		e.fact = &factIs{textOf(object["fact"]), values}
		r.check(at, e.fact.pointer, values)
	case object["attested"] != nil:
		e.attested = texts(object["attested"])
		for i, id := range e.attested {
			r.check(document.JoinIndex(at+"/attested", i), "/compliance/certifications/0/id", []any{id})
		}
	default:
		fields, _ := object["tool"].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			values, ok := fields[name].([]any)
			if !ok {
				values = []any{fields[name]}
			}
			e.tool = append(e.tool, factIs{name, values})
			r.check(document.Join(at+"/tool", name), "/tools/0/"+name, values)
		}
	}
	return e
}

// word reads an expression that is one word: a fact that is true, a condition or a
// derived fact.
func (r *reader) word(at, text string, overConditions bool) expression {
	if place, ok := r.known[text]; ok {
		return expression{condition: place + 1}
	}
	names := slices.Sorted(maps.Keys(r.known))
	if !overConditions {
		if strings.HasPrefix(text, "/") {
			r.check(at, text, []any{true})
			return expression{fact: &factIs{text, []any{true}}}
		}
		derived := DerivedNames()
		if slices.Contains(derived, text) && !slices.Contains(unsteady, text) {
			return expression{derived: text}
		}
		names = slices.Concat(names, derived)
	}
	r.errorf(at, "unknown condition %q%s", text, suggest.DidYouMean(text, names))
	return expression{}
}

// check holds values against the vocabulary.
func (r *reader) check(at, pointer string, values []any) {
	of, ok := profile.TypeOf(pointer)
	if !ok {
		var all []string
		for _, f := range profile.Vocabulary() {
			all = append(all, f.Pointer)
		}
		r.errorf(at, "unknown fact %s%s", pointer, suggest.DidYouMean(pointer, all))
		return
	}
	legal := slices.Concat(of.Values, of.Items)
	if of.Type == "boolean" {
		legal = []string{"false", "true"}
	}
	for _, v := range values {
		_, isBool := v.(bool)
		if isBool != (of.Type == "boolean") || !slices.Contains(legal, spelled(v)) {
			r.errorf(at, "%s has no value %s%s", pointer, spelled(v), suggest.DidYouMean(spelled(v), legal))
		}
	}
}

func spelled(v any) string { return fmt.Sprint(v) }

func textOf(v any) string {
	s, _ := v.(string)
	return s
}

func texts(v any) (out []string) {
	list, _ := v.([]any)
	for _, item := range list {
		out = append(out, textOf(item))
	}
	return out
}
