package format

import (
	"testing"

	"github.com/audition-dev/audition/internal/verdict"
)

// TestSpots: what is not disclosed is shown where it would stand.
func TestSpots(t *testing.T) {
	fact := func(pointer string, line, column int) verdict.Fact {
		return verdict.Fact{Pointer: pointer, Disclosed: line > 0, Line: line, Column: column}
	}
	v := &verdict.Verdict{Findings: []verdict.Finding{{Facts: []verdict.Fact{
		fact("/tools/1/kind", 20, 5), fact("/tools/1/id", 19, 7), fact("/tools/10/id", 12, 7), fact("/execution/runs_code", 29, 3), fact("/x", 0, 0),
	}}}}
	other := &verdict.Verdict{}
	for _, c := range []struct {
		pointer string
		alone   bool
		want    spot
	}{
		{"/tools/1/kind", true, spot{"", 20, 5}}, {"/tools/1/scopes", true, spot{"", 19, 7}}, {"/tools/2/scopes", true, spot{"", 12, 7}},
		{"/execution/sandbox/present", true, spot{"", 29, 3}}, {"/model/name", true, spot{"", 1, 1}}, {"", true, spot{"", 1, 1}},
		// Two agents in a file: it is not known where the second begins.
		{"/model/name", false, spot{"", 12, 7}},
	} {
		f := verdict.Fact{Pointer: c.pointer}
		for _, known := range v.Findings[0].Facts {
			if known.Pointer == c.pointer {
				f = known
			}
		}
		if got := spotsOf(v, c.alone).of(f); got != c.want {
			t.Errorf("%q, alone %v: got %v, want %v", c.pointer, c.alone, got, c.want)
		}
	}
	if got, main := spotsOf(v, true).main(verdict.Finding{Facts: []verdict.Fact{fact("/x", 0, 0), fact("/b", 7, 2)}}); got != (spot{"", 7, 2}) || main != 1 {
		t.Errorf("main place %v, fact %d", got, main)
	}
	if got := spotsOf(other, false).of(verdict.Fact{}); got != (spot{"", 1, 1}) {
		t.Errorf("a verdict that names no place: %v", got)
	}
}
