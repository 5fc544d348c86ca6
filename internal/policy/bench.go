package policy

import (
	"context"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
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

// measured is a part of a policy whose cost is measured.
type measured struct {
	name, kind   string
	rules, gates []string // terms of a query
}

// Bench measures the rules and gates of the sources on an agent, each for at
// least the given time and once. It calls progress before each measurement.
func (s *Suite) Bench(ctx context.Context, agent Subject, j Judged, atLeast time.Duration, watch Stopwatch, progress func(name string)) (Costs, error) {
	input, err := gateInput(agent, j)
	if err != nil {
		return Costs{}, err
	}
	parts := s.parts()
	costs := make([]Cost, len(parts))
	for i, part := range parts {
		progress(part.name)
		if costs[i], err = s.measure(ctx, part, agent.both, input, atLeast, watch); err != nil {
			return Costs{}, err
		}
	}
	out := Costs{Fixed: costs[0], Total: costs[1], Each: costs[2:]}
	for i, c := range out.Each {
		out.Each[i].Time = max(0, c.Time-out.Fixed.Time)
	}
	return out, nil
}

// parts are what is measured: nothing, everything, the builtin policy, and each
// rule and gate of the sources.
func (s *Suite) parts() []measured {
	nothing := measured{name: "evaluation itself", rules: []string{"set()"}}
	all, builtin := measured{name: "total"}, measured{name: "builtin rules and gates"}
	var own []measured
	for _, r := range s.engine.rules {
		term := "data." + r.Package + ".findings"
		all.rules = append(all.rules, term)
		if s.engine.files[r.ID].builtin {
			builtin.rules = append(builtin.rules, term)
			continue
		}
		own = append(own, measured{name: r.ID, kind: "rule", rules: []string{term}})
	}
	gates := map[string]int{}
	for _, g := range s.Gates() {
		gates[g.Package] = len(own)
		own = append(own, measured{name: g.Package, kind: "gate"})
	}
	for _, g := range s.engine.gates {
		term := "data." + g.pkg + "." + g.decision
		all.gates = append(all.gates, term)
		if i, ok := gates[g.pkg]; ok {
			own[i].gates = append(own[i].gates, term)
		} else {
			builtin.gates = append(builtin.gates, term)
		}
	}
	return append([]measured{nothing, all, builtin}, own...)
}

// measure evaluates a part again and again.
func (s *Suite) measure(ctx context.Context, part measured, rules, gates ast.Value, atLeast time.Duration, watch Stopwatch) (Cost, error) {
	cost := Cost{Name: part.name, Kind: part.kind}
	type query struct {
		prepared rego.PreparedEvalQuery
		input    ast.Value
	}
	var queries []query
	for _, q := range []struct {
		terms []string
		input ast.Value
	}{{part.rules, rules}, {part.gates, gates}} {
		if len(q.terms) == 0 {
			continue
		}
		prepared, err := prepareQuery(ctx, s.compiler, s.data, q.terms)
		if err != nil {
			return cost, err
		}
		queries = append(queries, query{prepared, q.input})
	}
	began := watch()
	for cost.Runs == 0 || watch()-began < atLeast {
		for _, q := range queries {
			if _, err := evaluate(ctx, q.prepared, q.input); err != nil {
				return cost, err
			}
		}
		cost.Runs++
	}
	cost.Time = (watch() - began) / time.Duration(cost.Runs)
	return cost, nil
}
