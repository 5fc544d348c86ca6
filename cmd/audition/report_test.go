package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/report"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// small is a verdict with little of everything: a large one is slow to change.
func small(f *testing.F) []byte {
	data, err := os.ReadFile("../../examples/lutra-ai/verdict.json")
	if err != nil {
		f.Fatal(err)
	}
	read, err := verdict.Read("seed", data)
	if err != nil {
		f.Fatal(err)
	}
	v := read[0]
	v.Findings, v.Reasons, v.Questions, v.Layers = v.Findings[5:7], v.Reasons[1:3], v.Questions[:1], v.Layers[:1]
	v.Score.CVSSMetrics, v.Rules.Silent, v.Rules.Fired = v.Score.CVSSMetrics[:1], v.Rules.Silent[:2], v.Rules.Fired[:1]
	for i := range v.Score.Factors {
		v.Score.Factors[i].Because = v.Score.Factors[i].Because[:1]
	}
	v.Findings[0].WaivedBy = "w.yaml:1"
	v.Waivers = append(v.Waivers, verdict.Waiver{Source: "w.yaml", Line: 1, Rule: v.Findings[0].Rule, State: "active", Reason: "r", Owner: "o", Created: "2026-01-01", Expires: "2026-02-01"})
	format, err := report.For("ndjson")
	if err != nil {
		f.Fatal(err)
	}
	var out bytes.Buffer
	if err := print.All(format.Open(&out, print.Options{}), verdict.Record{Verdicts: []*verdict.Verdict{v}}); err != nil {
		f.Fatal(err)
	}
	return out.Bytes()
}

// FuzzReport: whatever a file says, it is refused in a line for each error or can be
// printed in every format, and what is for machines is what it says it is.
func FuzzReport(f *testing.F) {
	line := bytes.TrimSpace(small(f))
	f.Add(line)
	f.Add(bytes.Join([][]byte{line, line}, []byte("\n")))
	f.Add([]byte(strings.NewReplacer(`"rule":"`, `"rule":"\u001b[1m\n<b>@a|`, `"value":true`, `"value":{"a\u202e":[null,"]]>"]}`, `"line":`, `"line":-`).Replace(string(line))))
	odd := regexp.MustCompile(`"enforcement":\{[^}]*\}`).ReplaceAll(line, []byte(`"effective_time":""`))
	odd = bytes.Replace(odd, []byte(`"message":`), []byte(`"known":true,"message":`), 1)
	f.Add(odd)
	f.Add(regexp.MustCompile(`"low":[0-9.]+,"high":[0-9.]+,"because"`).ReplaceAll(line, []byte(`"low":1.0,"high":0.0,"because"`)))
	f.Add([]byte(`{"apiVersion":"audition/v1","kind":"Undecided","source":"a\u001b[2K.yaml","line":4,"column":1,"message":"b\n::error::c"}`))
	f.Add(bytes.Join([][]byte{[]byte(`{"apiVersion":"audition/v1","kind":"VerdictList","items":[`), line, []byte(`],"undecided":[{"source":"a","message":"b"}]}`)}, nil))
	f.Add([]byte("{}\n{}"))
	f.Add([]byte(`{"kind": "VerdictList", "items": [{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := verdict.ReadRun("f", data)
		if err != nil {
			for _, line := range strings.Split(err.Error(), "\n") {
				if !strings.HasPrefix(line, "f:") {
					t.Errorf("error %q", err)
				}
			}
			return
		}
		for _, format := range report.Names() {
			to, err := report.For(format)
			if err != nil {
				t.Fatal(err)
			}
			printed := r
			if format == "html" {
				printed.Verdicts = r.Verdicts[:min(len(r.Verdicts), 1)] // a page holds one agent
			}
			var out bytes.Buffer
			if err := print.All(to.Open(&out, print.Options{}), printed); err != nil {
				t.Fatalf("%s: %v", format, err)
			}
			if strings.IndexFunc(out.String(), func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }) >= 0 {
				t.Errorf("%s prints a hidden character", format)
			}
			switch format {
			case "json", "sarif", "gitlab":
				if !json.Valid(out.Bytes()) {
					t.Errorf("%s is no JSON", format)
				}
			case "junit":
				if err := xml.Unmarshal(out.Bytes(), new(struct{})); err != nil {
					t.Errorf("junit: %v", err)
				}
			case "ndjson":
				if again, err := verdict.ReadRun("again", out.Bytes()); err != nil || len(again.Verdicts) != len(r.Verdicts) || len(again.Undecided) != len(r.Undecided) {
					t.Errorf("%d verdicts are %d when read again, %v", len(r.Verdicts), len(again.Verdicts), err)
				}
			case "markdown":
				if out.Len() > 65_536 {
					t.Errorf("markdown has %d bytes", out.Len())
				}
			}
		}
	})
}

type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, errors.New("closed\nfor good") }

// TestOutputErrors: standard output that takes nothing is an error, whatever the
// verdict is, after the files are there.
func TestOutputErrors(t *testing.T) {
	file := t.TempDir() + "/v.json"
	var stderr bytes.Buffer
	code := run(t.Context(), []string{"report", "../../examples/lutra-ai/verdict.json", "-o", "text", "-o", "json=" + file}, nil, closed{}, &stderr)
	if code != session.ExitUndecided || !strings.HasPrefix(stderr.String(), "output: standard output: closed") {
		t.Errorf("code %d, %s", code, stderr.String())
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if read, err := verdict.Read(file, data); err != nil || len(read) != 1 {
		t.Errorf("%d verdicts, %v", len(read), err)
	}
}
