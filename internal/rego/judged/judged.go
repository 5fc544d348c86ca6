// Package judged is what gates read beside the agent, and how that becomes a value of
// Rego.
package judged

import (
	"encoding/json"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/verdict"
)

// Input is what gates read beside the agent. Its shape, as JSON, is that of
// policies/schema/gate.jsonschema.
type Input struct {
	Score    Score     `json:"score"`
	Findings []Finding `json:"findings"`
	Config   Config    `json:"config"`
	// Subject and NotApplicable are those of the profile; whoever knows the profile fills them in.
	Subject       Subject        `json:"subject"`
	NotApplicable []Inapplicable `json:"not_applicable"`
}

// Subject is what the profile says that it describes.
type Subject struct {
	// Kind is an id of policies/subjects.yaml.
	Kind  string `json:"kind"`
	Title string `json:"title"`
	// Assurance is that of metadata.subject.
	Assurance string `json:"assurance"`
}

// Inapplicable is a fact or a section that does not apply, because of the
// subject or as the profile declares.
type Inapplicable struct {
	By      string `json:"by"`
	Fact    string `json:"fact"`
	Because string `json:"because"`
}

// Score is the AIVSS score, from 0 to 10; Low and High are the ends of its
// interval. Numbers are exact.
type Score struct {
	AIVSS    json.Number `json:"aivss"`
	Severity string      `json:"severity"`
	Low      json.Number `json:"low"`
	High     json.Number `json:"high"`
	CVSSBase json.Number `json:"cvss_base"`
	// Unmitigated is the score without the controls that lower it and that nobody
	// attested.
	Unmitigated json.Number `json:"unmitigated"`
}

// Finding is a finding that counts.
type Finding struct {
	Rule     string           `json:"rule"`
	Layer    string           `json:"layer"`
	Kind     maestro.Kind     `json:"kind"`
	Status   maestro.Status   `json:"status"`
	Severity maestro.Severity `json:"severity"`
	Message  string           `json:"message"`
	// Term is empty where the finding is about the whole agent.
	Term string `json:"term"`
}

// Config is what a configuration says to gates.
type Config struct {
	Thresholds verdict.Thresholds `json:"thresholds"`
	Disclosure Disclosure         `json:"disclosure"`
}

// Disclosure is what an agent has to disclose to be judged on substance.
type Disclosure struct {
	// Floor are lists of JSON pointers, of each of which one is to be disclosed.
	Floor [][]string `json:"floor"`
}
