package report

import (
	"errors"
	"testing"

	"github.com/audition-dev/audition/internal/verdict"
)

func TestUnknownFormat(t *testing.T) {
	_, err := For("jsonn")
	if err == nil || err.Error() != `unknown format "jsonn", did you mean "json"?` {
		t.Errorf("got %v", err)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestWriteErrorsAreReported(t *testing.T) {
	v := example(t, "release-notes")
	for _, name := range Names() {
		printer, err := For(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := printer(full{}, []*verdict.Verdict{v}, Options{}); err == nil {
			t.Errorf("%s: no error from a writer that fails", name)
		}
	}
}
