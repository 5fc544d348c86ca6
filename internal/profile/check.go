package profile

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/audition-dev/audition/internal/document"
)

// check reports closed lists that are absent, ids that stand twice, days that do
// not exist and numbers that are too large.
func (p *Profile) check() (errs document.Errors) {
	errs = p.values(onlyFacts(p.doc.Root), "")
	var ids []Fact[string]
	for _, t := range p.Facts.Tools.Items {
		ids = append(ids, t.ID)
	}
	errs = append(errs, p.twice(ids)...)
	ids = nil
	for _, c := range p.Facts.Compliance.Certifications.Items {
		ids = append(ids, c.ID)
		if _, err := time.Parse(time.DateOnly, c.ValidUntil.Value); c.ValidUntil.Disclosed && err != nil {
			errs = append(errs, p.doc.Errorf(c.ValidUntil.Pointer, "expected a day such as 2026-01-31, got %q", c.ValidUntil.Value))
		}
	}
	errs = append(errs, p.twice(ids)...)
	return errs
}

func (p *Profile) twice(ids []Fact[string]) (errs document.Errors) {
	seen := map[string]string{}
	for _, id := range ids {
		if first, ok := seen[id.Value]; ok {
			errs = append(errs, p.doc.Errorf(id.Pointer, "%q is already %s", document.Clip(id.Value), document.PathOf(first)))
			continue
		}
		seen[id.Value] = id.Pointer
	}
	return errs
}

// values reports lists that are complete and not there, and numbers that Facts cannot
// hold; every number of a fact is whole.
func (p *Profile) values(v any, pointer string) (errs document.Errors) {
	switch v := v.(type) {
	case map[string]any:
		for key, c := range v {
			below := document.Join(pointer, key)
			if list, ok := strings.CutSuffix(below, "_complete"); ok && c == true && v[strings.TrimSuffix(key, "_complete")] == nil {
				errs = append(errs, p.doc.Errorf(below, "expected %s beside it; a declared none is an empty list", document.PathOf(list)))
			}
			errs = append(errs, p.values(c, below)...)
		}
	case []any:
		for i, c := range v {
			errs = append(errs, p.values(c, document.JoinIndex(pointer, i))...)
		}
	case json.Number:
		if _, ok := whole(v); !ok {
			errs = append(errs, p.doc.Errorf(pointer, "expected a smaller whole number, got %s", v))
		}
	}
	return errs
}
