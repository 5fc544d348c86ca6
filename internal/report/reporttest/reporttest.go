// Package reporttest has verdicts to print. Only tests import it.
package reporttest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/advise"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/assess/assesstest"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// Opener begins to print in a format.
type Opener = func(io.Writer, print.Options) print.Writer

// PrintIn prints verdicts in a format.
func PrintIn(t testing.TB, open Opener, o print.Options, vs ...*verdict.Verdict) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := print.All(open(&b, o), verdict.Record{Verdicts: vs}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Copied is a verdict of its own, as a reader of its JSON has it.
func Copied(t testing.TB, v *verdict.Verdict) *verdict.Verdict {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	read, err := verdict.Read("copy", text)
	if err != nil {
		t.Fatal(err)
	}
	return read[0]
}

// exampleFile is the content of a file of an example, wherever below internal
// the test runs.
func exampleFile(t testing.TB, name string) []byte {
	t.Helper()
	folder := "../../examples"
	if _, err := os.Stat(folder); err != nil {
		folder = "../../../examples"
	}
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Example is the recorded verdict of an example, which the tests of the command keep
// true. A rule that is added and says nothing of it leaves it as it is.
func Example(t testing.TB, name string) *verdict.Verdict {
	t.Helper()
	read, err := verdict.Read("verdict.json", exampleFile(t, name+"/verdict.json"))
	if err != nil {
		t.Fatal(err)
	}
	v := read[0]
	v.Policy[0].Digest = "sha256:" + strings.Repeat("0", 64)
	few := func(rule string) bool { return !slices.Contains(quiet, rule) }
	v.Rules.Silent, v.Rules.NotApplicable = slices.DeleteFunc(v.Rules.Silent, few), slices.DeleteFunc(v.Rules.NotApplicable, few)
	return v
}

// quiet stand for all rules that say nothing of an example.
var quiet = []string{"L1/customer-data-training", "L1/injection-defence-missing", "L5/log-alterable", "L7/shared-memory-open", "XL/unsigned-updates"}

// assessor judges by the builtin policy and nothing else.
var assessor = sync.OnceValues(func() (*assess.Assessor, error) {
	return assesstest.Builtin(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), profile.Demand{}, assess.Options{Version: "0.0.0"})
})

// Verdicts judges the profiles of a file.
func Verdicts(t testing.TB, source string, data []byte) []*verdict.Verdict {
	t.Helper()
	a, err := assessor()
	if err != nil {
		t.Fatal(err)
	}
	profiles, err := profile.Load(source, data)
	if err != nil {
		t.Fatal(err)
	}
	var out []*verdict.Verdict
	for _, p := range profiles {
		v, err := advise.Assess(context.Background(), a, p)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// Examples are the recorded verdicts of three, approve, review and reject, as they
// read beside the profile.
func Examples(t testing.TB) []*verdict.Verdict {
	t.Helper()
	all := []*verdict.Verdict{Example(t, "release-notes"), Example(t, "lutra-ai"), Example(t, "desktop-helper")}
	for _, v := range all {
		v.Subject.Source, v.Engine.Audition = "profile.yaml", "0.0.0"
	}
	return all
}

// Full is a writer that takes nothing.
type Full struct{}

// Write fails.
func (Full) Write([]byte) (int, error) { return 0, errors.New("full") }
