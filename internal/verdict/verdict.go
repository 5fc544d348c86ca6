// Package verdict is the result of an audition: its document and the way from
// reasons to a decision. It is pure; what it is made of comes from elsewhere.
package verdict

import (
	"cmp"
	"slices"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/origin"
)

// APIVersion and Kind begin every verdict document; its schema is
// policies/schema/verdict.jsonschema.
const (
	APIVersion = "audition/v1"
	Kind       = "Verdict"
)

// Decision is what an agent is given.
type Decision string

// The decisions, from the laxest to the strictest.
const (
	Approve Decision = "approve"
	Review  Decision = "review"
	Reject  Decision = "reject"
)

// Verdict is one subject judged: an agent, or what is used by agents.
type Verdict struct {
	APIVersion string  `json:"apiVersion"`
	Kind       string  `json:"kind"`
	Subject    Subject `json:"subject"`
	// Origin is what the profile was made of, nil where somebody wrote it.
	Origin    *origin.Origin `json:"origin,omitempty"`
	Decision  Decision       `json:"decision"`
	Reasons   []Reason       `json:"reasons"`
	Basis     *Basis         `json:"basis,omitempty"`
	Score     Score          `json:"score"`
	Layers    []Layer        `json:"layers"`
	Findings  []Finding      `json:"findings"`
	Questions []Question     `json:"questions"`
	// Advice is what would change the decision, nil where it is approve or nobody asked.
	Advice *Advice `json:"advice,omitempty"`
	// Unasked counts the undisclosed facts that were not tried, since that would have taken long.
	Unasked int `json:"questions_unasked,omitempty"`
	// NotApplicable is what does not apply and is not stated: neither disclosed nor
	// undisclosed.
	NotApplicable []NotApplicable `json:"not_applicable"`
	// Discounted are facts whose evidence was not enough; they count as
	// undisclosed.
	Discounted []Discounted `json:"discounted"`
	// Waivers are those for the agent, whether or not they hold.
	Waivers []Waiver `json:"waivers"`
	// Assessment is that of the agent's score, nil where there is none.
	Assessment    *Assessment   `json:"assessment,omitempty"`
	Rules         Rules         `json:"rules"`
	Policy        []Policy      `json:"policy"`
	Configuration Configuration `json:"configuration"`
	Engine        Engine        `json:"engine"`
	// EffectiveTime is the day that ages of evidence and waivers were judged at;
	// "" where nothing depends on it.
	EffectiveTime string `json:"effective_time,omitempty"`
	// Today is the day by the calendar where EffectiveTime was still to come: no
	// waiver begins before it.
	Today string `json:"today,omitempty"`
	// Enforcement says how the decision became an exit code.
	Enforcement *Enforcement `json:"enforcement,omitempty"`
	// Recorded is the file that the verdict was read from, "" where it was judged.
	Recorded string `json:"-"`
	// Before is what an earlier run said of the agent, nil where none is compared with.
	Before *Before `json:"-"`
}

// Before is what an earlier run said of an agent. Where it did not know it Decision is
// "".
type Before struct {
	Decision Decision
	AIVSS    aivss.Tenths
}

// Subject is who was judged.
type Subject struct {
	Name string `json:"name"`
	// Kind is what the profile describes, such as tool_server, and KindTitle says it
	// in words; both are empty in verdicts of former versions, which judged agents.
	Kind      string `json:"kind,omitempty"`
	KindTitle string `json:"kind_title,omitempty"`
	Title     string `json:"title"`
	Version   string `json:"version"`
	Summary   string `json:"summary"`
	// Owner is who answers for the agent, as the profile says it.
	Owner string `json:"owner,omitempty"`
	// Source is the file the profile came from.
	Source string `json:"source"`
	// Digest is the SHA-256 of the profile's content, Facts of its facts alone.
	Digest string `json:"digest"`
	Facts  string `json:"facts,omitempty"`
}

// Reason is why the decision is not approve.
type Reason struct {
	Decision Decision `json:"decision"`
	// Gate is the Rego package that gave the reason.
	Gate    string `json:"gate"`
	Message string `json:"message"`
	Rule    string `json:"rule,omitempty"`
	Term    string `json:"term,omitempty"`
	// About is score, score_high or score_unmitigated where the reason is about the
	// score, the upper end of its interval or what it is without the controls that lower
	// it; its facts are those that drive the score.
	About string `json:"about,omitempty"`
	Facts []Fact `json:"facts"`
	// Known tells that a baseline has it.
	Known bool `json:"known,omitempty"`
}

// Score is the AIVSS score with everything it was computed from.
type Score struct {
	AIVSS       aivss.Tenths     `json:"aivss"`
	Severity    aivss.Severity   `json:"severity"`
	Formula     string           `json:"formula"`
	FactorSet   string           `json:"factor_set"`
	CVSSBase    aivss.Tenths     `json:"cvss_base"`
	CVSSVector  string           `json:"cvss_vector"`
	AARS        string           `json:"aars"`
	FactorSum   string           `json:"factor_sum"`
	Threat      aivss.Hundredths `json:"threat_multiplier"`
	Mitigation  aivss.Hundredths `json:"mitigation_factor"`
	Low         aivss.Tenths     `json:"low"`
	High        aivss.Tenths     `json:"high"`
	Undisclosed int              `json:"undisclosed"`
	// AARSExact and Raw are exact: the uplift, and the score before rounding.
	AARSExact string `json:"aars_exact"`
	Raw       string `json:"raw"`
	// K is the share of the way from the CVSS base to 10 that the factors take.
	K string `json:"k"`
	// Warnings are sentences about inputs and formula that a reader should know.
	Warnings []string `json:"warnings"`
	// Derived names what came from facts and not from an assessor: factors, cvss.
	Derived []string `json:"derived"`
	// OffRubric names the inputs whose value no published table has.
	OffRubric []string `json:"off_rubric"`
	// Unmitigated and Amended stand beside a score with a mitigation below 1.
	Unmitigated *aivss.Tenths `json:"unmitigated,omitempty"`
	Amended     *aivss.Tenths `json:"amended,omitempty"`
	// Decided is what was not derived from facts, and ByFacts, where that makes the
	// score lower, what it is by the facts.
	Decided     []Decided `json:"decided,omitempty"`
	ByFacts     *ByFacts  `json:"by_facts,omitempty"`
	Factors     []Factor  `json:"factors"`
	CVSSMetrics []Metric  `json:"cvss_metrics"`
	// The reasons of what was decided, or left at its default.
	CVSSBecause       []Because `json:"cvss_because"`
	ThreatBecause     []Because `json:"threat_because"`
	MitigationBecause []Because `json:"mitigation_because"`
}

