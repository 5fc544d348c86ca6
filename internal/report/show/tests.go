package show

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/report/print"
)

// Tested is what came of running the tests of a policy.
type Tested struct {
	// Tests are sorted by place.
	Tests []TestResult
	// Covered counts the lines that some test reaches, of Lines.
	Covered, Lines int
	// Threshold is the least coverage in percent; 0 asks for none.
	Threshold int
	Uncovered []Uncovered
}

// TestResult is one Rego test that was run.
type TestResult struct {
	Package string `json:"package"`
	Name    string `json:"name"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	// Outcome is pass, fail, error or skip.
	Outcome string `json:"outcome"`
	// Message says where and why it did not pass.
	Message string `json:"message,omitempty"`
	// Output is what it printed.
	Output string `json:"output,omitempty"`
}

// Uncovered are lines that no test reaches, the first and the last of them.
type Uncovered struct {
	File string `json:"file"`
	From int    `json:"from"`
	To   int    `json:"to"`
}

func (u Uncovered) String() string {
	if u.From == u.To {
		return fmt.Sprintf("%s:%d", print.Clean(u.File), u.From)
	}
	return fmt.Sprintf("%s:%d-%d", print.Clean(u.File), u.From, u.To)
}

// Holds tells whether every test passes and the coverage is enough.
func (t Tested) Holds() bool { return t.count("fail")+t.count("error") == 0 && t.enough() }

// enough tells whether the coverage reaches the threshold.
func (t Tested) enough() bool {
	return t.Threshold == 0 || t.Lines > 0 && 100*t.Covered >= t.Threshold*t.Lines
}

// coverage is the percentage with one digit, rounded down: 100 is all lines.
func (t Tested) coverage() string {
	if t.Lines == 0 {
		return "no line to cover"
	}
	tenths := 1000 * t.Covered / t.Lines
	return fmt.Sprintf("%d.%d %% of %s covered", tenths/10, tenths%10, print.Count(t.Lines, "line"))
}

func (t Tested) count(outcome string) (n int) {
	for _, r := range t.Tests {
		if r.Outcome == outcome {
			n++
		}
	}
	return n
}

// TestedText prints what did not pass with all that is known of it, and a line at
// the end. Verbose also prints what passed, and uncovered lines in any case.
func TestedText(w io.Writer, t Tested, verbose bool, o print.Options) error {
	paint, out := print.New(o).Styled, &bytes.Buffer{}
	for _, r := range t.Tests {
		if r.Outcome == "pass" && !verbose {
			continue
		}
		style := map[string]string{"pass": "approve", "skip": "review"}[r.Outcome]
		if style == "" {
			style = "reject"
		}
		fmt.Fprintf(out, "%s  %s.%s  %s:%d\n", paint(style, fmt.Sprintf("%-5s", r.Outcome)), print.Clean(r.Package), print.Clean(r.Name), print.Clean(r.File), r.Line)
		if r.Message != "" {
			fmt.Fprintf(out, "       %s\n", print.Clean(r.Message))
		}
		for _, line := range strings.Split(strings.TrimRight(r.Output, "\n"), "\n") {
			if r.Output != "" {
				fmt.Fprintf(out, "       | %s\n", print.Clean(line))
			}
		}
	}
	if verbose || !t.enough() {
		for _, u := range t.Uncovered {
			fmt.Fprintf(out, "%v: no test reaches this\n", u)
		}
	}
	fmt.Fprint(out, print.Count(len(t.Tests), "test"))
	for _, word := range []struct{ outcome, said string }{{"pass", "passed"}, {"fail", "failed"}, {"error", "broke"}, {"skip", "skipped"}} {
		if n := t.count(word.outcome); n > 0 {
			fmt.Fprintf(out, ", %d %s", n, word.said)
		}
	}
	fmt.Fprintf(out, "; %s", t.coverage())
	if !t.enough() {
		fmt.Fprintf(out, ", expected at least %d %%", t.Threshold)
	}
	out.WriteByte('\n')
	_, err := w.Write(out.Bytes())
	return err
}

// TestedJSON prints the same for machines.
func TestedJSON(w io.Writer, t Tested) error {
	type coverage struct {
		Covered   int         `json:"covered"`
		Lines     int         `json:"lines"`
		Threshold int         `json:"threshold"`
		Enough    bool        `json:"enough"`
		Uncovered []Uncovered `json:"uncovered"`
	}
	return print.Encode(w, struct {
		Passed   int          `json:"passed"`
		Failed   int          `json:"failed"`
		Errors   int          `json:"errors"`
		Skipped  int          `json:"skipped"`
		Coverage coverage     `json:"coverage"`
		Tests    []TestResult `json:"tests"`
	}{
		t.count("pass"), t.count("fail"), t.count("error"), t.count("skip"),
		coverage{t.Covered, t.Lines, t.Threshold, t.enough(), append([]Uncovered{}, t.Uncovered...)},
		append([]TestResult{}, t.Tests...),
	})
}
