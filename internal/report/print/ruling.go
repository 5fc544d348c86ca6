package print

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/verdict"
)

// defaultGates is the package of the gates that compare with thresholds.
const defaultGates = "gate"

// Ruling says in a sentence what was decided and on which grounds, and where the score
// alone would have led elsewhere why it did not.
func Ruling(v *verdict.Verdict) string {
	g := groundsOf(v)
	switch v.Decision {
	case verdict.Approve:
		return "Approved: no gate objects" + g.beside(v)
	case verdict.Review:
		return "Needs a review by a person" + g.said(v) + g.beside(v)
	}
	return "Rejected" + g.said(v) + g.beside(v)
}

// Why is the ruling in a few words, for a row among others.
func Why(v *verdict.Verdict) string {
	g := groundsOf(v)
	var out []string
	for _, s := range maestro.Severities() {
		if n := g.findings[s]; n > 0 {
			out = append(out, fmt.Sprintf("%d %s", n, s))
		}
	}
	switch {
	case g.about["score"]:
		out = append(out, "score")
	case g.about["score_high"]:
		out = append(out, fmt.Sprintf("may be %v", v.Score.High))
	case g.about["score_unmitigated"]:
		out = append(out, unmitigated(v)+" without controls")
	}
	if g.others > 0 {
		out = append(out, Count(g.others, "other reason"))
	}
	if v.Decision == verdict.Approve && v.Score.High > v.Score.AIVSS {
		return fmt.Sprintf("at most %v", v.Score.High)
	}
	return strings.Join(out, ", ")
}

// grounds are the reasons for the decision that count.
type grounds struct {
	findings map[maestro.Severity]int
	possible int // of these
	about    map[string]bool
	others   int
}

func groundsOf(v *verdict.Verdict) grounds {
	found := map[string]verdict.Finding{}
	for _, f := range v.Findings {
		found[f.Name()] = f
	}
	g := grounds{findings: map[maestro.Severity]int{}, about: map[string]bool{}}
	for _, r := range v.Reasons {
		f, ok := found[verdict.Finding{Rule: r.Rule, Term: r.Term}.Name()]
		switch {
		case r.Decision != v.Decision || r.Known:
		case r.About != "":
			g.about[r.About] = true
		case ok:
			g.findings[f.Severity]++
			if f.Status == maestro.Possible {
				g.possible++
			}
		default:
			g.others++
		}
	}
	return g
}

// said names the grounds.
func (g grounds) said(v *verdict.Verdict) string {
	var out []string
	for _, s := range maestro.Severities() {
		if n := g.findings[s]; n > 0 {
			out = append(out, Count(n, string(s)+" finding"))
		}
	}
	if last := len(out) - 1; g.possible > 0 {
		out[last] += fmt.Sprintf(" (%d only possible)", g.possible)
	}
	for _, of := range []struct{ about, said string }{
		{"score", fmt.Sprintf("its score of %v", v.Score.AIVSS)},
		{"score_high", fmt.Sprintf("the %v that it may be", v.Score.High)},
		{"score_unmitigated", "the " + unmitigated(v) + " that its score is without controls nobody attested"},
	} {
		if g.about[of.about] {
			out = append(out, of.said)
		}
	}
	if g.others > 0 {
		out = append(out, Count(g.others, "other reason"))
	}
	if len(out) == 0 {
		return ""
	}
	return " for " + And(out)
}

// unmitigated is the score without the controls that lower it.
func unmitigated(v *verdict.Verdict) string {
	if v.Score.Unmitigated == nil {
		return v.Score.AIVSS.String()
	}
	return v.Score.Unmitigated.String()
}

// beside says why the score led no further, or no less far.
func (g grounds) beside(v *verdict.Verdict) string {
	t := thresholdsOf(v)
	if t == nil {
		return ""
	}
	s := v.Score
	switch {
	case v.Decision == verdict.Approve && reaches(s.High, t.Review.Score):
		return fmt.Sprintf("; its score may be %v, and what it only may be asks for a review from %v", s.High, t.Review.Upper)
	case v.Decision == verdict.Approve && s.High > s.AIVSS:
		return fmt.Sprintf("; its score may be %v, and asks for a review from %v", s.High, t.Review.Score)
	case v.Decision == verdict.Approve:
		return fmt.Sprintf("; a review begins at a score of %v", t.Review.Score)
	case g.about["score"] && v.Decision == verdict.Review:
		return fmt.Sprintf("; a score rejects from %v", t.Reject.Score)
	case g.about["score"] || len(g.about) > 0:
		return ""
	case v.Decision == verdict.Reject && reaches(s.AIVSS, t.Review.Score):
		return fmt.Sprintf(", whatever its score: %v alone would ask for a review", s.AIVSS)
	}
	return fmt.Sprintf(", whatever its score: to %v alone nothing objects", s.AIVSS)
}

// Trend is how a verdict differs from the earlier one: new, stricter, laxer, higher,
// lower or same, and in words; both are "" where none is compared with.
func Trend(v *verdict.Verdict) (word, said string) {
	b, s := v.Before, v.Score.AIVSS
	switch {
	case b == nil:
		return "", ""
	case b.Decision == "":
		return "new", ""
	case v.Decision != b.Decision:
		word = "laxer"
		if v.Decision.Stricter(b.Decision) {
			word = "stricter"
		}
		return word, fmt.Sprintf("%s, %v before", b.Decision, b.AIVSS)
	case s > b.AIVSS:
		return "higher", fmt.Sprintf("%v before", b.AIVSS)
	case s < b.AIVSS:
		return "lower", fmt.Sprintf("%v before", b.AIVSS)
	}
	return "same", ""
}

// thresholdsOf are those that decided, nil where they are not known or the gates that
// compare with them are off.
func thresholdsOf(v *verdict.Verdict) *verdict.Thresholds {
	for _, gate := range v.Rules.GatesOff {
		if gate == defaultGates {
			return nil
		}
	}
	return v.Configuration.Thresholds
}

func reaches(score aivss.Tenths, limit json.Number) bool {
	n, err := limit.Float64()
	return err == nil && float64(score)/10 >= n
}
