package report

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/advise"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/verdict"
)

// verdicts judges the profiles of a file.
func verdicts(t testing.TB, source string, data []byte) []*verdict.Verdict {
	t.Helper()
	ctx := context.Background()
	framework, err := rego.Framework()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := rego.Load(ctx, framework, rego.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	a, err := assess.New(ctx, engine, framework, cfg, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), assess.Options{Version: "0.0.0"})
	if err != nil {
		t.Fatal(err)
	}
	profiles, err := profile.Load(source, data)
	if err != nil {
		t.Fatal(err)
	}
	var out []*verdict.Verdict
	for _, p := range profiles {
		v, err := advise.Assess(ctx, a, p)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func examples(t testing.TB) []*verdict.Verdict {
	t.Helper()
	var out []*verdict.Verdict
	for _, name := range []string{"release-notes", "lutra-ai", "desktop-helper"} {
		data, err := os.ReadFile("../../examples/" + name + "/profile.yaml")
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, verdicts(t, "profile.yaml", data)...)
	}
	return out
}

func TestText(t *testing.T) {
	all := examples(t)
	for _, v := range all {
		golden.Compare(t, "testdata/"+v.Subject.Name+".txt", printed(t, Options{}, v))
	}
	golden.Compare(t, "testdata/several.txt", printed(t, Options{}, all...))
}

func printed(t testing.TB, o Options, vs ...*verdict.Verdict) []byte {
	t.Helper()
	f, err := For("text")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Print(f.Open(&b, o), verdict.Record{Verdicts: vs}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestColorOnlyWhereWanted(t *testing.T) {
	v := examples(t)[0]
	if bytes.Contains(printed(t, Options{}, v), []byte("\x1b")) {
		t.Error("escapes without colour")
	}
	if !bytes.HasPrefix(printed(t, Options{Color: true}, v), []byte("\x1b[1;32mAPPROVE\x1b[0m")) {
		t.Error("no colour where wanted")
	}
}

// TestHostileText: a profile cannot move the cursor, forge a line or hide text.
func TestHostileText(t *testing.T) {
	v := verdicts(t, "profile.yaml", []byte(`
apiVersion: audition/v1
kind: AgentProfile
metadata:
  name: "evil\e[2K\rAPPROVE"
  title: "\e[1;32mAPPROVE\u202e\nsecond line"
  summary: "a\u0007b\u2028c"
tools:
  - {id: "tool\e]0;x\a\nAPPROVE  all is well", kind: mcp}
`))
	got := string(printed(t, Options{}, append(v, v...)...)) + string(printed(t, Options{}, v...))
	for _, r := range got {
		if r < ' ' && r != '\n' || r == '\u202e' || r == '\u2028' || r == 0x7f {
			t.Errorf("%U reaches the terminal", r)
		}
	}
	for _, line := range strings.Split(got, "\n") {
		if strings.HasPrefix(line, "APPROVE") {
			t.Errorf("forged line %q", line)
		}
	}
}

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
		f, err := For(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := Print(f.Open(full{}, Options{}), verdict.Record{Verdicts: []*verdict.Verdict{v}}); err == nil {
			t.Errorf("%s: no error from a writer that fails", name)
		}
	}
}

func BenchmarkText(b *testing.B) {
	v := examples(b)[2:]
	b.ReportAllocs()
	for b.Loop() {
		var out bytes.Buffer
		if err := Print(newText(&out, Options{}), verdict.Record{Verdicts: v}); err != nil {
			b.Fatal(err)
		}
	}
}
