package assess

import (
	"cmp"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// driving is how many facts are named as what drives a score.
const driving = 3

// drivers are the stated facts that a score rests on most: those that add to factors,
// and those that make the metrics of its CVSS base severe.
func drivers(p *profile.Profile, e *facts.Estimates) []verdict.Fact {
	weight := map[string]int{}
	add := func(pointers []string, n int) {
		for _, pointer := range pointers {
			if value, stated := p.Lookup(pointer); stated && !strings.HasPrefix(pointer, "/scoring/") && n > 0 && !favours(pointer, value) {
				weight[pointer] += n
				return // a list counts once
			}
		}
	}
	for _, f := range e.Factors {
		for _, s := range f.Shares {
			add(s.Facts(), int(s.Adds))
		}
	}
	known := aivss.BaseMetrics()
	for _, m := range e.CVSS.Metrics {
		if i := slices.IndexFunc(known, func(k aivss.Metric) bool { return k.Name == m.Name }); i >= 0 {
			add(m.Facts(), 20*slices.Index(known[i].Values, m.Value))
		}
	}
	order := make([]string, 0, len(weight))
	for pointer := range weight {
		order = append(order, pointer)
	}
	slices.SortFunc(order, func(a, b string) int {
		return cmp.Or(weight[b]-weight[a], strings.Compare(a, b))
	})
	out := []verdict.Fact{}
	for _, pointer := range order[:min(len(order), driving)] {
		out = append(out, fact(p, pointer))
	}
	return out
}

func favours(pointer string, value any) bool {
	of, _ := profile.TypeOf(pointer)
	return slices.Contains(of.Safer.Values, value)
}
