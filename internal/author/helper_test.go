package author

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
)

func framework(t testing.TB) *maestro.Framework {
	t.Helper()
	f, err := rego.Framework()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// source makes a source of an organisation of pairs of a file name and its text.
// Its name stands before every file in messages.
func source(files ...string) rego.Source {
	fs := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fs[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return rego.Source{Name: "acme", FS: fs}
}

// named gives a source another name.
func named(name string, s rego.Source) rego.Source { s.Name = name; return s }

// module writes a rule: metadata, package and body. A field such as
// "severity: low" stands for the one of the same name; "severity:" removes it.
func module(pkg, body string, fields ...string) string {
	top := []string{"title: T", "description: D"}
	custom := []string{"kind: weakness", "layers: [L3]", "severity: high", "remediation: R"}
	for _, f := range fields {
		key, value, _ := strings.Cut(f, ":")
		list := &custom
		if key == "title" || key == "description" || key == "schemas" {
			list = &top
		}
		kept := []string{}
		for _, old := range *list {
			if !strings.HasPrefix(old, key+":") {
				kept = append(kept, old)
			}
		}
		if value != "" {
			kept = append(kept, f)
		}
		*list = kept
	}
	return "# METADATA\n# " + strings.Join(top, "\n# ") + "\n# custom:\n#   " + strings.Join(custom, "\n#   ") +
		"\npackage " + pkg + "\n\n" + body + "\n"
}

const fires = `findings contains {"facts": [["model", "name"]]} if true`

// silent is a gate that never decides, for sources without a gate of their own.
const silent = "package org.none.gate\n\nreject contains \"never\" if false"

// agent reads a profile with the given facts.
func agent(t testing.TB, facts string) *profile.Profile {
	t.Helper()
	return read(t, "p.yaml", []byte("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: test}\n"+facts))
}

func example(t testing.TB) *profile.Profile {
	t.Helper()
	const path = "../../examples/desktop-helper/profile.yaml"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, path, data)
}

func read(t testing.TB, source string, data []byte) *profile.Profile {
	t.Helper()
	profiles, err := profile.Load(source, data)
	if err != nil {
		t.Fatal(err)
	}
	return profiles[0]
}

// subject prepares a profile with what is derived from it.
func subject(t testing.TB, p *profile.Profile) rego.Subject {
	t.Helper()
	s, err := rego.NewSubject(p, facts.Derive(p, framework(t)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// findings are what judge returns when nothing goes wrong.
func findings(t testing.TB, e *rego.Engine, p *profile.Profile) []maestro.Finding {
	t.Helper()
	found, err := judge(t, e, p)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// judge runs the rules of e on a profile.
func judge(t testing.TB, e *rego.Engine, p *profile.Profile) ([]maestro.Finding, error) {
	t.Helper()
	found, err := e.Findings(context.Background(), subject(t, p))
	settle(found)
	return found, err
}

// settle does what an assessment does where nothing is configured.
func settle(found []maestro.Finding) {
	slices.SortFunc(found, maestro.Finding.Compare)
	maestro.Suppress(found)
}

// endless would run for hours where the model is called loop.
const endless = `findings contains {} if {
	input.model.name == "loop"
	some i in numbers.range(1, 100000)
	some j in numbers.range(1, 100000)
	some k in numbers.range(1, 100000)
	i + j + k == 0
}`

// judged has the given score and thresholds of its own, so that it does not
// depend on the configuration.
func judged(aivss, high float64) rego.Judged {
	number := func(f float64) json.Number { return json.Number(fmt.Sprint(f)) }
	j := rego.Judged{Score: rego.JudgedScore{AIVSS: number(aivss), High: number(high)}}
	j.Config.Thresholds.Reject.Score, j.Config.Thresholds.Reject.Confirmed = "9", maestro.Critical
	j.Config.Thresholds.Review.Score, j.Config.Thresholds.Review.Upper = "7", "9"
	j.Config.Thresholds.Review.Confirmed, j.Config.Thresholds.Review.Possible = maestro.High, maestro.High
	return j
}

// describe writes findings down so that they can be compared.
func describe(found []maestro.Finding) string {
	var b strings.Builder
	for _, f := range found {
		b.WriteString(strings.Join([]string{f.Rule.ID, string(f.Status), string(f.Severity), f.Term, f.Message,
			strings.Join(f.Facts, " "), strings.Join(f.Controls, " "), f.SuppressedBy}, "|") + "\n")
	}
	return b.String()
}

var placedLine = regexp.MustCompile(`^acme/[a-z]+\.rego:\d+(:\d+)?: [^\n]+$`)
