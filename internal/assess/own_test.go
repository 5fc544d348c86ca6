package assess

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/assessment"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/verdict"
)

// TestNobodyLowersTheirOwnScore without a review, whatever else is disclosed.
func TestNobodyLowersTheirOwnScore(t *testing.T) {
	facts := load(t, "execution: {runs_code: true}\n")
	plain := assess(t, assessor(t), facts).Score
	for name, c := range map[string]struct {
		scoring   string
		decisions config.Decisions
		asks      bool
		lower     bool
	}{
		"mitigation":        {"mitigation: {value: 0.67, because: we say so}", config.ReviewDecisions, true, true},
		"accepted":          {"mitigation: {value: 0.67, because: we say so}", config.AcceptDecisions, false, true},
		"refused":           {"mitigation: {value: 0.67, because: we say so}", config.RefuseDecisions, false, false},
		"a low base":        {"cvss: 1.0", config.ReviewDecisions, true, true},
		"a low base, not":   {"cvss: 1.0", config.RefuseDecisions, false, false},
		"a higher threat":   {"threat: attacked", config.ReviewDecisions, false, false},
		"nothing but words": {"mitigation: none", config.ReviewDecisions, false, false},
	} {
		a := assessor(t)
		a.config.Decisions = c.decisions
		v, err := a.Assess(context.Background(), load(t, "execution: {runs_code: true}\nscoring: {"+c.scoring+"}\n"))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		asks := false
		for _, r := range v.Reasons {
			asks = asks || r.Gate == "scoring" && r.Decision == verdict.Review && strings.Contains(r.Message, plain.AIVSS.String()) && r.Facts[0].Line == 5
		}
		if lower := v.Score.AIVSS < plain.AIVSS; asks != c.asks || lower != c.lower {
			t.Errorf("%s: a review %v, lower %v: %v, %v by the facts", name, asks, lower, v.Score.AIVSS, plain.AIVSS)
		}
	}
}

// TestOutsideOfStandards: a multiplier lower than any standard has it does not count,
// and asks for a review whatever else is accepted.
func TestOutsideOfStandards(t *testing.T) {
	plain := assess(t, assessor(t), load(t, "execution: {runs_code: true}\n")).Score
	for scoring, name := range map[string]string{"mitigation: {value: 0.01, because: x}": "mitigation: 0.01", "threat: 0.5 # a level\n": "", "threat: 0.89": "threat: 0.89"} {
		for _, decisions := range []config.Decisions{config.ReviewDecisions, config.AcceptDecisions, config.RefuseDecisions} {
			a := assessor(t)
			a.config.Decisions = decisions
			v := assess(t, a, load(t, "execution: {runs_code: true}\nscoring: {"+scoring+"}\n"))
			asks := slices.ContainsFunc(v.Reasons, func(r verdict.Reason) bool { return strings.HasPrefix(r.Message, "scoring."+name+" does not count") })
			if asks != (name != "" && decisions != config.RefuseDecisions) || name != "" && v.Score.AIVSS != plain.AIVSS {
				t.Errorf("%s, %s: a review %v, %v", scoring, decisions, asks, v.Score.AIVSS)
			}
		}
	}
}

// TestAssessment: what the organisation decided about the facts counts without a
// review; where the profile alone goes further, it asks for one still.
func TestAssessment(t *testing.T) {
	const facts, mitigated = "execution: {runs_code: true}\n", "scoring: {mitigation: {value: 0.83, because: ours}}\n"
	of := func(digest string) []assessment.Assessment {
		all, err := assessment.Parse("a.yaml", []byte("apiVersion: audition/v1\nkind: Assessment\nagent: a\nfacts: "+digest+
			"\nassessor: jane\ndate: 2026-01-01\nexpires: 2026-12-31\nscoring: {mitigation: {value: 0.83, because: tested}}\n"))
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	digest := load(t, facts).FactsDigest()
	for name, c := range map[string]struct {
		profile, digest, day string
		state, mitigation    string
		asks                 bool
	}{
		"accepts what the profile says":      {facts + mitigated, digest, "2026-06-30", "active", "0.83", false},
		"decides by itself":                  {facts, digest, "2026-06-30", "active", "0.83", false},
		"not what goes further":              {facts + strings.Replace(mitigated, "0.83", "0.67", 1) + "x-n: 1\n", digest, "2026-06-30", "active", "0.83", false},
		"not another part":                   {facts + "scoring: {cvss: 1.0}\n", digest, "2026-06-30", "active", "0.83", true},
		"not after its day":                  {facts + mitigated, digest, "2027-01-01", "expired", "0.83", true},
		"not other facts":                    {facts + "memory: {persistent: false}\n" + mitigated, digest, "2026-06-30", "changed", "0.83", true},
		"not other facts, nothing of itself": {facts + "memory: {persistent: false}\n", digest, "2026-06-30", "changed", "1.0", false},
	} {
		a := assessor(t)
		var err error
		if a.day, err = time.Parse(time.DateOnly, c.day); err != nil {
			t.Fatal(err)
		}
		a.options.Assessments = of(c.digest)
		v, err := a.Assess(context.Background(), load(t, c.profile))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		asks := slices.ContainsFunc(v.Reasons, func(r verdict.Reason) bool { return r.Gate == "scoring" })
		if v.Assessment.State != c.state || v.Score.Mitigation.String() != c.mitigation || asks != c.asks || v.EffectiveTime != c.day {
			t.Errorf("%s: %s, mitigation %v, a review %v", name, v.Assessment.State, v.Score.Mitigation, asks)
		}
	}
}
