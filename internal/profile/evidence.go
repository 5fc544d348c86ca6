package profile

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/suggest"
)

// Assurances returns how far a source can be trusted, the least first.
func Assurances() []string { return []string{"claimed", "documented", "attested", "verified"} }

// source is where a fact comes from.
type source struct {
	assurance string
	retrieved time.Time // zero when not stated
}

// evidence says which source every fact has.
type evidence struct {
	sources map[string]source
	byFact  map[string][]string
	byAll   string
}

func readEvidence(doc *document.Document) (evidence, document.Errors) {
	ev := evidence{sources: map[string]source{}, byFact: map[string][]string{}}
	object, _ := doc.Root["evidence"].(map[string]any)
	sources, _ := object["sources"].(map[string]any)
	var errs document.Errors
	for id, v := range sources {
		fields := v.(map[string]any)
		s := source{assurance: "claimed"}
		if a, ok := fields["assurance"].(string); ok {
			s.assurance = a
		}
		if day, ok := fields["retrieved"].(string); ok {
			t, err := time.Parse(time.DateOnly, day)
			if err != nil {
				errs = append(errs, doc.Errorf("/evidence/sources/"+id+"/retrieved", "expected a day such as 2026-01-31, got %q", day))
			}
			s.retrieved = t
		}
		ev.sources[id] = s
	}
	known := slices.Sorted(maps.Keys(ev.sources))
	name := func(pointer, id string) string {
		if _, ok := ev.sources[id]; !ok {
			errs = append(errs, doc.Errorf(pointer, "unknown source %q%s", document.Clip(id), suggest.DidYouMean(id, known)))
		}
		return id
	}
	if id, ok := object["default"].(string); ok {
		ev.byAll = name("/evidence/default", id)
	}
	facts, _ := object["facts"].(map[string]any)
	for fact, v := range facts {
		at := document.Join("/evidence/facts", fact)
		if !strings.HasPrefix(fact, "/") || doc.Lookup(document.Split(fact)) == nil || !isFact(fact) {
			errs = append(errs, doc.Errorf(at, "expected the JSON pointer of a fact that this profile discloses, such as /execution/runs_code"))
		}
		ids, ok := v.([]any)
		if !ok {
			ids = []any{v}
		}
		for _, id := range ids {
			ev.byFact[fact] = append(ev.byFact[fact], name(at, id.(string)))
		}
	}
	return ev, errs
}

// isFact tells whether a pointer is in the part of a profile that holds facts.
func isFact(pointer string) bool {
	first := document.Split(pointer + "/")[0]
	return !slices.Contains([]string{"apiVersion", "kind", "metadata", "scoring", "evidence"}, first)
}

// of returns the sources of the fact at pointer: of the longest pointer that
// holds it, or the default.
func (ev evidence) of(pointer string) []string {
	for p := pointer; p != ""; p = p[:strings.LastIndexByte(p, '/')] {
		if ids, ok := ev.byFact[p]; ok {
			return ids
		}
	}
	if ev.byAll != "" {
		return []string{ev.byAll}
	}
	return nil
}

// Demand is what an organisation asks of evidence. The zero Demand asks nothing.
type Demand struct {
	// Minimum is one of Assurances; "" is claimed.
	Minimum string
	// MaxAge is the largest age of evidence in days at the day At; 0 is any.
	MaxAge int
	At     time.Time
}

// Discounted is a fact that was disclosed with evidence that is not enough.
type Discounted struct {
	Fact string `json:"fact"`
	Why  string `json:"why"`
}

// Assurance returns the best assurance of the fact's sources.
func (p *Profile) Assurance(pointer string) string {
	best := 0
	for _, id := range p.evidence.of(p.Original(pointer)) {
		best = max(best, slices.Index(Assurances(), p.evidence.sources[id].assurance))
	}
	return Assurances()[best]
}

