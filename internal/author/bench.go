package author

import (
	"context"
	"slices"
	"time"

	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/value"
)

// Cost is what evaluating a rule, a gate or several of them on one agent takes.
type Cost struct {
	// Name is the id of the rule, the package of the gate, or what they are.
	Name string
	// Kind is rule or gate, or empty.
	Kind string
	// Time is the mean over the runs.
	Time time.Duration
	Runs int
}

// Costs are the costs of one agent.
type Costs struct {
	// Each is every rule and gate of the sources, and all builtin ones together.
	// What evaluating anything at all takes is Fixed, and left out of Each.
	Each  []Cost
	Fixed Cost
	// Total is what an assessment runs: all rules, then all gates.
	Total Cost
}

// Stopwatch tells how much time has gone by since some moment.
type Stopwatch func() time.Duration

// Part is what of a policy is measured: a rule, a gate, or several of them.
type Part struct {
	// Name and Kind are those of [Cost].
	Name, Kind string
	// Rules and Gates are terms of programs.
	Rules, Gates []string
}

// Parts are what is measured, in this order: nothing, all rules and gates, the
// builtin ones, and each rule and gate of the sources.
func Parts(c rego.Catalogue) []Part {
	nothing := Part{Name: "evaluation itself", Rules: []string{"set()"}}
	all, builtin := Part{Name: "total"}, Part{Name: "builtin rules and gates"}
	var own []Part
	for _, r := range c.Rules {
		all.Rules = append(all.Rules, r.Term())
		if r.Builtin {
			builtin.Rules = append(builtin.Rules, r.Term())
			continue
		}
		own = append(own, Part{Name: r.ID, Kind: "rule", Rules: []string{r.Term()}})
	}
	for _, g := range c.Gates {
		all.Gates = append(all.Gates, g.Terms()...)
		if g.Builtin {
			builtin.Gates = append(builtin.Gates, g.Terms()...)
		}
	}
	for _, g := range Gates(c) {
		own = append(own, Part{Name: g.Package, Kind: "gate", Gates: g.Terms()})
	}
	return append([]Part{nothing, all, builtin}, own...)
}

// Sum makes costs of those of all parts, in the order of [Parts].
func Sum(costs []Cost) Costs {
	out := Costs{Fixed: costs[0], Total: costs[1], Each: slices.Clone(costs[2:])}
	for i, c := range out.Each {
		out.Each[i].Time = max(0, c.Time-out.Fixed.Time)
	}
	return out
}

// Measure evaluates a part on what rules and on what gates read of an agent, again
// and again, for at least the given time and once.
func (s *Suite) Measure(ctx context.Context, part Part, rules, gates *value.Value, atLeast time.Duration, watch Stopwatch) (Cost, error) {
	cost := Cost{Name: part.Name, Kind: part.Kind}
	type query struct {
		program rego.Program
		input   *value.Value
	}
	var queries []query
	for _, q := range []struct {
		terms []string
		input *value.Value
	}{{part.Rules, rules}, {part.Gates, gates}} {
		if len(q.terms) == 0 {
			continue
		}
		program, err := s.policy.Prepare(ctx, q.terms)
		if err != nil {
			return cost, err
		}
		queries = append(queries, query{program, q.input})
	}
	began := watch()
	for cost.Runs == 0 || watch()-began < atLeast {
		for _, q := range queries {
			if _, err := q.program.Eval(ctx, q.input); err != nil {
				return cost, err
			}
		}
		cost.Runs++
	}
	cost.Time = (watch() - began) / time.Duration(cost.Runs)
	return cost, nil
}
