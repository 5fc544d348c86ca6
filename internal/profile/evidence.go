package profile

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/audition-dev/audition/internal/document"
)

// Assurances returns how far a source can be trusted, the least first.
func Assurances() []string { return []string{"claimed", "documented", "attested", "verified"} }

// rank orders assurances; "" is claimed.
func rank(assurance string) int { return max(0, slices.Index(Assurances(), assurance)) }

// source is where a fact comes from.
type source struct {
	// assurance is what the source is worth, stated what the profile says.
	assurance, stated string
	kind, url, digest string
	retrieved         time.Time // zero when not stated
}

// bears is the most that a source can be worth by itself: what its author says is
// claimed, and a paper that nobody can tell from another is too. More needs a
// signature or somebody who vouches for it.
func (s source) bears() string {
	switch s.kind {
	case "configuration", "default", "document", "contract", "third_party", "attestation", "test":
		if s.digest != "" {
			return "documented"
		}
	}
	return "claimed"
}

// vouched returns the evidence of an agent with what its sources are worth.
func (ev evidence) vouched(agent string, vouches []Vouch) evidence {
	sources := map[string]source{}
	for id, s := range ev.sources {
		most := rank(s.bears())
		for _, v := range vouches {
			named := v.Source == id || v.Source == s.url || v.Source == s.digest
			if named && (v.Agent == "" || v.Agent == agent) {
				most = max(most, rank(v.UpTo))
			}
		}
		s.assurance = Assurances()[min(most, rank(s.stated))]
		sources[id] = s
	}
	ev.sources = sources
	return ev
}

// overstated are the sources that claim to be worth more than they are.
func (ev evidence) overstated() (out []Discounted) {
	for _, id := range slices.Sorted(maps.Keys(ev.sources)) {
		s := ev.sources[id]
		if rank(s.stated) <= rank(s.assurance) {
			continue
		}
		why := fmt.Sprintf("%s, counts as %s: the kind %s is worth no more unless the configuration vouches for the source", s.stated, s.assurance, s.kind)
		if s.digest == "" && (source{kind: s.kind, digest: "any"}).bears() != s.bears() {
			why = fmt.Sprintf("%s, counts as %s: expected the digest of what was read", s.stated, s.assurance)
		}
		out = append(out, Discounted{Fact: document.Join("/evidence/sources", id) + "/assurance", Why: why})
	}
	return out
}

// after reports the sources that were read after a day.
func (ev evidence) after(day time.Time, doc *document.Document) (errs document.Errors) {
	for id, s := range ev.sources {
		if !day.IsZero() && !s.retrieved.Before(day.Truncate(24*time.Hour).AddDate(0, 0, 1)) {
			errs = append(errs, doc.Errorf(document.Join("/evidence/sources", id)+"/retrieved", "%s is after %s, the day of judgement",
				s.retrieved.Format(time.DateOnly), day.Format(time.DateOnly)))
		}
	}
	return errs
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
	return !slices.Contains([]string{"apiVersion", "kind", "metadata", "scoring", "evidence", "not_applicable", "describes"}, first)
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

// Sources returns the ids of the fact's sources as JSON values, as evidence has them; none
// where it is claimed by the author.
func (p *Profile) Sources(pointer string) (ids []any) {
	for _, id := range p.evidence.of(p.Original(pointer)) {
		ids = append(ids, id)
	}
	return ids
}

// Assurance returns the best assurance of the fact's sources.
func (p *Profile) Assurance(pointer string) string {
	best := 0
	for _, id := range p.evidence.of(p.Original(pointer)) {
		best = max(best, rank(p.evidence.sources[id].assurance))
	}
	return Assurances()[best]
}
