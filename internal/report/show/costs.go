package show

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/audition-dev/audition/internal/report/print"
)

// Costs are what evaluating a policy on one agent takes.
type Costs struct {
	Agent string `json:"agent"`
	// Each is every rule and gate of the policy, and the builtin ones together,
	// without Fixed, which evaluating anything takes.
	Each  []Cost `json:"each"`
	Fixed Cost   `json:"fixed"`
	// Total is what one assessment takes.
	Total Cost `json:"total"`
}

// Cost is what one of them takes.
type Cost struct {
	Name string `json:"name"`
	// Kind is rule or gate, or empty.
	Kind string `json:"kind,omitempty"`
	// Time is the mean of the runs.
	Time time.Duration `json:"ns"`
	Runs int           `json:"runs"`
}

// dearest orders costs, the most expensive first.
func dearest(a, b Cost) int { return cmp.Or(cmp.Compare(b.Time, a.Time), cmp.Compare(a.Name, b.Name)) }

// CostsText prints a line for each cost, the most expensive first, and the total.
func CostsText(w io.Writer, c Costs) error {
	lines := slices.SortedFunc(slices.Values(append(slices.Clone(c.Each), c.Fixed)), dearest)
	wide, sum := 0, time.Duration(0)
	for _, l := range lines {
		wide, sum = max(wide, print.Width(print.Clean(l.Name))), sum+l.Time
	}
	var out bytes.Buffer
	for _, l := range lines {
		share := 0.0
		if sum > 0 {
			share = 100 * float64(l.Time) / float64(sum)
		}
		fmt.Fprintf(&out, "%s  %-4s  %10.1f µs  %5.1f %%  %9d runs\n", print.Pad(print.Clean(l.Name), wide), l.Kind, float64(l.Time)/1e3, share, l.Runs)
	}
	fmt.Fprintf(&out, "%s  %-4s  %10.1f µs  of rules and gates for %s\n", print.Pad(c.Total.Name, wide), "", float64(c.Total.Time)/1e3, print.Clean(c.Agent))
	_, err := w.Write(out.Bytes())
	return err
}

// CostsJSON prints the same for machines; times are nanoseconds.
func CostsJSON(w io.Writer, c Costs) error {
	c.Each = slices.SortedFunc(slices.Values(c.Each), dearest)
	return print.Encode(w, c)
}
