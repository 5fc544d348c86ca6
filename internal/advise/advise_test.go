package advise

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/assess/assesstest"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
	"github.com/audition-dev/audition/policies"
)

// TestVerdictFitsItsSchema holds the schema of verdicts against verdicts.
func TestVerdictFitsItsSchema(t *testing.T) {
	data, err := policies.FS.ReadFile("schema/verdict.jsonschema")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := document.NewSchema("verdict", data)
	if err != nil {
		t.Fatal(err)
	}
	a := demanding(t, profile.Demand{Minimum: "documented", MaxAge: 60})
	for _, name := range []string{"lutra-ai", "release-notes", "desktop-helper"} {
		v := judged(t, a, example(t, name))
		v.Enforcement = &verdict.Enforcement{FailOn: verdict.Review}
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		docs, err := document.Read(name, text)
		if err != nil {
			t.Fatal(err)
		}
		if errs := docs[0].Validate(schema); len(errs) > 0 {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

// TestQuestions: an answer's outcome is the verdict of the profile that gives it.
func TestQuestions(t *testing.T) {
	a := assessor(t)
	v := judged(t, a, load(t, "execution: {runs_code: true}\n"))
	if len(v.Questions) == 0 || v.Questions[0].Fact != "/execution/sandbox/present" {
		t.Fatalf("first question %+v", v.Questions[:min(1, len(v.Questions))])
	}
	for _, answer := range v.Questions[0].Answers {
		text, _ := json.Marshal(answer.Value)
		w := judged(t, a, load(t, "execution: {runs_code: true, sandbox: {present: "+string(text)+"}}\n"))
		if w.Decision != answer.Decision || w.Score.Low != answer.Low || w.Score.High != answer.High {
			t.Errorf("%s: promised %+v, got %s %v–%v", text, answer, w.Decision, w.Score.Low, w.Score.High)
		}
	}
	for _, q := range v.Questions {
		if q.Fact == "/execution/runs_code" {
			t.Error("asks what is disclosed")
		}
	}
}

func TestSameBytes(t *testing.T) {
	a := assessor(t)
	var first []byte
	for range 5 {
		text, err := json.Marshal(judged(t, a, example(t, "desktop-helper")))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = text
		}
		if !bytes.Equal(first, text) {
			t.Fatal("two runs differ")
		}
	}
}

func BenchmarkQuestions(b *testing.B) {
	a, p := assessor(b), example(b, "lutra-ai")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Assess(context.Background(), a, p); err != nil {
			b.Fatal(err)
		}
	}
}

func assessor(t testing.TB) *assess.Assessor { return demanding(t, profile.Demand{}) }

// demanding judges by the builtin policy, with a demand on evidence.
func demanding(t testing.TB, d profile.Demand) *assess.Assessor {
	t.Helper()
	a, err := assesstest.Builtin(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), d, assess.Options{Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func judged(t testing.TB, a *assess.Assessor, p *profile.Profile) *verdict.Verdict {
	t.Helper()
	v, err := Assess(context.Background(), a, p)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func load(t testing.TB, text string) *profile.Profile {
	t.Helper()
	return parsed(t, []byte("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a}\n"+text))
}

func example(t testing.TB, name string) *profile.Profile {
	t.Helper()
	data, err := os.ReadFile("../../examples/" + name + "/profile.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, data)
}

func parsed(t testing.TB, data []byte) *profile.Profile {
	t.Helper()
	profiles, err := profile.Load("profile.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return profiles[0]
}
