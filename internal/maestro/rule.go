// Package maestro holds the words of a MAESTRO assessment: layers, rules and
// findings. It evaluates nothing.
//
// MAESTRO is the agentic AI threat modelling framework of the Cloud Security
// Alliance (Ken Huang, February 2025). Its seven layers are data
// (policies/layers.yaml), because its second version will have others.
package maestro

import (
	"cmp"
	"slices"
)

// Kind says what a rule is about.
type Kind string

const (
	// Gap is something that is not disclosed.
	Gap Kind = "gap"
	// Weakness is a capability whose control fails or is not disclosed.
	Weakness Kind = "weakness"
	// Strength is a control that is disclosed in full.
	Strength Kind = "strength"
	// Combination is several facts that are dangerous together.
	Combination Kind = "combination"
)

// Kinds returns the kinds in the order of reports.
func Kinds() []Kind { return []Kind{Combination, Weakness, Gap, Strength} }

// Status says how certain a finding is.
type Status string

const (
	// Confirmed means that every control of the rule is disclosed and fails, or
	// that the rule has none.
	Confirmed Status = "confirmed"
	// Possible means unmitigated as far as disclosed: a control is undisclosed.
	Possible Status = "possible"
)

// Severity says how bad a finding is.
type Severity string

// The severities from worst to best; a strength is a credit.
const (
	Critical Severity = "critical"
	High     Severity = "high"
	Medium   Severity = "medium"
	Low      Severity = "low"
	Info     Severity = "info"
	Credit   Severity = "credit"
)

// Severities returns all severities, the worst first.
func Severities() []Severity { return []Severity{Critical, High, Medium, Low, Info, Credit} }

// Rank orders severities: 0 is critical. An unknown severity ranks last.
func (s Severity) Rank() int {
	if i := slices.Index(Severities(), s); i >= 0 {
		return i
	}
	return len(Severities())
}

// Valid tells whether s is one of Severities.
func (s Severity) Valid() bool { return slices.Contains(Severities(), s) }

// Lower is one step less severe; low and below stay as they are.
func (s Severity) Lower() Severity {
	if i := s.Rank(); i < Low.Rank() {
		return Severities()[i+1]
	}
	return s
}

// Rule is what the metadata of one rule file says.
type Rule struct {
	// ID is the layer and the file's name, such as L4/sandbox-undisclosed.
	ID string `json:"id"`
	// Layer is the layer of the folder; XL is cross-layer.
	Layer string `json:"layer"`
	// Layers are the layers in which reports show the rule.
	Layers      []string `json:"layers"`
	Kind        Kind     `json:"kind"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	// Message is the sentence of a finding; {term} and {args} stand for its own.
	Message string `json:"message"`
	// Severity holds when confirmed, Possible when only possible; "" where no
	// finding can be. A finding may override both.
	Severity Severity `json:"severity"`
	Possible Severity `json:"possible,omitempty"`
	// Controls are JSON pointers of the facts whose disclosure decides the status.
	Controls []string `json:"controls,omitempty"`
	// Threats are MAESTRO threat names with their layer in brackets.
	Threats []string `json:"threats,omitempty"`
	// References are ids of other taxonomies.
	References  []string `json:"references,omitempty"`
	Remediation string   `json:"remediation"`
	// SuppressedBy are ids of rules that say the same more precisely.
	SuppressedBy []string `json:"suppressed_by,omitempty"`
	// Collections are names by which a configuration can select the rule.
	Collections []string `json:"collections,omitempty"`
	// Subjects are to whom the rule applies, none for all: of others it says only
	// what is confirmed.
	Subjects []string `json:"subjects,omitempty"`
	// Package is the Rego package.
	Package string `json:"package"`
	// File and Row are where the metadata stands.
	File string `json:"file"`
	Row  int    `json:"row"`
}

// Finding is one rule that fired on one agent.
type Finding struct {
	Rule     *Rule
	Status   Status
	Severity Severity
	Message  string
	// Term is the item within the agent that the finding is about, if any.
	Term string
	// Facts are JSON pointers of the facts that made the rule fire, sorted.
	Facts []string
	// Controls are JSON pointers of the controls that decided the status, sorted.
	Controls []string
	// SuppressedBy is the id of a rule whose finding says the same, if any.
	SuppressedBy string
	// Default is the severity before a configuration changed it, "" where none can.
	Default Severity
	// Warn tells that a configuration lets the finding count for nothing.
	Warn bool
	// SetBy is where a configuration changed severity or Warn, "" where none did.
	SetBy string
}

// Compare orders findings for reports: worst first, confirmed before possible,
// then by rule and term.
func (f Finding) Compare(g Finding) int {
	return cmp.Or(
		cmp.Compare(f.Severity.Rank(), g.Severity.Rank()),
		cmp.Compare(f.Status, g.Status),
		cmp.Compare(f.Rule.ID, g.Rule.ID),
		cmp.Compare(f.Term, g.Term),
	)
}

// Suppress marks every finding that a more precise one covers: a finding of a
// rule named in SuppressedBy, at least as certain and as severe, about the same
// term unless one of the two has none. What counts for nothing covers only what
// does not count either.
func Suppress(findings []Finding) {
	for i := range findings {
		for _, by := range findings {
			if f := &findings[i]; f.SuppressedBy == "" && by.SuppressedBy == "" && slices.Contains(f.Rule.SuppressedBy, by.Rule.ID) && covers(by, *f) {
				f.SuppressedBy = by.Rule.ID
			}
		}
	}
}

func covers(by, f Finding) bool {
	certain := by.Status == Confirmed || f.Status == Possible
	counts := by.Severity.Rank() <= f.Severity.Rank() && (!by.Warn || f.Warn)
	return certain && counts && (by.Term == f.Term || by.Term == "" || f.Term == "")
}
