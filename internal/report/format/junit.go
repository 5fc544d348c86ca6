package format

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/junit"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// JUnit prints a suite for each agent: a case for its decision, and one for each
// rule, or for each of its findings. Findings that the decision is due to fail.
// What is waived, off, covered by a worse finding or without a meaning for the
// agent is skipped.
func JUnit(w io.Writer, verdicts []*verdict.Verdict, o print.Options) error {
	layers, seen := map[string]string{}, map[string]int{}
	for _, r := range o.Rules {
		layers[r.ID] = r.Layer
	}
	all := junit.Suites{Name: "audition", Skipped: new(int)}
	for _, v := range verdicts {
		// GitLab tells cases apart by class and name, so the class begins with the
		// agent, and agents of one name are numbered.
		name := print.Clean(v.Subject.Name)
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, seen[name])
		}
		all.Add(newTestSuite(name, v, layers))
	}
	return junit.Write(w, all)
}

func newTestSuite(name string, v *verdict.Verdict, layers map[string]string) junit.Suite {
	s := junit.Suite{Name: name, Properties: &junit.Properties{List: []junit.Property{
		{Name: "decision", Value: string(v.Decision)}, {Name: "aivss", Value: v.Score.AIVSS.String()}, {Name: "severity", Value: string(v.Score.Severity)},
		{Name: "low", Value: v.Score.Low.String()}, {Name: "high", Value: v.Score.High.String()},
	}}}
	add := func(layer, name string, c junit.Case) {
		c.Name, c.Class, c.File = print.Clean(name), s.Name+"."+print.Clean(layer), print.Clean(file(v.Subject.Source))
		s.Add(c)
	}
	add("decision", "decision", decided(v))
	fired := map[string]bool{}
	for _, f := range v.Findings {
		fired[f.Rule] = true
		add(f.Layer, f.Name(), newTestCase(v, f))
	}
	for _, outcome := range []struct {
		ids  []string
		skip *junit.Skip
	}{
		{v.Rules.Silent, nil}, {v.Rules.NotApplicable, &junit.Skip{Message: "not applicable: its facts have no meaning for this agent"}},
		{v.Rules.Off, &junit.Skip{Message: "off by configuration"}},
	} {
		for _, id := range outcome.ids {
			layer, ok := layers[id]
			if !ok {
				layer, _, _ = strings.Cut(id, "/")
			}
			if !fired[id] {
				add(layer, id, junit.Case{Skipped: outcome.skip})
			}
		}
	}
	return s
}

// decided is the case of the decision.
func decided(v *verdict.Verdict) junit.Case {
	c := junit.Case{Output: &junit.Text{Lines: print.Clean(scored(v.Score))}}
	if v.Decision == verdict.Approve {
		return c
	}
	var lines []string
	for _, r := range v.Reasons {
		lines = append(lines, print.Clean(fmt.Sprintf("%s: %s", r.Decision, r.Message)))
	}
	c.Failure = &junit.Why{Type: string(v.Decision), Message: print.Clean(fmt.Sprintf("%s, %s", v.Decision, scored(v.Score))), Text: junit.Text{Lines: strings.Join(lines, "\n")}}
	return c
}

// newTestCase is the case of one finding, with its evidence.
func newTestCase(v *verdict.Verdict, f verdict.Finding) junit.Case {
	lines := []string{fmt.Sprintf("%s %s %s: %s", f.Status, f.Severity, f.Kind, f.Message)}
	for _, fact := range f.Facts {
		line := stated(fact)
		if fact.Disclosed {
			line = fmt.Sprintf("%s:%d:%d: %s", file(v.Subject.Source), fact.Line, fact.Column, line)
		}
		lines = append(lines, line)
	}
	if f.SetBy != "" {
		lines = append(lines, fmt.Sprintf("set by %s; %s by default", f.SetBy, f.DefaultSeverity))
	}
	if f.Kind != maestro.Strength {
		lines = append(lines, "What to do: "+f.Remediation)
	}
	for i := range lines {
		lines[i] = print.Clean(lines[i])
	}
	c := junit.Case{Output: &junit.Text{Lines: strings.Join(lines, "\n")}}
	reason := slices.IndexFunc(v.Reasons, func(r verdict.Reason) bool { return r.Rule == f.Rule && r.Term == f.Term })
	switch {
	case f.WaivedBy != "":
		c.Skipped = &junit.Skip{Message: print.Clean(acceptance(v, f))}
	case f.SuppressedBy != "":
		c.Skipped = &junit.Skip{Message: print.Clean("covered by " + f.SuppressedBy)}
	case reason >= 0:
		r := v.Reasons[reason] // the evidence again: GitLab shows no other text
		c.Failure = &junit.Why{Type: string(r.Decision), Message: print.Clean(r.Message), Text: *c.Output}
	}
	return c
}
