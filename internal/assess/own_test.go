package assess

import (
	"context"
	"strings"
	"testing"

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
