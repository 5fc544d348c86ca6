package print

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/verdict"
)

// Finding prints severity, status, message and rule, and below them the places
// of the facts in source, if they are asked for. The facts of a gap have no place.
func (p *Printer) Finding(f verdict.Finding, source string, facts bool) {
	const wide = 2 + 8 + 1
	lead := "  " + p.Styled(string(f.Severity), fmt.Sprintf("%-8s", f.Severity)) + " "
	status := ""
	switch {
	case f.Kind == maestro.Strength:
		status = f.Assurance + ": "
	case f.Status == maestro.Possible:
		status = "possible: "
	}
	if f.Action != "" {
		status = f.Action + " only, " + status
	}
	p.Wrapped(lead, wide, status+f.Message+" ["+strings.TrimSpace(f.Rule+" "+f.Term)+"]")
	below := strings.Repeat(" ", wide)
	if facts {
		p.Wrapped(below, wide, places(f.Facts, source))
	}
	if f.SetBy != "" {
		p.Wrapped(below, wide, fmt.Sprintf("set by %s; %s by default", f.SetBy, f.DefaultSeverity))
	}
}

// places says where the facts of a finding stand: file:line for the first of a file,
// the line alone for the others.
func places(facts []verdict.Fact, source string) string {
	const most = 4
	var out []string
	last := ""
	for i, f := range facts {
		switch {
		case i == most && len(facts) > most+1:
			return strings.Join(append(out, fmt.Sprintf("and %d more", len(facts)-most)), "; ")
		case f.Disclosed:
			file := cmp.Or(f.Source, source)
			if file == last {
				file = ""
			} else {
				last = file
			}
			out = append(out, fmt.Sprintf("%s:%d %s", file, f.Line, Path(f.Pointer)))
		case f.Moot:
			out = append(out, Path(f.Pointer)+" not applicable")
		default:
			out = append(out, Path(f.Pointer)+" not disclosed")
		}
	}
	return strings.Join(out, "; ")
}

// Where is a line, with its file where that is not the subject's.
func Where(source string, line int) string {
	if source == "" {
		return fmt.Sprint(line)
	}
	return fmt.Sprintf("%s:%d", source, line)
}

// Line is Where in words.
func Line(source string, line int) string {
	if source == "" {
		return fmt.Sprintf("line %d", line)
	}
	return Where(source, line)
}

// Reason prints why a gate objects, the rule that it names, and of a score what drives
// it.
func (p *Printer) Reason(v *verdict.Verdict, r verdict.Reason) {
	said := r.Message
	if r.Rule != "" {
		said += " [" + strings.TrimSpace(r.Rule+" "+r.Term) + "]"
	}
	if driven := Driven(v, r); driven != "" {
		said += ": " + driven
	}
	p.Wrapped("  - ", 4, said)
}
