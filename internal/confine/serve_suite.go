package confine

import (
	"errors"
	"time"

	"github.com/audition-dev/audition/internal/author"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/value"
)

// Opened is a suite that was opened.
type Opened struct {
	Index     int
	Catalogue rego.Catalogue
	Packages  int
}

// Suite opens policies with their tests.
func (s *server) Suite(w Work, a *Answer[Opened]) error {
	ctx, cancel := w.Within.context()
	defer cancel()
	framework, err := rego.Framework()
	if err != nil {
		return a.set(Opened{}, err)
	}
	opened, err := openSuite(ctx, framework, w.Refs)
	if err != nil {
		return a.set(Opened{}, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.suites = append(s.suites, opened)
	return a.set(Opened{len(s.suites) - 1, opened.Catalogue(), opened.Packages()}, nil)
}

// House finds which rules of the house do not hold in a suite.
func (s *server) House(r RuleOf, a *Answer[rego.Problems]) error {
	ctx, cancel := r.Within.context()
	defer cancel()
	wrong, err := s.suites[r.Index].House(ctx)
	return a.set(wrong, err)
}

// SuiteExamples evaluates the examples of a rule of a suite.
func (s *server) SuiteExamples(r RuleOf, a *Answer[Pair]) error {
	ctx, cancel := r.Within.context()
	defer cancel()
	suite := s.suites[r.Index]
	rules := author.Rules(suite.Catalogue())
	for _, rule := range rules {
		if rule.ID == r.Rule {
			pair, err := newPair(suite.Examples(ctx, rule))
			return a.set(pair, err)
		}
	}
	return a.set(Pair{}, errors.New("unknown rule "+r.Rule))
}

// Tests are the tests of a suite whose names match, and how long each may take.
type Tests struct {
	Suite  int
	Match  string
	Limit  time.Duration
	Within Within
}

// Test runs tests.
func (s *server) Test(t Tests, a *Answer[author.TestRun]) error {
	ctx, cancel := t.Within.context()
	defer cancel()
	run, err := s.suites[t.Suite].Test(ctx, t.Match, t.Limit)
	return a.set(run, err)
}

// Measurement is a part of a suite, what it is measured on, and for how long.
type Measurement struct {
	Suite        int
	Part         author.Part
	Rules, Gates []byte
	AtLeast      time.Duration
	Within       Within
}

// Measure measures a part.
func (s *server) Measure(m Measurement, a *Answer[author.Cost]) error {
	ctx, cancel := m.Within.context()
	defer cancel()
	rules, errRules := value.Decode(m.Rules)
	gates, errGates := value.Decode(m.Gates)
	if err := errors.Join(errRules, errGates); err != nil {
		return a.set(author.Cost{}, err)
	}
	began := time.Now()
	cost, err := s.suites[m.Suite].Measure(ctx, m.Part, rules, gates, m.AtLeast, func() time.Duration { return time.Since(began) })
	return a.set(cost, err)
}
