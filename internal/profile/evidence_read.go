package profile

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/suggest"
)

// evidenceReader checks what a schema cannot say about evidence.
type evidenceReader struct {
	doc *document.Document
	// declared is what the profile declares not applicable: that has sources too.
	declared []NotApplicable
	ev       evidence
	ids      []string // of the sources, sorted
	errs     document.Errors
}

func readEvidence(doc *document.Document, declared []NotApplicable) (evidence, document.Errors) {
	r := evidenceReader{doc: doc, declared: declared, ev: evidence{sources: map[string]source{}, byFact: map[string][]string{}}}
	object, _ := doc.Root["evidence"].(map[string]any)
	sources, _ := object["sources"].(map[string]any)
	r.ids = slices.Sorted(maps.Keys(sources))
	for _, id := range r.ids {
		r.ev.sources[id] = r.source(document.Join("/evidence/sources", id), sources[id].(map[string]any))
	}
	if id, ok := object["default"].(string); ok {
		r.ev.byAll = r.named("/evidence/default", id)
	}
	facts, _ := object["facts"].(map[string]any)
	for _, fact := range slices.Sorted(maps.Keys(facts)) {
		r.fact(fact, facts[fact])
	}
	r.ev = r.ev.vouched("", nil)
	return r.ev, r.errs
}

func (r *evidenceReader) report(pointer, format string, args ...any) {
	r.errs = append(r.errs, r.doc.Errorf(pointer, format, args...))
}

func (r *evidenceReader) source(pointer string, fields map[string]any) source {
	text := func(key string) string { v, _ := fields[key].(string); return v }
	s := source{stated: text("assurance"), kind: text("kind"), url: text("url"), digest: text("digest")}
	if day, ok := fields["retrieved"].(string); ok {
		t, err := time.Parse(time.DateOnly, day)
		if err != nil {
			r.report(document.Join(pointer, "retrieved"), "expected a day such as 2026-01-31, got %q", day)
		}
		s.retrieved = t
	}
	return s
}

// fact reads the sources of the facts at and below a pointer.
func (r *evidenceReader) fact(fact string, v any) {
	at := document.Join("/evidence/facts", fact)
	declares := slices.ContainsFunc(r.declared, func(n NotApplicable) bool { return document.Within(fact, n.Fact) })
	stated := strings.HasPrefix(fact, "/") && r.doc.Value(fact) != nil && (isFact(fact) || fact == "/metadata/subject")
	if !stated && !declares {
		r.report(at, "expected the JSON pointer of a fact that this profile discloses, such as /execution/runs_code")
	}
	ids, ok := v.([]any)
	if !ok {
		ids = []any{v}
	}
	for _, id := range ids {
		r.ev.byFact[fact] = append(r.ev.byFact[fact], r.named(at, id.(string))...)
	}
}

// named returns the id of a source, which has to exist.
func (r *evidenceReader) named(pointer, id string) []string {
	if _, ok := r.ev.sources[id]; !ok {
		var hint string
		if len(r.errs) < document.MaxErrors {
			hint = suggest.DidYouMean(id, r.ids)
		}
		r.report(pointer, "unknown source %q%s", document.Clip(id), hint)
	}
	return []string{id}
}
