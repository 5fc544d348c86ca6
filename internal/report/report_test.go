package report

import (
	"testing"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

func TestUnknownFormat(t *testing.T) {
	_, err := For("jsonn")
	if err == nil || err.Error() != `unknown format "jsonn", did you mean "json"?` {
		t.Errorf("got %v", err)
	}
}

func TestWriteErrorsAreReported(t *testing.T) {
	v := reporttest.Example(t, "release-notes")
	for _, name := range Names() {
		f, err := For(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := print.All(f.Open(reporttest.Full{}, print.Options{}), verdict.Record{Verdicts: []*verdict.Verdict{v}}); err == nil {
			t.Errorf("%s: no error from a writer that fails", name)
		}
	}
}

// TestHolding names the formats that need memory for all verdicts.
func TestHolding(t *testing.T) {
	if got := Holding(); len(got) != 1 || got[0] != "sarif" {
		t.Errorf("got %v", got)
	}
}
