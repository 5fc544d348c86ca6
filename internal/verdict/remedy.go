package verdict

import "github.com/audition-dev/audition/internal/aivss"

// Advice is what would change a decision that is not approve. All of it was judged,
// and none of it says that anything is so.
type Advice struct {
	// Steps are the changes with the greatest effect, the greatest first; what each
	// leads to is said of it together with those before it.
	Steps []Remedy `json:"steps"`
	// Lowers is the one change after which the score is lowest, nil where none lowers it.
	Lowers *Remedy `json:"lowers,omitempty"`
	// Disclosed is what disclosure alone can lead to at best.
	Disclosed Reach `json:"disclosed"`
	// Change is what would have to be so instead of what is declared, beside that
	// disclosure, none of which can be left out, and Changed what it leads to. Both are
	// empty where disclosure alone is enough, or no change makes it better.
	Change  []Turn `json:"change"`
	Changed *Reach `json:"changed,omitempty"`
}

// Remedy is something that would have to be so, and what it leads to.
type Remedy struct {
	Facts []Turn `json:"facts"`
	// Rule and Term name the gravest finding that is gone then or less grave, "" where
	// only the score changes.
	Rule string `json:"rule,omitempty"`
	Term string `json:"term,omitempty"`
	// Text is the remedy of that rule, or what the fact means.
	Text string `json:"text"`
	// Settles are all these findings by rule and term, the gravest first.
	Settles  []string     `json:"settles"`
	Decision Decision     `json:"decision"`
	AIVSS    aivss.Tenths `json:"aivss"`
	Low      aivss.Tenths `json:"low"`
	High     aivss.Tenths `json:"high"`
	// Reasons counts those that are left.
	Reasons int `json:"reasons"`
}

// Turn is a fact, the value it would have to have and the one that it has.
type Turn struct {
	Fact  string `json:"fact"`
	Value any    `json:"value"`
	// Now and Line are what is declared and where; nil and 0 where nothing is. Source is
	// the file of the line, where that is not the subject's.
	Now    any    `json:"now,omitempty"`
	Source string `json:"source,omitempty"`
	Line   int    `json:"line,omitempty"`
}

// Reach is what changes can lead to, and the reasons that stay.
type Reach struct {
	Decision Decision     `json:"decision"`
	Low      aivss.Tenths `json:"low"`
	High     aivss.Tenths `json:"high"`
	Reasons  []Reason     `json:"reasons"`
}
