package facts

import (
	"slices"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/suggest"
)

// each calls read with the index and the pointer of every factor of a set, and
// reports those that are missing and those that the set has not.
func (r *reader) each(at string, set *aivss.FactorSet, read func(i int, at string, v map[string]any)) {
	object, _ := r.doc.Value(at).(map[string]any)
	for i, f := range set.Factors {
		below := document.Join(at, f.ID)
		v, ok := object[f.ID].(map[string]any)
		if !ok {
			r.errorf(at, "%s of set %s is missing", f.ID, set.Name)
			continue
		}
		read(i, below, v)
	}
	for id := range object {
		if !slices.Contains(set.IDs(), id) {
			r.errorf(document.Join(at, id), "unknown factor of set %s%s", set.Name, suggest.DidYouMean(id, set.IDs()))
		}
	}
}

func (r *reader) factors() {
	r.each("/factors", &aivss.SetV05, func(i int, at string, v map[string]any) {
		f := factor{base: r.bySubject(at+"/base", v["base"])}
		for below, item := range r.items(at + "/add") {
			by, wanted := r.number(below+"/by", item["by"]), against
			if by < 0 {
				wanted = favours
			}
			c := r.condition(below+"/if", item["if"], wanted)
			f.adds = append(f.adds, contribution{c, by})
		}
		r.table.factors[i] = f
	})
}

func (r *reader) levels() {
	r.each("/levels", &aivss.SetV08, func(i int, at string, v map[string]any) {
		r.table.levels[i] = levels{r.raising(at+"/full", v["full"]), r.raising(at+"/partial", v["partial"])}
	})
}

// raising reads an expression over conditions that raises a score where it holds.
func (r *reader) raising(at string, v any) expression {
	e := r.expression(at, v, true)
	if s := sideOf(e, r.table.conditions); s == favours || s == mixed {
		r.errorf(at, "an answer in favour of the subject makes it hold; what speaks for it cannot raise its score")
	}
	return e
}

func (r *reader) metrics() {
	object, _ := r.doc.Lookup([]string{"cvss"}).(map[string]any)
	for _, m := range aivss.BaseMetrics() {
		at := "/cvss/" + m.Name
		if object[m.Name] == nil {
			r.errorf("/cvss", "metric %s (%s) is missing", m.Name, m.Title)
			continue
		}
		l := ladder{metric: m.Name}
		before := -1
		for below, item := range r.items(at) {
			value := textOf(item["value"])
			rank := slices.Index(m.Values, value)
			switch {
			case rank < 0:
				r.errorf(below+"/value", "%s (%s) has no value %q%s", m.Name, m.Title, value, suggest.DidYouMean(value, m.Values))
			case rank <= before:
				r.errorf(below+"/value", "expected values from the least severe to the most")
			case (item["when"] == nil) != (l.steps == nil):
				r.errorf(below, "expected when in every step but the first")
			}
			before = max(before, rank)
			s := step{value: value, because: textOf(item["because"])}
			if l.steps != nil {
				s.when = r.raising(below+"/when", item["when"])
			}
			l.steps = append(l.steps, s)
		}
		r.table.metrics = append(r.table.metrics, l)
	}
}

func (r *reader) mitigation() {
	named := func(at string, v any) (places []int) {
		list, _ := v.([]any)
		for i, id := range list {
			places = append(places, r.condition(document.JoinIndex(at, i), id, favours))
		}
		return places
	}
	m := &r.table.mitigation
	for at, item := range r.items("/mitigation/risks") {
		k := risk{when: r.condition(at+"/when", item["when"], against), controls: named(at+"/controls", item["controls"]), refused: -1}
		if item["refused"] != nil {
			k.refused = r.condition(at+"/refused", item["refused"], against)
		}
		m.risks = append(m.risks, k)
	}
	m.strong = named("/mitigation/strong", r.doc.Lookup([]string{"mitigation", "strong"}))
}
