package profile

import (
	"slices"
	"strings"
	"time"

	"github.com/audition-dev/audition/internal/document"
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
	// byAll has the default, nothing when none is stated.
	byAll []string
}

// isFact tells whether a pointer is in the part of a profile that holds facts.
func isFact(pointer string) bool {
	first := document.Split(pointer + "/")[0]
	return !slices.Contains([]string{"apiVersion", "kind", "metadata", "scoring", "evidence"}, first)
}

// of returns the sources of the fact at pointer in the source: of the longest
// pointer that holds it, or the default.
func (ev evidence) of(pointer string) []string {
	for p := pointer; p != ""; p = p[:strings.LastIndexByte(p, '/')] {
		if ids, ok := ev.byFact[p]; ok {
			return ids
		}
	}
	return ev.byAll
}

// Assurance returns the best assurance of the fact's sources.
func (p *Profile) Assurance(pointer string) string {
	best := 0
	for _, id := range p.evidence.of(p.Original(pointer)) {
		best = max(best, slices.Index(Assurances(), p.evidence.sources[id].assurance))
	}
	return Assurances()[best]
}
