package advise

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/assess/assesstest"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/value"
)

// counter is an evaluator that counts the rules and gates that are evaluated.
type counter struct {
	rego.Evaluator
	n *atomic.Int64
}

func (c counter) Prepare(ctx context.Context, terms []string) (rego.Program, error) {
	p, err := c.Evaluator.Prepare(ctx, terms)
	return countedProgram{p.(rego.Selective), c.n}, err
}

type countedProgram struct {
	rego.Selective
	n *atomic.Int64
}

func (p countedProgram) Eval(ctx context.Context, input *value.Value) (*value.Value, error) {
	all, err := p.Selective.Eval(ctx, input)
	if err == nil {
		p.n.Add(int64(all.Len()))
	}
	return all, err
}

func (p countedProgram) EvalSome(ctx context.Context, input *value.Value, terms []int) (*value.Value, error) {
	p.n.Add(int64(len(terms)))
	return p.Selective.EvalSome(ctx, input, terms)
}

// TestCosts guards what the questions and the advice about an agent take: the rules
// and gates that run, which are the same on every machine. Who needs more has to say so here.
func TestCosts(t *testing.T) {
	ctx := context.Background()
	framework, err := rego.Framework()
	if err != nil {
		t.Fatal(err)
	}
	p, err := rego.Compile(ctx, framework, rego.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	n := new(atomic.Int64)
	engine, err := rego.NewEngine(ctx, p.Catalogue(), counter{p, n})
	if err != nil {
		t.Fatal(err)
	}
	a, err := assesstest.Of(engine, time.Time{}, profile.Demand{}, assess.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, most := range map[string]int64{"lutra-ai": 3500, "desktop-helper": 4100, "release-notes": 900} {
		n.Store(0)
		if _, err := a.Assess(ctx, example(t, name)); err != nil {
			t.Fatal(err)
		}
		alone := n.Swap(0)
		if _, err := Assess(ctx, a, example(t, name)); err != nil {
			t.Fatal(err)
		}
		if got := n.Load(); got > most {
			t.Errorf("%s: %d rules and gates, expected at most %d (%d without)", name, got, most, alone)
		}
	}
}
