package text

import (
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// told is how many reasons a first screen names.
const told = 2

// turns is how many answers are named that would turn an approval.
const turns = 3

// screen prints what fits a screen: the decision and what it rests on, what would
// change it most, and counts of the rest.
func (p verdictText) screen() {
	p.decision()
	p.remedies()
	p.Line("", "")
	p.Wrapped("", 0, print.Tally(p.v))
	p.Line("", "--details shows all of it; audition explain RULE PROFILE tells of one rule")
}

// decision prints what was decided, what it rests on and some of the reasons.
func (p verdictText) decision() {
	p.Subject(p.v)
	p.Wrapped("", 0, print.Ruling(p.v)+".")
	p.Score(p.v.Score)
	for _, said := range print.Laxer(p.v) {
		p.Wrapped("  - ", 4, said)
	}
	if len(p.v.Reasons) > 0 {
		p.reasons(told)
	}
}

// remedies prints what would change the decision most, and whether disclosure alone
// is enough. Of an agent that is approved it prints what would turn that.
func (p verdictText) remedies() {
	if turning, more := print.Turning(p.v, turns); p.v.Decision == verdict.Approve && len(turning) > 0 {
		p.Heading("What would turn it, were it so")
		for _, said := range turning {
			p.Wrapped("  - ", 4, said)
		}
		if more > 0 {
			p.Line("  ", fmt.Sprintf("and %d more", more))
		}
	}
	a := p.v.Advice
	if a == nil {
		return
	}
	if len(a.Steps) > 0 {
		p.Heading("What would change it most, each with those before it")
	} else {
		p.Line("", "")
	}
	for i, r := range a.Steps {
		p.Wrapped(fmt.Sprintf("  %d. ", i+1), 5, fmt.Sprintf("%s → %s, %s", print.Turns(r.Facts), r.Decision, print.Leads(r)))
		text, _, cut := strings.Cut(r.Text, "; ")
		if cut {
			text += " …"
		}
		if said := print.Settles(r); said != "" {
			text = said + ": " + text
		}
		p.Wrapped("     ", 5, text)
	}
	p.Wrapped("", 0, print.Way(p.v))
}