// Demand returns the profile without the facts whose evidence is not enough,
// and which these are, sorted. A list that loses an item is no longer complete.
func (p *Profile) Demand(d Demand) (*Profile, []Discounted) {
	if (d.Minimum == "" || d.Minimum == Assurances()[0]) && d.MaxAge == 0 {
		return p, nil
	}
	f := filter{ev: p.evidence, demand: d, moved: map[string][]int{}}
	doc := *p.doc
	doc.Root = map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(p.doc.Root)) {
		if v := p.doc.Root[key]; !isFact("/" + key) {
			doc.Root[key] = v
		}
	}
	facts := maps.Clone(p.doc.Root)
	maps.DeleteFunc(facts, func(key string, _ any) bool { return !isFact("/" + key) })
	if kept, ok := f.value(facts, "", "").(map[string]any); ok {
		maps.Copy(doc.Root, kept)
	}
	q := *p
	q.doc, q.moved, q.Facts = &doc, f.moved, Facts{}
	decode(doc.Root, "", reflect.ValueOf(&q.Facts).Elem())
	return &q, f.dropped
}

// filter rebuilds facts without those whose evidence is not enough.
type filter struct {
	ev      evidence
	demand  Demand
	moved   map[string][]int
	dropped []Discounted
}

// value returns v without what is discounted, nil when nothing is left. now is
// the pointer in the result, was the pointer in the source.
func (f *filter) value(v any, now, was string) any {
	switch v := v.(type) {
	case map[string]any:
		return f.object(v, now, was)
	case []any:
		return f.list(v, now, was)
	}
	if why := f.lacking(was); why != "" {
		f.dropped = append(f.dropped, Discounted{Fact: was, Why: why})
		return nil
	}
	return v
}

func (f *filter) object(v map[string]any, now, was string) any {
	kept := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(v)) {
		before := len(f.dropped)
		if c := f.value(v[key], document.Join(now, key), document.Join(was, key)); c != nil {
			kept[key] = c
		}
		if _, isList := v[key].([]any); isList && f.lost(v[key], kept[key], before) {
			defer delete(kept, key+"_complete")
		}
	}
	if len(kept) == 0 || v["id"] != nil && kept["id"] == nil {
		return nil
	}
	return kept
}

// lost tells whether a list lost an item.
func (f *filter) lost(was, now any, dropped int) bool {
	if len(f.dropped) == dropped {
		return false
	}
	kept, _ := now.([]any)
	return len(kept) < len(was.([]any)) || now == nil
}

func (f *filter) list(v []any, now, was string) any {
	if len(v) == 0 {
		if why := f.lacking(was); why != "" {
			f.dropped = append(f.dropped, Discounted{Fact: was, Why: why})
			return nil
		}
		return v
	}
	kept, indices := []any{}, []int{}
	for i, item := range v {
		if c := f.value(item, document.JoinIndex(now, len(kept)), document.JoinIndex(was, i)); c != nil {
			kept, indices = append(kept, c), append(indices, i)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	if len(kept) < len(v) {
		f.moved[now] = indices
	}
	return kept
}

// lacking says why the evidence of a fact is not enough, "" when it is.
func (f *filter) lacking(pointer string) string {
	ids := f.ev.of(pointer)
	if len(ids) == 0 {
		ids = []string{""} // claimed by the profile's author, at no stated time
	}
	var why string
	for _, id := range ids {
		if why = f.demand.lacking(f.ev.sources[id]); why == "" {
			return ""
		}
	}
	return why
}

// lacking says why one source is not enough. The zero source is the author.
func (d Demand) lacking(s source) string {
	if have := max(0, slices.Index(Assurances(), s.assurance)); have < slices.Index(Assurances(), d.Minimum) {
		return fmt.Sprintf("%s, expected %s or better", Assurances()[have], d.Minimum)
	}
	if d.MaxAge == 0 {
		return ""
	}
	if s.retrieved.IsZero() {
		return fmt.Sprintf("no day of retrieval, expected at most %d days of age", d.MaxAge)
	}
	if age := int(d.At.Sub(s.retrieved).Hours() / 24); age > d.MaxAge {
		return fmt.Sprintf("%d days old, expected at most %d", age, d.MaxAge)
	}
	return ""
}
