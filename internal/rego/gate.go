package rego

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/rego/value"
	"github.com/audition-dev/audition/internal/verdict"
)

// Judged is what gates read beside the agent. Its shape, as JSON, is that of
// policies/schema/gate.jsonschema.
type Judged struct {
	Score    JudgedScore     `json:"score"`
	Findings []JudgedFinding `json:"findings"`
	Config   JudgedConfig    `json:"config"`
	// Subject and NotApplicable are those of the profile; [GateInput] fills them in.
	Subject       JudgedSubject        `json:"subject"`
	NotApplicable []JudgedInapplicable `json:"not_applicable"`
}

// JudgedSubject is what the profile says that it describes.
type JudgedSubject struct {
	// Kind is an id of policies/subjects.yaml.
	Kind  string `json:"kind"`
	Title string `json:"title"`
	// Assurance is that of metadata.subject.
	Assurance string `json:"assurance"`
}

// JudgedInapplicable is a fact or a section that does not apply, because of the
// subject or as the profile declares.
type JudgedInapplicable struct {
	By      string `json:"by"`
	Fact    string `json:"fact"`
	Because string `json:"because"`
}

// JudgedScore is the AIVSS score, from 0 to 10; Low and High are the ends of its
// interval. Numbers are exact.
type JudgedScore struct {
	AIVSS    json.Number `json:"aivss"`
	Severity string      `json:"severity"`
	Low      json.Number `json:"low"`
	High     json.Number `json:"high"`
	CVSSBase json.Number `json:"cvss_base"`
	// Unmitigated is the score without the controls that lower it and that nobody
	// attested.
	Unmitigated json.Number `json:"unmitigated"`
}

// JudgedFinding is a finding that counts.
type JudgedFinding struct {
	Rule     string           `json:"rule"`
	Layer    string           `json:"layer"`
	Kind     maestro.Kind     `json:"kind"`
	Status   maestro.Status   `json:"status"`
	Severity maestro.Severity `json:"severity"`
	Message  string           `json:"message"`
	// Term is empty where the finding is about the whole agent.
	Term string `json:"term"`
}

// JudgedConfig is what a configuration says to gates.
type JudgedConfig struct {
	Thresholds verdict.Thresholds `json:"thresholds"`
	Disclosure Disclosure         `json:"disclosure"`
}

// Disclosure is what an agent has to disclose to be judged on substance.
type Disclosure struct {
	// Floor are lists of JSON pointers, of each of which one is to be disclosed.
	Floor [][]string `json:"floor"`
}

// Reason is what a gate says for a decision.
type Reason struct {
	// Decision is reject or review.
	Decision string
	// Gate is the package of the gate.
	Gate    string
	Message string
	// Rule and Term name the finding the reason is about, if any.
	Rule, Term string
	// About is one of [Abouts] where it is about the score, or empty.
	About string
}

// Abouts are what of a score a reason can be about: itself, the upper end of its
// interval, and what it would be without the controls that lower it.
func Abouts() []string { return []string{"score", "score_high", "score_unmitigated"} }

// GateInput is what gates read.
func GateInput(s Subject, j Judged) (*value.Value, error) {
	of := s.profile.Subject()
	j.Subject, j.NotApplicable = JudgedSubject{of.ID, of.Title, s.profile.Assurance("/metadata/subject")}, nil
	for _, n := range s.profile.NotApplicable() {
		j.NotApplicable = append(j.NotApplicable, JudgedInapplicable{n.By, n.Fact, n.Because})
	}
	var w writer
	in := w.judged(j)
	w.Insert(in, w.String("profile"), s.plain)
	w.Insert(in, w.String("derived"), s.conclusions)
	return in, w.err
}

// Gate runs the gates.
func (e *Engine) Gate(ctx context.Context, s Subject, j Judged) ([]Reason, error) {
	input, err := GateInput(s, j)
	if err != nil {
		return nil, err
	}
	sets, err := e.decide.Eval(ctx, input)
	if err != nil {
		return nil, said(err)
	}
	reasons, err := e.reasons(sets)
	return reasons, said(err)
}

func (e *Engine) reasons(sets *value.Value) (out []Reason, err error) {
	i := 0
	for _, g := range e.deciding {
		for _, decision := range g.Decisions {
			set := sets.Items()[i]
			if i++; set.Kind() != value.Set {
				return nil, fmt.Errorf("%s: %s: expected a set of reasons", g.Package, decision)
			}
			if len(out)+set.Len() > maxFindings {
				return nil, fmt.Errorf("%s: %s: expected at most %d reasons of all gates", g.Package, decision, maxFindings)
			}
			for _, v := range set.Items() {
				r, err := reason(v)
				if err != nil {
					return nil, fmt.Errorf("%s: %s: %w", g.Package, decision, err)
				}
				r.Gate, r.Decision = g.Package, decision
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// reason reads a text, or an object of message, rule, term and about.
func reason(v *value.Value) (r Reason, err error) {
	if s, ok := v.Text(); ok && s != "" {
		return Reason{Message: parse.Cut(s, maxText)}, nil
	}
	if v.Kind() != value.Object {
		return r, fmt.Errorf("expected a text or an object with message, got %s", shown(v))
	}
	for i, k := range v.Items() {
		v := v.Values()[i]
		key, _ := k.Text()
		switch key {
		case "message":
			r.Message, err = str(v)
		case "rule":
			r.Rule, err = label(v)
		case "term":
			r.Term, err = label(v)
		case "about":
			if r.About, err = label(v); err == nil && !slices.Contains(Abouts(), r.About) {
				err = fmt.Errorf("reason: about: unknown value %s, expected one of %s", shown(v), strings.Join(Abouts(), ", "))
			}
		default:
			err = fmt.Errorf("reason: unknown key %s, expected message, rule, term, about", shown(k))
		}
		if err != nil {
			return r, err
		}
	}
	if r.Message == "" {
		err = fmt.Errorf("reason: expected message")
	}
	r.Message = parse.Cut(r.Message, maxText)
	return r, err
}
