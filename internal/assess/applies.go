package assess

import (
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// inapplicable says what of a layer does not apply, as a sentence after a space, ""
// where all of it does.
func inapplicable(p *profile.Profile, l maestro.Layer, tag string) string {
	var bySubject, byProfile []string
	for _, n := range p.NotApplicable() {
		within := facts.Among(n.Fact, l.Facts) || slices.ContainsFunc(l.Facts, func(f string) bool { return facts.Among(f, []string{n.Fact}) })
		switch {
		case !within:
		case n.By == profile.BySubject:
			bySubject = append(bySubject, path(n.Fact))
		default:
			byProfile = append(byProfile, path(n.Fact))
		}
	}
	said := ""
	if len(bySubject) > 0 {
		said += " Not applicable: it is " + p.Subject().Title
		if tag != verdict.NoFactApplies {
			said += " (" + strings.Join(bySubject, ", ") + ")"
		}
		said += "."
	}
	if len(byProfile) > 0 {
		said += " Declared not applicable: " + strings.Join(byProfile, ", ") + "."
	}
	return said
}

// leftOpen says, as a clause, what an uncertain layer leaves open: of one that
// applies in part the facts that could pin it, or else all that apply.
func leftOpen(p *profile.Profile, l maestro.Layer) string {
	if !slices.ContainsFunc(l.Pins, func(pin string) bool { return !p.Applies(pin) }) {
		return l.Undisclosed
	}
	applies := func(pointers []string) (out []string) {
		for _, pointer := range pointers {
			if p.Applies(pointer) {
				out = append(out, path(pointer))
			}
		}
		return out
	}
	open := applies(l.Pins)
	if len(open) == 0 {
		open = applies(l.Facts)
	}
	if len(open) == 1 {
		return open[0] + " is not disclosed"
	}
	return strings.Join(open[:len(open)-1], ", ") + " and " + open[len(open)-1] + " are not disclosed"
}

// path writes a pointer as people do.
func path(pointer string) string {
	return strings.ReplaceAll(strings.TrimPrefix(strings.ReplaceAll(pointer, "/*", "[*]"), "/"), "/", ".")
}
