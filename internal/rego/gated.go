package rego

import (
	"context"
	"reflect"
	"slices"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/rego/judged"
	"github.com/audition-dev/audition/internal/rego/value"
)

// Gated is what gates said of an agent.
type Gated struct {
	Reasons []Reason
	sets    []*value.Value // of each term
	told    Judged
	input   *value.Value
}

// GateAgain is Gate after some facts changed, as for [Engine.FindAgain]: only the gates
// run that this, or what they are told beside the agent, can touch. Before is the zero
// Gated where nothing is known.
func (e *Engine) GateAgain(ctx context.Context, s Subject, j Judged, before Gated, changed []string) (g Gated, err error) {
	if g.told = s.told(j); before.sets != nil && reflect.DeepEqual(g.told, before.told) {
		var a value.Arena
		g.input = a.Copy(before.input)
		a.Insert(g.input, a.String("profile"), s.plain)
		a.Insert(g.input, a.String("derived"), s.conclusions)
	} else if g.input, err = judged.Write(g.told, s.plain, s.conclusions); err != nil {
		return g, err
	}
	if g.sets = e.gateSome(ctx, g.input, before, changed); g.sets == nil {
		all, err := e.decide.Eval(ctx, g.input)
		if err != nil {
			return g, said(err)
		}
		g.sets = all.Items()
	}
	g.Reasons, err = e.reasons(g.sets)
	return g, said(err)
}

// gateSome runs the gates that can be touched; it returns nil where all have to run.
func (e *Engine) gateSome(ctx context.Context, input *value.Value, before Gated, changed []string) []*value.Value {
	program, ok := e.decide.(Selective)
	if !ok || before.sets == nil || slices.Contains(changed, "") {
		return nil
	}
	reads := e.reads.gates.of(ctx, program)
	if reads == nil {
		return nil
	}
	told := toldOtherwise(input, before.input, changed)
	var again []int
	for i := range reads {
		if touched(reads[i], told) {
			again = append(again, i)
		}
	}
	if len(again) == 0 {
		return before.sets
	}
	some, err := program.EvalSome(ctx, input, again)
	if err != nil {
		return nil // Eval has words for it.
	}
	sets := slices.Clone(before.sets)
	for k, i := range again {
		sets[i] = some.Items()[k]
	}
	return sets
}

// toldOtherwise is what is otherwise in the input of gates: JSON pointers. Of the agent
// it is what changed.
func toldOtherwise(is, was *value.Value, changed []string) (out []string) {
	for _, pointer := range changed {
		if !document.Within(pointer, "/derived") {
			pointer = "/profile" + pointer
		}
		out = append(out, pointer)
	}
	for i, key := range is.Items() {
		name, _ := key.Text()
		if name != "profile" && name != "derived" && !value.Equal(is.Values()[i], was.Get(key)) {
			out = append(out, "/"+name)
		}
	}
	return out
}
