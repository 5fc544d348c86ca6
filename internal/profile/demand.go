package profile

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/audition-dev/audition/internal/document"
)

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

// Demand returns the profile without the facts whose evidence is not enough,
// and which these are, sorted. A list that loses an item is no longer complete.
func (p *Profile) Demand(d Demand) (*Profile, []Discounted) {
	if (d.Minimum == "" || d.Minimum == Assurances()[0]) && d.MaxAge == 0 {
		return p, nil
	}
	f := filter{ev: p.evidence, demand: d, moved: maps.Clone(p.moved)}
	if f.moved == nil {
		f.moved = map[string][]int{}
	}
	doc := *p.doc
	doc.Root = map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(p.doc.Root)) {
		if v := p.doc.Root[key]; !isFact("/" + key) {
			doc.Root[key] = v
		}
	}
	facts := maps.Clone(p.doc.Root)
	maps.DeleteFunc(facts, func(key string, _ any) bool { return !isFact("/" + key) })
	if kept, ok := f.value(facts, "").(map[string]any); ok {
		maps.Copy(doc.Root, kept)
	}
	q := *p
	q.doc, q.moved, q.Facts = &doc, f.moved, Facts{}
	decode(doc.Root, "", reflect.ValueOf(&q.Facts).Elem())
	return &q, f.dropped
}

// filter rebuilds facts without those whose evidence is not enough. Its pointers
// are those of the source.
type filter struct {
	ev      evidence
	demand  Demand
	moved   map[string][]int
	dropped []Discounted
}

// value returns v without what is discounted, nil when nothing is left.
func (f *filter) value(v any, pointer string) any {
	switch v := v.(type) {
	case map[string]any:
		return f.object(v, pointer)
	case []any:
		if len(v) > 0 {
			return f.list(v, pointer)
		}
	}
	if why := f.lacking(pointer); why != "" {
		f.dropped = append(f.dropped, Discounted{Fact: pointer, Why: why})
		return nil
	}
	return v
}

func (f *filter) object(v map[string]any, pointer string) any {
	kept := map[string]any{}
	var open []string // lists that lost an item
	for _, key := range slices.Sorted(maps.Keys(v)) {
		c := f.value(v[key], document.Join(pointer, key))
		if c != nil {
			kept[key] = c
		}
		if was, isList := v[key].([]any); isList {
			if now, _ := c.([]any); c == nil || len(now) < len(was) {
				open = append(open, key)
			}
		}
	}
	for _, key := range open {
		delete(kept, key+"_complete")
	}
	if len(kept) == 0 || v["id"] != nil && kept["id"] == nil {
		return nil
	}
	return kept
}

func (f *filter) list(v []any, pointer string) any {
	kept, indices := []any{}, []int{}
	before := f.moved[pointer] // by an earlier demand
	for i, item := range v {
		if before != nil {
			i = before[i]
		}
		if c := f.value(item, document.JoinIndex(pointer, i)); c != nil {
			kept, indices = append(kept, c), append(indices, i)
		}
	}
	if len(kept) == 0 {
		delete(f.moved, pointer)
		return nil
	}
	if len(kept) < len(v) {
		f.moved[pointer] = indices
	}
	return kept
}

// lacking says why the evidence of a fact is not enough, "" when it is.
func (f *filter) lacking(pointer string) string {
	ids := f.ev.of(pointer)
	if len(ids) == 0 {
		return f.demand.lacking(source{}) // claimed by the author, at no stated time
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
