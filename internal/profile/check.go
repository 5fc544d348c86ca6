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
	for key, v := range p.doc.Root {
		if isFact("/" + key) {
			errs = append(errs, p.large(v, document.Join("", key))...)
		}
	}
	closed := []struct {
		complete  Fact[bool]
		disclosed bool
	}{
		{p.Facts.Tools.Complete, p.Facts.Tools.Disclosed},
		{p.Facts.Data.Classes.Complete, p.Facts.Data.Classes.Disclosed},
		{p.Facts.Output.Generates.Complete, p.Facts.Output.Generates.Disclosed},
		{p.Facts.Data.BelongsTo.Complete, p.Facts.Data.BelongsTo.Disclosed},
		{p.Facts.Network.Transports.Complete, p.Facts.Network.Transports.Disclosed},
		{p.Facts.Identity.CallerAuthBy.Complete, p.Facts.Identity.CallerAuthBy.Disclosed},
		{p.Facts.Data.Ingress.Complete, p.Facts.Data.Ingress.Disclosed},
		{p.Facts.SelfModification.Surfaces.Complete, p.Facts.SelfModification.Surfaces.Disclosed},
		{p.Facts.Compliance.Certifications.Complete, p.Facts.Compliance.Certifications.Disclosed},
	}
	var ids []Fact[string]
	for _, t := range p.Facts.Tools.Items {
		ids = append(ids, t.ID)
		closed = append(closed, []struct {
			complete  Fact[bool]
			disclosed bool
		}{{t.Access.Complete, t.Access.Disclosed}, {t.Scopes.Complete, t.Scopes.Disclosed}}...)
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
	for _, c := range closed {
		if c.complete.Value && !c.disclosed {
			list := strings.TrimSuffix(c.complete.Pointer, "_complete")
			errs = append(errs, p.doc.Errorf(c.complete.Pointer, "expected %s beside it; a declared none is an empty list", document.PathOf(list)))
		}
	}
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

// large reports numbers that Facts cannot hold; every number of a fact is whole.
func (p *Profile) large(v any, pointer string) (errs document.Errors) {
	switch v := v.(type) {
	case map[string]any:
		for key, c := range v {
			errs = append(errs, p.large(c, document.Join(pointer, key))...)
		}
	case []any:
		for i, c := range v {
			errs = append(errs, p.large(c, document.JoinIndex(pointer, i))...)
		}
	case json.Number:
		if _, ok := whole(v); !ok {
			errs = append(errs, p.doc.Errorf(pointer, "expected a smaller whole number, got %s", v))
		}
	}
	return errs
}
