package compiled_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/rego/compiled"
	"github.com/audition-dev/audition/internal/rego/value"
)

// TestReads: what a rule reads is never less than what can change its value.
func TestReads(t *testing.T) {
	const others = "\nq if input.a.z\n\nf(x) if x.b\n\ng(i) if i.c\n"
	for body, want := range map[string]string{
		`input.a.b`:                            "a/b",
		`not input.a.b`:                        "a/b",
		`x := input.a; not x.b`:                "a",
		`input.a; input.b.c`:                   "a b/c",
		`some x in input.a; x == input.b`:      "a b",
		`k := input.k; input.a[k]`:             "a k",
		`input[input.k].b`:                     "* k",
		`some k; input[k].b`:                   "*",
		`walk(input, [_, true])`:               "*",
		`count(input.a) > 1`:                   "a",
		`q`:                                    "a/z",
		`q with input.b as input.c`:            "* a/z c",
		`f(input.a)`:                           "a",
		`g(input)`:                             "*",
		`i := input; i.a`:                      "*",
		`every x in input.a { x > input.b.c }`: "a b/c",
		`{x | x := input.a.b} == {1}`:          "a/b",
		`object.get(input.a, "b", input.c)`:    "a c",
		`data.conf.x == input.a`:               "a",
		`data.conf[input.k]`:                   "k",
		`true`:                                 "",
	} {
		c := ast.NewCompiler()
		m := ast.MustParseModule("package t\n\nr if {\n\t" + body + "\n} else := false\n" + others)
		if c.Compile(map[string]*ast.Module{"t.rego": m}); c.Failed() {
			t.Fatal(body, c.Errors)
		}
		var a value.Arena
		p, err := compiled.Prepare(context.Background(), c, a.Object(0), []string{"data.t.r"})
		if err != nil {
			t.Fatal(body, err)
		}
		got := []string{}
		for _, path := range p.Reads(0) {
			if path == nil {
				path = []string{"*"}
			}
			got = append(got, strings.Join(path, "/"))
		}
		slices.Sort(got)
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%s reads %q, want %q", body, got, want)
		}
	}
}
