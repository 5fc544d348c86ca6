package format

import (
	"strings"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// cleaned makes lines safe to print.
func cleaned(lines []string) []string {
	for i := range lines {
		lines[i] = print.Clean(lines[i])
	}
	return lines
}

// notifications are errors for what could not be judged, warnings for what of a
// descriptor is in no fact, and a note for each agent for which something was loosened.
func notifications(r verdict.Record) []sarifNotification {
	var out []sarifNotification
	for _, u := range r.Undecided {
		out = append(out, sarifNotification{
			Descriptor: sarifDescriptor{"audition/undecided"}, Level: "error", Message: sarifText{Text: prose("could not be judged: " + u.Message)},
			Locations: []sarifLocation{location(u.Source, spot{"", max(u.Line, 1), max(u.Column, 1)})},
		})
	}
	for _, v := range r.Verdicts {
		for _, n := range v.Origin.Told() {
			out = append(out, sarifNotification{
				Descriptor: sarifDescriptor{"audition/" + string(n.Kind)}, Level: "warning", Message: sarifText{Text: prose(v.Subject.Name + ": " + print.Note(n))},
				Locations: []sarifLocation{location(n.Source, noted(n))},
			})
		}
		if loose := print.Loosened(v); len(loose) > 0 {
			out = append(out, sarifNotification{
				Descriptor: sarifDescriptor{"audition/loosened"}, Level: "note", Message: sarifText{Text: prose(v.Subject.Name + ": " + strings.Join(loose, "; "))},
				Locations: []sarifLocation{location(v.Subject.Source, spot{line: 1, column: 1})},
			})
		}
	}
	return out
}

// suppression is a waiver of a finding.
func suppression(v *verdict.Verdict, f verdict.Finding) sarifSuppression {
	s := sarifSuppression{Kind: "external", Status: "accepted", Justification: print.Clean(print.Acceptance(v, f))}
	if w := print.WaiverOf(v, f); w != nil {
		at := location(w.Source, spot{line: max(w.Line, 1)})
		s.Justification, s.Location = print.Clean(w.Reason), &at
		s.Properties = map[string]any{"owner": print.Clean(w.Owner), "expires": print.Clean(w.Expires)}
		if w.Ticket != "" {
			s.Properties["ticket"] = print.Clean(w.Ticket)
		}
	}
	return s
}
