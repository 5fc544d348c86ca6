//go:build unix

package compare

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// table is one of the page, below what is said of it.
type table struct {
	title, about string
	head         []string
	rows         [][]string
}

func (t table) String() string {
	var b strings.Builder
	line := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	fmt.Fprintf(&b, "## %s\n\n%s\n\n", t.title, t.about)
	line(t.head)
	line(append([]string{"---"}, strings.Fields(strings.Repeat("---: ", len(t.head)-1))...))
	for _, r := range t.rows {
		line(r)
	}
	return b.String()
}

// What is told of a run.
func cpu(u usage) float64  { return float64(u.CPU) }
func wall(u usage) float64 { return float64(u.Wall) }
func peak(u usage) float64 { return float64(u.Peak) }

// row is what a command took, as ratios to what another one did.
func row(name string, c, one *command) []string {
	if c.err != nil {
		return []string{name, cell(c, one, cpu, 1), "", ""}
	}
	return []string{name, cell(c, one, cpu, 1), cell(c, one, wall, 1), cell(c, one, peak, 1)}
}

// cell is what a command took for n things, as a ratio to what another one took for
// one. Of nothing it is empty.
func cell(c, one *command, of func(usage) float64, n float64) string {
	if c == nil {
		return ""
	}
	if err := cmp.Or(c.err, one.err); err != nil {
		return "not measured: " + strings.ReplaceAll(err.Error(), "|", `\|`)
	}
	return ratio(of(c.median()), n*of(one.median()))
}

// ratio writes a to b in two digits, which is what a measurement bears.
func ratio(a, b float64) string {
	r, err := strconv.ParseFloat(strconv.FormatFloat(a/b, 'g', 2, 64), 64)
	if err != nil {
		panic(err)
	}
	return strconv.FormatFloat(r, 'f', -1, 64)
}

// TestTable: what could not be measured says why, and takes no number of another.
func TestTable(t *testing.T) {
	unit := &command{runs: []usage{{CPU: 4e9, Wall: 2e9, Peak: 1 << 30}}}
	fast := &command{runs: []usage{{CPU: 123e6, Wall: 3e9, Peak: 1 << 20}, {CPU: 8e7, Wall: 1e9, Peak: 3 << 30}, {CPU: 1e8, Wall: 2e9, Peak: 1 << 29}}}
	refused := &command{runs: fast.runs, err: errors.New("a|b")}
	got := table{"Title", "About.", []string{"", "CPU", "time", "memory"}, [][]string{
		row("unit", unit, unit), row("fast", fast, unit), row("refused", refused, unit), row("slow", unit, fast),
	}}.String()
	want := `## Title

About.

|  | CPU | time | memory |
| --- | ---: | ---: | ---: |
| unit | 1 | 1 | 1 |
| fast | 0.025 | 1 | 0.5 |
| refused | not measured: a\|b |  |  |
| slow | 40 | 1 | 2 |
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
