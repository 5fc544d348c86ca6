package format

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/junit"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// suites is the format for what shows tests: a suite for each agent with a case for
// its decision, and one for each rule, or for each of its findings. Findings that the
// decision is due to fail. What is waived, off, covered by a worse finding or without a
// meaning for the agent is skipped. A file that could not be judged is a suite of
// errors. The counts stand first, so the suites are held until the end.
type suites struct {
	w      io.Writer
	layers map[string]string // of rules
	names  map[string]int    // suites of a name
	open   map[string]*junit.Suite
	all    []*junit.Suite
}

// JUnit prints JUnit XML.
func JUnit(w io.Writer, o print.Options) print.Writer {
	s := &suites{w: w, layers: map[string]string{}, names: map[string]int{}, open: map[string]*junit.Suite{}}
	for _, r := range o.Rules {
		s.layers[r.ID] = r.Layer
	}
	return s
}

// name is the name of a suite. GitLab tells cases apart by class and name, so the
// class begins with it, and suites of one name are numbered.
func (s *suites) name(name string) string {
	name = print.Clean(name)
	if s.names[name]++; s.names[name] > 1 {
		name = fmt.Sprintf("%s (%d)", name, s.names[name])
	}
	return name
}

func (s *suites) Write(v *verdict.Verdict) error {
	one := newTestSuite(s.name(v.Subject.Name), v, s.layers)
	s.all = append(s.all, &one)
	return nil
}

func (s *suites) Undecided(u verdict.Undecided) error {
	one := s.open[u.Source]
	if one == nil {
		one = &junit.Suite{Name: s.name(u.Source)}
		s.open[u.Source], s.all = one, append(s.all, one)
	}
	name := "undecided"
	if one.Tests > 0 {
		name = fmt.Sprintf("undecided (%d)", one.Tests+1)
	}
	one.Add(junit.Case{
		Name: name, Class: one.Name + ".undecided", File: print.Clean(file(u.Source)),
		Error: &junit.Why{Type: "undecided", Message: print.Clean(u.Message), Text: junit.Text{Lines: print.Clean(u.Place() + ": " + u.Message)}},
	})
	return nil
}

func (s *suites) Close() error {
	all := junit.Suites{Name: "audition", Skipped: new(int)}
	for _, one := range s.all {
		all.Add(*one)
	}
	return junit.Write(s.w, all)
}

func newTestSuite(name string, v *verdict.Verdict, layers map[string]string) junit.Suite {
	s := junit.Suite{Name: name, Properties: &junit.Properties{List: []junit.Property{
		{Name: "decision", Value: string(v.Decision)}, {Name: "aivss", Value: v.Score.AIVSS.String()}, {Name: "severity", Value: string(v.Score.Severity)},
		{Name: "low", Value: v.Score.Low.String()}, {Name: "high", Value: v.Score.High.String()},
		{Name: "basis", Value: print.Basis(v)},
	}}}
	for _, said := range print.Loosened(v) {
		s.Properties.List = append(s.Properties.List, junit.Property{Name: "loosened", Value: print.Clean(said)})
	}
	for _, said := range print.Unheeded(v) {
		s.Properties.List = append(s.Properties.List, junit.Property{Name: "unheeded", Value: print.Clean(said)})
	}
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
		{v.Rules.Silent, nil}, {v.Rules.NotApplicable, &junit.Skip{Message: "not applicable: it has nothing to say of whom was judged"}},
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
	said := []string{print.Clean(scored(v.Score)), print.Basis(v)}
	for _, loose := range print.Loosened(v) {
		said = append(said, print.Clean(loose))
	}
	c := junit.Case{Output: &junit.Text{Lines: strings.Join(said, "\n")}}
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
			line = fmt.Sprintf("%s:%d:%d: %s", file(cmp.Or(fact.Source, v.Subject.Source)), fact.Line, fact.Column, line)
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
		c.Skipped = &junit.Skip{Message: print.Clean(print.Acceptance(v, f))}
	case f.SuppressedBy != "":
		c.Skipped = &junit.Skip{Message: print.Clean("covered by " + f.SuppressedBy)}
	case reason >= 0:
		r := v.Reasons[reason] // the evidence again: GitLab shows no other text
		c.Failure = &junit.Why{Type: string(r.Decision), Message: print.Clean(r.Message), Text: *c.Output}
	}
	return c
}
