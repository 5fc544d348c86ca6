package text

import (
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/report/print"
)

// configured tells what can make the verdict laxer than the default would be, and
// counts the rest.
func (p verdictText) configured() {
	loose := print.Decided(p.v)
	others := 0
	for _, c := range p.v.Configuration.Changes {
		if c.Looser {
			loose = append(loose, print.Looser(c))
		} else {
			others++
		}
	}
	if len(loose)+others == 0 {
		return
	}
	p.Heading("Configured")
	for _, said := range loose {
		p.Wrapped("  - ", 4, said)
	}
	switch {
	case others == 1:
		p.Line("  ", "1 setting that cannot be laxer; the JSON verdict has it")
	case others > 1:
		p.Line("  ", fmt.Sprintf("%d settings that cannot be laxer; the JSON verdict has them", others))
	}
}

// waivers tells which findings are accepted, by whom and until when, and which
// waivers need somebody.
func (p verdictText) waivers() {
	begun := false
	for _, f := range p.v.Findings {
		if f.WaivedBy == "" {
			continue
		}
		if !begun {
			p.Heading("Waived")
			begun = true
		}
		p.Finding(f, "", false)
		if w := print.WaiverOf(p.v, f); w != nil {
			p.Wrapped("           ", 11, fmt.Sprintf("%s until %s by %s: %s", f.WaivedBy, w.Expires, w.Owner, w.Reason))
		}
	}
	begun = false
	for _, w := range p.v.Waivers {
		if w.State == "active" {
			continue
		}
		if !begun {
			p.Heading("Waivers to look at")
			begun = true
		}
		p.Wrapped("  - ", 4, strings.TrimSuffix(fmt.Sprintf("%s:%d: %s %s: %s", w.Source, w.Line, w.State, strings.TrimSpace(w.Rule+" "+w.Term), w.Why), ": "))
	}
}
