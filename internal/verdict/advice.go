package verdict

import "github.com/audition-dev/audition/internal/aivss"

// Question is an undisclosed fact whose answer would change the verdict.
type Question struct {
	Fact    string   `json:"fact"`
	Text    string   `json:"text"`
	Answers []Answer `json:"answers"`
}

// Answer is what one legal value of the fact would lead to.
type Answer struct {
	Value    any          `json:"value"`
	Decision Decision     `json:"decision"`
	Low      aivss.Tenths `json:"low"`
	High     aivss.Tenths `json:"high"`
	// Added and Removed are rule ids, with the term after a space where there is one.
	Added   []string `json:"findings_added"`
	Removed []string `json:"findings_removed"`
	// Changed are findings with another status or severity.
	Changed []string `json:"findings_changed"`
	// Gravity ranks the worst finding that the answer adds, removes or changes:
	// maestro.Severity.Rank, or above every rank for none.
	Gravity int `json:"-"`
}

// Path is the way to approval by disclosure, or what stands in it.
type Path struct {
	// Decision is what the disclosures lead to, with the score's interval.
	Decision Decision     `json:"decision"`
	Low      aivss.Tenths `json:"low"`
	High     aivss.Tenths `json:"high"`
	// Disclose is a set of disclosures none of which can be left out, unless the search
	// for it was bounded: then some may not be needed, and Untried is true.
	Disclose []Disclosure `json:"disclose"`
	Untried  bool         `json:"untried,omitempty"`
	// Obstacles are the reasons that remain whatever is disclosed.
	Obstacles []Reason `json:"obstacles"`
}

// Disclosure is a fact and the value it would have to have.
type Disclosure struct {
	Fact  string `json:"fact"`
	Value any    `json:"value"`
}

// Explanation says why a rule fires on an agent or does not.
type Explanation struct {
	Rule     string    `json:"rule"`
	Findings []Finding `json:"findings"`
	// NotApplicable tells that it has nothing to say of such a subject.
	NotApplicable bool `json:"not_applicable,omitempty"`
	// Reads is what the rule reads and what the profile says of it.
	Reads []Because `json:"reads"`
	// Would are disclosures that change what the rule comes to.
	Would []Would `json:"would"`
}

// Would is what could be so, and what the rule would then come to.
type Would struct {
	Turn
	Then string `json:"then"`
	// Settles tells that the value speaks for the agent and the rule would be silent.
	Settles bool `json:"settles,omitempty"`
}