// Layer is one MAESTRO layer of the agent.
type Layer struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// Tag is mapped, uncertain or not_applicable.
	Tag        string `json:"tag"`
	Disclosed  int    `json:"disclosed"`
	Applicable int    `json:"applicable"`
	Commentary string `json:"commentary"`
	// Findings and Strengths are rule ids, the worst first.
	Findings  []string `json:"findings"`
	Strengths []string `json:"strengths"`
}

// The layer tags.
const (
	Mapped        = "mapped"
	Uncertain     = "uncertain"
	NoFactApplies = "not_applicable"
)

// Finding is one rule that fired.
type Finding struct {
	Rule     string           `json:"rule"`
	Layer    string           `json:"layer"`
	Kind     maestro.Kind     `json:"kind"`
	Status   maestro.Status   `json:"status"`
	Severity maestro.Severity `json:"severity"`
	Title    string           `json:"title"`
	Message  string           `json:"message"`
	Term     string           `json:"term,omitempty"`
	Facts    []Fact           `json:"facts"`
	// Assurance is the weakest assurance of its disclosed facts, "" without one.
	Assurance    string   `json:"assurance,omitempty"`
	Threats      []string `json:"threats"`
	References   []string `json:"references"`
	Remediation  string   `json:"remediation"`
	SuppressedBy string   `json:"suppressed_by,omitempty"`
	// WaivedBy is the place of the waiver that accepts it, and Waiver the index of
	// that among the waivers of the verdict: a line may hold several. Verdicts of
	// former versions have no index; [Verdict.WaiverOf] knows both.
	WaivedBy string `json:"waived_by,omitempty"`
	Waiver   *int   `json:"waiver,omitempty"`
	// Action is warn for a finding that counts for nothing by configuration.
	Action string `json:"action,omitempty"`
	// DefaultSeverity is what the rule says, and SetBy where it was changed.
	DefaultSeverity maestro.Severity `json:"default_severity,omitempty"`
	SetBy           string           `json:"set_by,omitempty"`
	Fingerprint     string           `json:"fingerprint"`
}

// Counts tells whether a finding can move a decision.
func (f Finding) Counts() bool {
	return f.Kind != maestro.Strength && f.SuppressedBy == "" && f.WaivedBy == "" && f.Action == ""
}

// Fact is a fact behind a finding, with its place in the profile. An undisclosed
// fact has no value and no place.
type Fact struct {
	Pointer   string `json:"pointer"`
	Disclosed bool   `json:"disclosed"`
	Value     any    `json:"value,omitempty"`
	// Source is the file that the place is in, where that is not the subject's.
	Source string `json:"source,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	// Moot tells that the fact is not disclosed because it does not apply.
	Moot bool `json:"not_applicable,omitempty"`
}

// Discounted is a fact whose evidence was not enough.
type Discounted struct {
	Fact string `json:"fact"`
	Why  string `json:"why"`
	// Source is the file of the line, where that is not the subject's.
	Source string `json:"source,omitempty"`
	Line   int    `json:"line"`
}

// Engine says what judged.
type Engine struct {
	Audition string `json:"audition"`
	OPA      string `json:"opa"`
	// Evaluator is what ran rules and gates: compiled, topdown, or verify for both; "" in
	// verdicts of former versions.
	Evaluator string `json:"evaluator,omitempty"`
}

// Enforcement records the flags that turn a decision into an exit code.
type Enforcement struct {
	FailOn   Decision `json:"fail_on"`
	ExitZero bool     `json:"exit_zero"`
	// NewSince is the baseline or the revision that only what is new is held
	// against, "" for everything.
	NewSince string `json:"new_since,omitempty"`
	// NewSinceID is the SHA-256 of that baseline, or the commit.
	NewSinceID string `json:"new_since_id,omitempty"`
}

// Decide returns the strictest decision of the reasons and sorts these, the
// strictest first. Without a reason the agent is approved.
func Decide(reasons []Reason) Decision {
	slices.SortFunc(reasons, func(a, b Reason) int {
		return cmp.Or(
			-cmp.Compare(a.Decision.rank(), b.Decision.rank()),
			cmp.Compare(a.Gate, b.Gate),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Term, b.Term),
			cmp.Compare(a.Message, b.Message))
	})
	if len(reasons) == 0 {
		return Approve
	}
	return reasons[0].Decision
}

func (d Decision) rank() int { return slices.Index([]Decision{Approve, Review, Reject}, d) }

// Compare orders decisions, the laxest first.
func (d Decision) Compare(e Decision) int { return cmp.Compare(d.rank(), e.rank()) }

// Stricter tells whether d is stricter than e.
func (d Decision) Stricter(e Decision) bool { return d.rank() > e.rank() }
