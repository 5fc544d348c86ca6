package print

import (
	"fmt"

	"github.com/audition-dev/audition/internal/origin"
	"github.com/audition-dev/audition/internal/verdict"
)

// Origin says what a profile was made of, "" where somebody wrote it.
func Origin(v *verdict.Verdict) string {
	if v.Origin == nil || len(v.Origin.Files) == 0 {
		return ""
	}
	said := "made of " + v.Origin.Title
	var files []string
	for _, f := range v.Origin.Files[1:] {
		files = append(files, f.Source)
	}
	if len(files) > 0 {
		said += ", with " + And(files)
	}
	return said
}

// Unheeded says what of a descriptor everybody should know that is in no fact, a line
// each.
func Unheeded(v *verdict.Verdict) (out []string) {
	for _, n := range v.Origin.Told() {
		out = append(out, fmt.Sprintf("%s:%d: %s", n.Source, n.Line, Note(n)))
	}
	return out
}

// Note is a note with its kind.
func Note(n origin.Note) string { return fmt.Sprintf("%s: %s", n.Kind, n.Message) }
