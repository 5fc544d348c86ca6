package profile

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/audition-dev/audition/internal/document"
)

// Demand is what an organisation asks of evidence. The zero Demand asks nothing.
type Demand struct {
	// Minimum is one of Assurances; "" is claimed.
	Minimum string
	// MaxAge is the largest age of evidence in days at the day At; 0 is any.
	MaxAge int
	// At is the day of judgement; the zero day is none, at which nothing is past.
	At time.Time
	// RefuseNotApplicable lets nothing count that a profile declares not applicable.
	RefuseNotApplicable bool
	// Vouched are the sources that the organisation answers for.
	Vouched []Vouch
}

// Vouch lets a source be worth more than its kind.
type Vouch struct {
	// Source is the digest, the url or the id of a source. An id is the profile's
	// own word, so it holds for the named Agent only; "" is any agent.
	Source, Agent string
	// UpTo is one of Assurances.
	UpTo string
}

// Discounted is what was disclosed with evidence that is not enough: a fact that
// counts as undisclosed, or the assurance of a source that counts as less.
type Discounted struct {
	Fact string `json:"fact"`
	Why  string `json:"why"`
}

// Demand returns the profile as it counts at a day, and what was discounted: the
// facts in the agent's favour whose evidence is not enough, the attestations that
// have ended, and, last, the sources that claim more than they can be worth. What
// speaks against the agent counts whoever says it. A list that loses an item is no
// longer complete. It fails on evidence from a day after that of judgement.
func (p *Profile) Demand(d Demand) (*Profile, []Discounted, error) {
	if errs := p.evidence.after(d.At, p.doc); len(errs) > 0 {
		return nil, nil, errs.Sorted()
	}
	q := *p
	q.evidence = p.evidence.vouched(p.Metadata.Name, d.Vouched)
	notes := q.evidence.overstated()
	lax := (d.Minimum == "" || d.Minimum == Assurances()[0]) && d.MaxAge == 0
	refused := q.refuse(d)
	if lax && !slices.ContainsFunc(p.Facts.Compliance.Certifications.Items, d.ended) {
		if len(refused) > 0 {
			q.read(nil)
		}
		return &q, append(refused, notes...), nil
	}
	f := filter{ev: q.evidence, demand: d, moved: maps.Clone(p.moved), ended: map[string]string{}}
	if f.moved == nil {
		f.moved = map[string][]int{}
	}
	for _, c := range p.Facts.Compliance.Certifications.Items {
		if d.ended(c) {
			f.ended[p.Original(strings.TrimSuffix(c.ID.Pointer, "/id"))] = c.ValidUntil.Value
		}
	}
	doc := *q.doc
	doc.Root = maps.Clone(q.doc.Root)
	maps.DeleteFunc(doc.Root, func(key string, _ any) bool { return isFact("/" + key) })
	if kept, ok := f.value(onlyFacts(p.doc.Root), "").(map[string]any); ok {
		maps.Copy(doc.Root, kept)
	}
	q.doc, q.moved = &doc, f.moved
	q.read(nil)
	return &q, slices.Concat(f.dropped, refused, notes), nil
}

// refuse leaves out what the profile declares not applicable with evidence that is
// not enough, or where none of it is accepted: it counts as undisclosed.
func (p *Profile) refuse(d Demand) (out []Discounted) {
	f := filter{ev: p.evidence, demand: d}
	items, _ := p.doc.Root["not_applicable"].([]any)
	var kept []NotApplicable
	said := []any{}
	for i, n := range p.declared {
		why := f.lacking(n.Fact)
		if d.RefuseNotApplicable {
			why = "the configuration refuses what a profile declares not applicable"
		}
		if why == "" {
			kept, said = append(kept, n), append(said, items[i])
			continue
		}
		out = append(out, Discounted{Fact: n.Pointer, Why: why})
	}
	if len(out) == 0 {
		return nil
	}
	doc := *p.doc
	doc.Root = maps.Clone(doc.Root)
	doc.Root["not_applicable"] = said
	p.doc, p.declared = &doc, kept
	return out
}

// ended tells whether an attestation has ended: its last day is past.
func (d Demand) ended(c Certification) bool {
	last, err := time.Parse(time.DateOnly, c.ValidUntil.Value)
	return err == nil && !d.At.IsZero() && !d.At.Before(last.AddDate(0, 0, 1))
}

// filter rebuilds facts without those whose evidence is not enough. Its pointers
// are those of the source.
type filter struct {
	ev     evidence
	demand Demand
	moved  map[string][]int
	// ended are the attestations that have, and their last days.
	ended   map[string]string
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
	if why := f.lacking(pointer); why != "" && favours(pointer, v) {
		f.dropped = append(f.dropped, Discounted{Fact: pointer, Why: why})
		return nil
	}
	return v
}

// favours tells whether a value at a pointer speaks for the agent. An item of a
// list of values goes with its list.
func favours(pointer string, v any) bool {
	if t, ok := TypeOf(pointer); ok {
		return t.Safer.Favours(v)
	}
	list, _ := TypeOf(pointer[:max(0, strings.LastIndexByte(pointer, '/'))])
	return list.Safer.Direction != Less
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
		at := document.JoinIndex(pointer, i)
		if day, ok := f.ended[at]; ok {
			f.dropped = append(f.dropped, Discounted{Fact: at, Why: "ended on " + day})
			continue
		}
		if c := f.value(item, at); c != nil {
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
	if rank(s.assurance) < rank(d.Minimum) {
		return fmt.Sprintf("%s, expected %s or better", Assurances()[rank(s.assurance)], d.Minimum)
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
