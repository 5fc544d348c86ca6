package author

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/rego"
)

// ran runs the tests of sources and writes a line for each.
func ran(t *testing.T, match string, limit time.Duration, sources ...rego.Source) (TestRun, []string) {
	t.Helper()
	run, err := opened(t, sources...).Test(context.Background(), match, limit)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range run.Tests {
		out = append(out, fmt.Sprintf("%s:%d %s %s.%s | %s | %s", r.File, r.Line, r.Outcome, r.Package, r.Name, r.Message, strings.TrimSpace(r.Output)))
	}
	return run, out
}

const outcomes = `package org.test.x_test

import data.maestro.l4_deployment_infrastructure.egress_open
import data.org.test.lib

test_pass if {
	print("seen", 1)
	count(egress_open.findings) == 1 with input as {"network": {"egress": "open"}}
}

test_fail if {
	print("before")
	x := lib.f(1)
	x == 2
}

test_error if to_number(lib.word) > 1

test_error_is_no_failure if not to_number(lib.word)

test_slow if {
	some i in numbers.range(1, 100000)
	some j in numbers.range(1, 100000)
	i * j < 0
}

todo_test_later if false

test_cases[name] if {
	some name, c in {"one": [1, 1], "two": [1, 2], "three": [3, 4]}
	c[0] == c[1]
}

test_value := 1
`

const library = `package org.test.lib

f(x) := x

word := "x"

g(x) := 1 if {
	x > 1
	x < 5
} else := 2

h := 3
`

func TestOutcomes(t *testing.T) {
	run, got := ran(t, "", time.Second, source("lib.rego", library, "x_test.rego", outcomes))
	lines(t, got,
		"acme/x_test.rego:6 pass org.test.x_test.test_pass |  | seen 1",
		"acme/x_test.rego:11 fail org.test.x_test.test_fail | acme/x_test.rego:14: x == 2 | before",
		`acme/x_test.rego:17 error org.test.x_test.test_error | acme/x_test.rego:17:15: to_number: strconv.ParseFloat: parsing "x": invalid syntax |`,
		`acme/x_test.rego:19 error org.test.x_test.test_error_is_no_failure | acme/x_test.rego:19:29: to_number: strconv.ParseFloat`,
		"acme/x_test.rego:21 error org.test.x_test.test_slow | not done within 1s |",
		"acme/x_test.rego:27 skip org.test.x_test.todo_test_later |  |",
		"acme/x_test.rego:29 fail org.test.x_test.test_cases | case three, two |",
		"acme/x_test.rego:34 fail org.test.x_test.test_value | its value is not true |",
	)
	if got := fmt.Sprint(run.Covered, run.Lines, run.Uncovered); got != "2 7 [{acme/lib.rego 7 10} {acme/lib.rego 12 12}]" {
		t.Errorf("coverage %s", got)
	}
}

func TestRunSome(t *testing.T) {
	for match, want := range map[string]int{"": 2, "fires": 1, `^data\.org\.test\.rule_test\.`: 2, "nothing": 0} {
		if run, _ := ran(t, match, time.Second, source(tested("org.test.rule")...)); len(run.Tests) != want {
			t.Errorf("%q: %d tests, expected %d", match, len(run.Tests), want)
		}
	}
}

// TestCoverageOfSources only: a file of theirs that is called as one of ours is
// theirs, and tests and builtin rules do not count.
func TestCoverageOfSources(t *testing.T) {
	gate := "package org.test.gate\n\nreject contains \"no\" if input.score.aivss > 9\n"
	test := "package org.test.gate_test\n\nimport data.gate\n\ntest_ours if count(gate.reject) == 0 with input as {\"findings\": [], \"score\": {\"aivss\": 1, \"high\": 1}, \"config\": {}}"
	run, _ := ran(t, "", time.Second, named(".", source("gate/gate.rego", gate, "gate/gate_test.rego", test)))
	if got := fmt.Sprint(run.Covered, run.Lines, run.Uncovered); got != "0 1 [{gate/gate.rego 3 3}]" {
		t.Errorf("coverage %s", got)
	}
	run, _ = ran(t, "", time.Second, source(tested("org.test.rule")...))
	if run.Covered != 1 || run.Lines != 1 || run.Uncovered != nil {
		t.Errorf("coverage %+v", run)
	}
}

// TestSameBytes: in whatever order tests end, they are reported in one.
func TestSameOrder(t *testing.T) {
	var files []string
	for _, name := range []string{"a", "b", "c", "d"} {
		files = append(files, tested("org.test."+name)...)
	}
	_, first := ran(t, "", time.Second, source(files...))
	for range 3 {
		_, again := ran(t, "", time.Second, source(files...))
		lines(t, again, first...)
	}
}

func TestTestsOfOneName(t *testing.T) {
	s := opened(t, source("a_test.rego", "package org.test.a_test\n\ntest_x if true\n\ntest_x if true", "b_test.rego", "package org.test.a_test\n\ntest_x if false"))
	_, err := s.Test(context.Background(), "", time.Second)
	var problems rego.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got %v", err)
	}
	lines(t, strings.Split(problems.Error(), "\n"),
		"acme/a_test.rego:5: test org.test.a_test.test_x stands twice, first at acme/a_test.rego:3",
		"acme/b_test.rego:3: test org.test.a_test.test_x stands twice, first at acme/a_test.rego:3")
}

func TestTestsStop(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	s := opened(t, source("x_test.rego", "package org.test.x_test\n\n"+strings.Replace(endless, "findings contains {} if {\n\tinput.model.name == \"loop\"", "test_x if {", 1)))
	if run, err := s.Test(ctx, "", time.Minute); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %+v, %v", run, err)
	}
}
