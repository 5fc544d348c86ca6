package draft

import (
	"maps"
	"slices"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/origin"
)

// Finish returns the profile as a document, whose evidence says where each fact comes
// from, and its origin.
func (d *Draft) Finish() (*document.Document, *origin.Origin) {
	d.origin.Sort()
	if len(d.from) > 0 {
		d.root["evidence"] = d.evidence()
	}
	return document.Assemble(d.origin.Files[0].Source, d.root, d.at), &d.origin
}

// evidence names the most frequent source once, as the default, and the others for
// each fact. Of as many the first by its id is it.
func (d *Draft) evidence() map[string]any {
	number, of := map[string]int{}, map[string]source{}
	for _, s := range d.from {
		number[d.id(s)]++
		of[d.id(s)] = s
	}
	ids := slices.Sorted(maps.Keys(number))
	first := ids[0]
	for _, id := range ids {
		if number[id] > number[first] {
			first = id
		}
	}
	sources, facts := map[string]any{}, map[string]any{}
	for id, s := range of {
		sources[id] = map[string]any{"kind": string(s.basis), "url": s.file, "digest": d.digest[s.file], "assurance": s.basis.assurance()}
	}
	for fact, s := range d.from {
		if id := d.id(s); id != first {
			facts[fact] = id
		}
	}
	out := map[string]any{"sources": sources, "default": first}
	if len(facts) > 0 {
		out["facts"] = facts
	}
	return out
}

// id names a source: the file where it is a setting, else file and basis.
func (d *Draft) id(s source) string {
	if s.basis == Configured {
		return s.file
	}
	return s.file + " (" + string(s.basis) + ")"
}
