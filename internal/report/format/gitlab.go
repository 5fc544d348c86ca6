package format

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// degradation is an entry of a Code Quality report, as GitLab's page "Code
// Quality report format" has it.
type degradation struct {
	Description string   `json:"description"`
	CheckName   string   `json:"check_name"`
	Fingerprint string   `json:"fingerprint"`
	Severity    string   `json:"severity"`
	Location    codeSite `json:"location"`
}

type codeSite struct {
	Path  string `json:"path"`
	Lines struct {
		Begin int `json:"begin"`
	} `json:"lines"`
}

// GitLab prints the findings that nobody accepts as a Code Quality report, which
// has no place for a decision, a waiver or a strength. Of entries with the same
// fingerprint GitLab shows one: file and agent make them distinct.
func GitLab(w io.Writer, verdicts []*verdict.Verdict, _ print.Options) error {
	out, seen := []degradation{}, map[string]int{}
	for _, v := range verdicts {
		at := spotsOf(v, verdicts)
		for _, f := range v.Findings {
			if f.Kind == maestro.Strength || f.SuppressedBy != "" || f.WaivedBy != "" {
				continue
			}
			place, _ := at.main(f)
			d := degradation{Description: annotation(f), CheckName: print.Clean(f.Rule), Severity: gitlabSeverity(weight(f))}
			d.Location.Path, d.Location.Lines.Begin = print.Clean(file(v.Subject.Source)), place.line
			key := d.Location.Path + " " + f.Fingerprint
			seen[key]++
			sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", key, seen[key]))
			d.Fingerprint = hex.EncodeToString(sum[:16])
			out = append(out, d)
		}
	}
	return print.Encode(w, out)
}

// annotation is the sentence of a finding for a line of the profile.
func annotation(f verdict.Finding) string {
	text := print.Clean(f.Message)
	if f.Status == maestro.Possible {
		text = "Possible: " + text
	}
	if f.Action != "" {
		text += " (" + print.Clean(f.Action) + " only)"
	}
	return text
}

func gitlabSeverity(s maestro.Severity) string {
	switch s {
	case maestro.Critical:
		return "blocker"
	case maestro.High:
		return "critical"
	case maestro.Medium:
		return "major"
	case maestro.Low:
		return "minor"
	}
	return "info"
}
