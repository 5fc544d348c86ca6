package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode"

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
	printer, err := report.For("ndjson")
	if err != nil {
		f.Fatal(err)
	}
	var out bytes.Buffer
	if err := printer(&out, []*verdict.Verdict{v}, print.Options{}); err != nil {
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
	f.Add([]byte("{}\n{}"))
	f.Add([]byte(`{"kind": "VerdictList", "items": [{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		verdicts, err := readVerdicts("f", data)
		if err != nil {
			for _, line := range strings.Split(err.Error(), "\n") {
				if !strings.HasPrefix(line, "f:") {
					t.Errorf("error %q", err)
				}
			}
			return
		}
		for _, format := range report.Names() {
			printer, err := report.For(format)
			if err != nil {
				t.Fatal(err)
			}
			printed := verdicts
			if format == "html" {
				printed = verdicts[:1] // a page holds one agent
			}
			var out bytes.Buffer
			if err := printer(&out, printed, print.Options{}); err != nil {
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
				if again, err := readVerdicts("again", out.Bytes()); err != nil || len(again) != len(verdicts) {
					t.Errorf("%d verdicts are %d when read again, %v", len(verdicts), len(again), err)
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
	if code != exitUndecided || !strings.HasPrefix(stderr.String(), "output: standard output: closed") {
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
