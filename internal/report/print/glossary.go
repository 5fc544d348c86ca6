package print

import "strings"

// Term is a word of reports that not every reader knows, and what it means.
type Term struct{ Word, Means string }

// Glossary is every such word, sorted. All that explains one has it from here.
func Glossary() []Term {
	return []Term{
		{"AARS", "Agentic AI Risk Score: what an agent's autonomy, tools, memory and the like add to its CVSS base score."},
		{"AIVSS", "OWASP AI Vulnerability Scoring System: a score from 0 to 10 of a CVSS base, ten agentic factors, a threat multiplier and a mitigation factor."},
		{"amended", "The score by a formula in which mitigation lowers only the agentic uplift, never the CVSS base."},
		{"attested", "An independent party vouches for the fact."},
		{"claimed", "Only the agent's maker or a listing says so."},
		{"combination", "Facts that are dangerous together."},
		{"confirmed", "All that the finding rests on is declared."},
		{"credit", "A control that speaks for the agent; it needs no action."},
		{"CVSS base", "How bad the worst credible scenario is, by the Common Vulnerability Scoring System v4.0, before anything agentic counts."},
		{"documented", "Documentation or a contract says so."},
		{"factor sum", "The sum of the ten agentic factors, each from 0 to 1."},
		{"gap", "Something that should be disclosed and is not."},
		{"gate", "A rule that turns score and findings into a decision. The strictest of all gates wins."},
		{"mapped", "A declared fact shows that the layer is there and what it is."},
		{"mitigation factor", "1 where no control is known to work against what the agent can do; 0.83 and 0.67 where some or strong controls do."},
		{"not applicable", "It has no meaning for what was judged, so nobody asks for it."},
		{"pinned", "Fixed by a declared fact; of a tool or a model: one version, which does not change by itself."},
		{"possible", "A control is not disclosed: the finding holds unless it is there."},
		{"raw score", "The score before it is rounded."},
		{"strength", "A control that is declared in full."},
		{"threat multiplier", "1 where attacks are known, 0.97 where a working exploit is, less where none is reported."},
		{"uncertain", "No declared fact shows what the layer is; what is said of it is general."},
		{"unmitigated", "The score as if no control lowered it."},
		{"verified", "Somebody tested or inspected it."},
		{"waived", "Accepted by somebody, for a reason, until a day; it counts for nothing until then."},
		{"weakness", "A capability whose control fails or is not disclosed."},
		{"XL", "Across layers: the finding takes facts of several MAESTRO layers."},
	}
}

// Means is what a word of the glossary means, "" for any other.
func Means(word string) string {
	for _, t := range Glossary() {
		if strings.EqualFold(t.Word, word) {
			return t.Means
		}
	}
	return ""
}
