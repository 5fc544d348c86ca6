package format

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// maxTags is how many tags of a rule GitHub accepts; it shows ten. The help has
// all references.
const maxTags = 20

// sarifRules is the catalogue of a run.
type sarifRules struct {
	list  []sarifRule
	index map[string]int
}

// newSarifRules describes every rule that a verdict names, sorted by id.
func newSarifRules(verdicts []*verdict.Verdict, known []maestro.Rule) *sarifRules {
	rules := map[string]maestro.Rule{}
	for _, v := range verdicts {
		for _, f := range v.Findings {
			if r, ok := rules[f.Rule]; !ok || defaultSeverity(f).Rank() < r.Severity.Rank() {
				rules[f.Rule] = maestro.Rule{
					ID: f.Rule, Layer: f.Layer, Layers: []string{f.Layer}, Kind: f.Kind, Title: f.Title, Severity: defaultSeverity(f),
					Threats: f.Threats, References: f.References, Remediation: f.Remediation,
				}
			}
		}
	}
	for _, v := range verdicts {
		for _, ids := range [][]string{v.Rules.Fired, v.Rules.Silent, v.Rules.NotApplicable, v.Rules.Waived, v.Rules.Warn, v.Rules.Off} {
			for _, id := range ids {
				if _, ok := rules[id]; !ok {
					rules[id] = maestro.Rule{ID: id}
				}
			}
		}
	}
	for _, r := range known {
		rules[r.ID] = r
	}
	worst, out := worstSeverities(verdicts, false), &sarifRules{list: []sarifRule{}, index: map[string]int{}}
	for _, id := range slices.Sorted(maps.Keys(rules)) {
		out.index[id] = len(out.list)
		out.list = append(out.list, newSarifRule(rules[id], cmp.Or(worst[id], rules[id].Severity)))
	}
	return out
}

// defaultSeverity is what the rule says of a finding.
func defaultSeverity(f verdict.Finding) maestro.Severity {
	return cmp.Or(f.DefaultSeverity, f.Severity)
}

// worstSeverities are, by rule, the worst severity that a finding is shown with,
// of all findings or of those whose severity a configuration set.
func worstSeverities(verdicts []*verdict.Verdict, set bool) map[string]maestro.Severity {
	out := map[string]maestro.Severity{}
	for _, v := range verdicts {
		for _, f := range v.Findings {
			worst, ok := out[f.Rule]
			if (f.SetBy != "" || !set) && f.SuppressedBy == "" && (!ok || weight(f).Rank() < worst.Rank()) {
				out[f.Rule] = weight(f)
			}
		}
	}
	return out
}

// newSarifRule describes a rule whose findings have, at worst, a severity.
func newSarifRule(r maestro.Rule, severity maestro.Severity) sarifRule {
	title := print.Clean(cmp.Or(r.Title, r.ID))
	out := sarifRule{
		ID: print.Clean(r.ID), Name: pascal(print.Clean(r.ID)),
		Short: sarifText{Text: title}, Full: sarifText{Text: print.Clean(cmp.Or(strings.TrimSpace(r.Description), title))}, Help: help(r),
		Properties: map[string]any{},
	}
	if r.Severity != "" {
		out.Configuration = &sarifConfiguration{Level: sarifLevel(r.Severity)}
	}
	tags := []string{"security"}
	for _, tag := range append(append(slices.Clone(r.Layers), string(r.Kind)), r.References...) {
		if tag != "" && len(tags) < maxTags && !slices.Contains(tags, print.Clean(tag)) {
			tags = append(tags, print.Clean(tag))
		}
	}
	out.Properties["tags"] = tags
	if number, ok := securitySeverity()[severity]; ok {
		out.Properties["security-severity"] = number
		out.Properties["problem.severity"] = map[string]string{"error": "error", "warning": "warning", "note": "recommendation"}[sarifLevel(severity)]
	}
	return out
}

// securitySeverity maps severities to the middle of the bands of GitHub: critical
// is over 9.0, high 7.0 to 8.9, medium 4.0 to 6.9, low 0.1 to 3.9. GitHub has no
// info.
func securitySeverity() map[maestro.Severity]string {
	return map[maestro.Severity]string{
		maestro.Critical: "9.5", maestro.High: "8.0", maestro.Medium: "5.5", maestro.Low: "2.5", maestro.Info: "0.5",
	}
}

// help says what to do, and what a rule refers to.
func help(r maestro.Rule) sarifText {
	var text, marked []string
	for _, part := range []struct {
		title string
		words []string
	}{{"What to do", []string{r.Remediation}}, {"MAESTRO threats", r.Threats}, {"References", r.References}} {
		if words := strings.TrimSpace(strings.Join(part.words, "; ")); words != "" {
			text = append(text, part.title+": "+print.Clean(words))
			marked = append(marked, "**"+part.title+":** "+print.Markdown(words))
		}
	}
	if len(text) == 0 {
		return sarifText{Text: fmt.Sprintf("audition explain %s tells what the rule means.", print.Clean(r.ID))}
	}
	return sarifText{strings.Join(text, "\n"), strings.Join(marked, "\n\n")}
}

// pascal writes the name in an id as SARIF suggests: SandboxUndisclosed.
func pascal(id string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(id[strings.LastIndexByte(id, '/')+1:], func(r rune) bool { return r == '-' || r == '_' || r == ' ' }) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return cmp.Or(b.String(), id)
}

// overrides are the rules to which a configuration gave another level, or that it
// did not let run.
func (r *sarifRules) overrides(verdicts []*verdict.Verdict) []sarifOverride {
	changed := map[string]sarifConfiguration{}
	for id, severity := range worstSeverities(verdicts, true) {
		changed[id] = sarifConfiguration{Level: sarifLevel(severity)}
	}
	off := false
	for _, v := range verdicts {
		for _, id := range v.Rules.Off {
			changed[id] = sarifConfiguration{Enabled: &off}
		}
	}
	var out []sarifOverride
	for _, id := range slices.Sorted(maps.Keys(changed)) {
		out = append(out, sarifOverride{sarifReference{print.Clean(id), r.index[id]}, changed[id]})
	}
	return out
}
