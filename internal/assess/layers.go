package assess

import (
	"fmt"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// stated are the facts that have a meaning for the agent, and those of them that are
// disclosed. That a list is complete is no fact of its own.
func (a *Assessor) stated(j Judgement) (applicable, disclosed []string) {
	for _, f := range facts.Vocabulary(j.Profile) {
		if strings.HasSuffix(f.Pointer, "_complete") || !facts.Applies(a.framework, j.Profile, f.Pointer) {
			continue
		}
		applicable = append(applicable, f.Pointer)
		if _, ok := j.Profile.Lookup(f.Pointer); ok || j.Profile.IsOptional(f.Pointer) {
			disclosed = append(disclosed, f.Pointer)
		}
	}
	return applicable, disclosed
}

// basis counts what the verdict rests on.
func basis(j Judgement, applicable, disclosed []string) *verdict.Basis {
	b := &verdict.Basis{Applicable: len(applicable), Disclosed: len(disclosed)}
	for _, pointer := range disclosed {
		switch j.Profile.Assurance(pointer) {
		case "documented":
			b.Documented++
		case "attested":
			b.Attested++
		case "verified":
			b.Verified++
		default:
			b.Claimed++
		}
	}
	return b
}

// layers describes every layer of the framework.
func (a *Assessor) layers(j Judgement, applicable, disclosed []string) []verdict.Layer {
	out := make([]verdict.Layer, len(a.framework.Layers))
	of := func(l maestro.Layer, pointers []string) (n int) {
		for _, pointer := range pointers {
			if facts.Among(pointer, l.Facts) {
				n++
			}
		}
		return n
	}
	for i, l := range a.framework.Layers {
		layer := verdict.Layer{ID: l.ID, Title: l.Title, Findings: []string{}, Strengths: []string{}}
		layer.Applicable, layer.Disclosed = of(l, applicable), of(l, disclosed)
		layer.Tag = tag(j.Profile, l, layer)
		found := j.inLayer(l.ID)
		for _, f := range found {
			switch {
			case f.Kind == maestro.Strength:
				layer.Strengths = appendOnce(layer.Strengths, f.Rule)
			default:
				layer.Findings = appendOnce(layer.Findings, f.Rule)
			}
		}
		layer.Commentary = commentary(j.Profile, l, layer.Tag, found)
		out[i] = layer
	}
	return out
}

// inLayer returns the findings that a layer shows, the worst first. Suppressed
// ones are shown by what covers them.
func (j Judgement) inLayer(id string) []*verdict.Finding {
	var out []*verdict.Finding
	for i := range j.Findings {
		if f := &j.Findings[i]; f.SuppressedBy == "" && slices.Contains(j.found[i].Rule.Layers, id) {
			out = append(out, f)
		}
	}
	return out
}

func appendOnce(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// tag says whether the disclosed facts of a layer map it. Where no fact could pin it
// that applies, any other does.
func tag(p *profile.Profile, l maestro.Layer, counted verdict.Layer) string {
	pinned, applies := facts.Pinned(p, l)
	switch {
	case pinned || !applies && counted.Disclosed > 0:
		return verdict.Mapped
	case counted.Applicable == 0:
		return verdict.NoFactApplies
	}
	return verdict.Uncertain
}

// commentary is a few sentences about a layer. An uncertain layer reads as
// published threat models do: the caveat, what is not disclosed, the usual
// threats. A mapped one tells its worst finding and what speaks for it. What does
// not apply is told last.
func commentary(p *profile.Profile, l maestro.Layer, tag string, findings []*verdict.Finding) string {
	moot := inapplicable(p, l, tag)
	switch {
	case tag == verdict.Uncertain:
		return fmt.Sprintf("Not certain from the profile: %s. Usual threats: %s.", leftOpen(p, l), strings.Join(l.Threats, ", ")) + moot
	case tag == verdict.NoFactApplies && len(findings) == 0:
		return strings.TrimSpace(moot)
	}
	return worst(l, findings) + moot
}

// worst tells the worst finding of a layer and what speaks for it.
func worst(l maestro.Layer, findings []*verdict.Finding) string {
	var strengths []string
	var told *verdict.Finding
	others := -1
	for _, f := range findings {
		if f.Kind == maestro.Strength {
			strengths = appendOnce(strengths, fmt.Sprintf("%s (%s)", f.Title, f.Assurance))
			continue
		}
		others++
		if told == nil || telling(l, f) > telling(l, told) {
			told = f
		}
	}
	worst := "Nothing found"
	if told != nil {
		worst = fmt.Sprintf("%s (%s, %s)", strings.TrimSuffix(told.Message, "."), told.Status, told.Severity)
	}
	switch {
	case others == 1:
		worst += ", and 1 more finding"
	case others > 1:
		worst += fmt.Sprintf(", and %d more findings", others)
	}
	if len(strengths) > 0 {
		worst += ". In its favour: " + strings.Join(strengths, "; ")
	}
	return worst + "."
}

// telling ranks findings for a layer's sentence: a critical one tells most, then
// one of the layer itself, and a weakness more than a gap.
func telling(l maestro.Layer, f *verdict.Finding) (rank int) {
	if f.Severity == maestro.Critical {
		rank += 4
	}
	if f.Layer == l.ID {
		rank += 2
	}
	if f.Kind != maestro.Gap {
		rank++
	}
	return rank
}
