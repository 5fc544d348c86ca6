package compiled

import (
	"context"
	"encoding/json"
	"runtime"
	"strconv"
	"testing"
	"weak"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/rego/value"
)

// TestForgets: an evaluation keeps nothing of those before, however few values it
// makes.
func TestForgets(t *testing.T) {
	c := ast.NewCompiler().WithEvalMode(ast.EvalModeIR)
	c.Compile(map[string]*ast.Module{"p.rego": ast.MustParseModule(`package p
		r := z if {
			x := [y | some i in numbers.range(0, 200 + input.n); y := [i + 1000]]
			w := [x, x]
			z := [w]
		}`)})
	if c.Failed() {
		t.Fatal(c.Errors)
	}
	p, err := Prepare(context.Background(), c, nil, []string{"data.p.r"})
	if err != nil {
		t.Fatal(err)
	}
	var first weak.Pointer[value.Value]
	for n := range 20 {
		input, err := value.From(map[string]any{"n": json.Number(strconv.Itoa(n))})
		if err != nil {
			t.Fatal(err)
		}
		out, err := p.Eval(context.Background(), input)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			first = weak.Make(out)
		}
	}
	runtime.GC()
	if first.Value() != nil {
		t.Error("the value of the first evaluation is kept")
	}
	runtime.KeepAlive(p)
}
