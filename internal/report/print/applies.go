package print

import (
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/verdict"
)

// maxApart is how many facts Apart names of those that a subject has none of.
const maxApart = 6

// Apart says, a line each, of what silence counts for nothing: what was judged other
// than an agent, and what its profile declares not applicable.
func Apart(v *verdict.Verdict) (out []string) {
	var facts []string
	for _, n := range v.NotApplicable {
		if n.By == verdict.BySubject {
			facts = append(facts, Path(n.Fact))
		}
	}
	if !v.Subject.IsAgent() {
		said := "judged as " + v.Subject.KindTitle
		if n := len(facts); n > maxApart+1 {
			facts = append(facts[:maxApart:maxApart], fmt.Sprintf("%d more", n-maxApart))
		}
		if len(facts) > 0 {
			said += "; not applicable: " + strings.Join(facts, ", ")
		}
		out = append(out, said)
	}
	for _, n := range v.NotApplicable {
		if n.By == verdict.ByProfile {
			out = append(out, fmt.Sprintf("declared not applicable: %s: %s", Path(n.Fact), n.Because))
		}
	}
	return out
}

// Inapplicable is why some facts do not apply.
type Inapplicable struct {
	Facts   []string
	Because string
	// Said tells who says so: the subject, or the profile in a line.
	Said string
}

// InapplicableOf puts together what does not apply for the same reason.
func InapplicableOf(v *verdict.Verdict) (out []Inapplicable) {
	at := map[verdict.NotApplicable]int{}
	for _, n := range v.NotApplicable {
		key, fact := n, Path(n.Fact)
		key.Fact = ""
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			said := "it is " + v.Subject.KindTitle
			if n.By == verdict.ByProfile {
				said = fmt.Sprintf("declared in line %d", n.Line)
			}
			out = append(out, Inapplicable{Because: n.Because, Said: said})
		}
		out[i].Facts = append(out[i].Facts, fact)
	}
	return out
}

// Tag is the tag of a layer in words.
func Tag(l verdict.Layer) string { return strings.ReplaceAll(l.Tag, "_", " ") }

// Coverage says how much of a layer is disclosed, "" where nothing of it applies.
func Coverage(l verdict.Layer) string {
	if l.Tag == verdict.NoFactApplies {
		return ""
	}
	return fmt.Sprintf("%d of %d", l.Disclosed, l.Applicable)
}
