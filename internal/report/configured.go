package report

import (
	"fmt"
	"strings"
)

// configured tells what can make the verdict laxer than the default would be, and
// counts the rest.
func (p *printer) configured() {
	var loose []string
	others := 0
	for _, c := range p.v.Configuration.Changes {
		if c.Looser {
			loose = append(loose, looser(c))
		} else {
			others++
		}
	}
	if len(loose)+others == 0 {
		return
	}
	p.heading("Configured")
	for _, said := range loose {
		p.wrapped("  - ", 4, said)
	}
	switch {
	case others == 1:
		p.line("  ", "1 setting that cannot be laxer; the JSON verdict has it")
	case others > 1:
		p.line("  ", fmt.Sprintf("%d settings that cannot be laxer; the JSON verdict has them", others))
	}
}

// waivers tells which findings are accepted, by whom and until when, and which
// waivers need somebody.
func (p *printer) waivers() {
	begun := false
	for _, f := range p.v.Findings {
		if f.WaivedBy == "" {
			continue
		}
		if !begun {
			p.heading("Waived")
			begun = true
		}
		p.finding(f, false)
		if w := waiverOf(p.v, f); w != nil {
			p.wrapped("           ", 11, fmt.Sprintf("%s until %s by %s: %s", f.WaivedBy, w.Expires, w.Owner, w.Reason))
		}
	}
	begun = false
	for _, w := range p.v.Waivers {
		if w.State == "active" {
			continue
		}
		if !begun {
			p.heading("Waivers to look at")
			begun = true
		}
		p.wrapped("  - ", 4, strings.TrimSuffix(fmt.Sprintf("%s:%d: %s %s: %s", w.Source, w.Line, w.State, strings.TrimSpace(w.Rule+" "+w.Term), w.Why), ": "))
	}
}
