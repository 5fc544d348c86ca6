package rego

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/rego/judged"
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/rego/value"
)

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
	return judged.Write(s.told(j), s.plain, s.conclusions)
}

// told is what gates are told beside the agent, with what the agent says of that.
func (s Subject) told(j Judged) Judged {
	of := s.profile.Subject()
	j.Subject, j.NotApplicable = JudgedSubject{Kind: of.ID, Title: of.Title, Assurance: s.profile.Assurance("/metadata/subject")}, nil
	for _, n := range s.profile.NotApplicable() {
		j.NotApplicable = append(j.NotApplicable, JudgedInapplicable{By: n.By, Fact: n.Fact, Because: n.Because})
	}
	return j
}

// Gate runs the gates.
func (e *Engine) Gate(ctx context.Context, s Subject, j Judged) ([]Reason, error) {
	g, err := e.GateAgain(ctx, s, j, Gated{}, nil)
	return g.Reasons, err
}

func (e *Engine) reasons(sets []*value.Value) (out []Reason, err error) {
	i := 0
	for _, g := range e.deciding {
		for _, decision := range g.Decisions {
			set := sets[i]
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
