package verdict

import "github.com/audition-dev/audition/internal/aivss"

// Factor is one agentic factor with its interval and reasons.
type Factor struct {
	ID      string           `json:"id"`
	Name    string           `json:"name"`
	Value   aivss.Hundredths `json:"value"`
	Low     aivss.Hundredths `json:"low"`
	High    aivss.Hundredths `json:"high"`
	Because []Because        `json:"because"`
}

// Metric is one derived CVSS v4.0 base metric.
type Metric struct {
	ID      string    `json:"id"`
	Value   string    `json:"value"`
	Low     string    `json:"low"`
	High    string    `json:"high"`
	Because []Because `json:"because"`
}

// Because is a fact and what it says; an assumption names no fact.
type Because struct {
	Fact string `json:"fact"`
	Text string `json:"text"`
	// Source is the file of the line, where that is not the subject's.
	Source string `json:"source,omitempty"`
	Line   int    `json:"line,omitempty"`
	// Adds is what the reason adds to a factor; where several facts are one reason
	// the first of them has it.
	Adds *aivss.Hundredths `json:"adds,omitempty"`
}
