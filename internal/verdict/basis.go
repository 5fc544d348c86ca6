package verdict

import (
	"cmp"

	"github.com/audition-dev/audition/internal/aivss"
)

// Basis counts the facts that the verdict rests on.
type Basis struct {
	// Applicable are the facts that have a meaning for the agent, Disclosed those of
	// them that count as disclosed.
	Applicable int `json:"applicable"`
	Disclosed  int `json:"disclosed"`
	// The disclosed ones by the best assurance of their evidence.
	Claimed    int `json:"claimed"`
	Documented int `json:"documented"`
	Attested   int `json:"attested"`
	Verified   int `json:"verified"`
}

// Decided is one value of a score that somebody decided.
type Decided struct {
	// What is cvss, threat, mitigation or the name of a factor.
	What  string `json:"what"`
	Value string `json:"value"`
	// By is the assessor with the place of the assessment, "" for the profile itself.
	By      string `json:"by,omitempty"`
	Because string `json:"because,omitempty"`
	// Line is where the profile decides it.
	Line int `json:"line,omitempty"`
}

// Who says who decided.
func (d Decided) Who() string { return cmp.Or(d.By, "the profile itself") }

// ByFacts is the score without any decision.
type ByFacts struct {
	AIVSS aivss.Tenths `json:"aivss"`
	High  aivss.Tenths `json:"high"`
}
