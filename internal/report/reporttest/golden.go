package reporttest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/verdict"
)

// Changed is a verdict under a configuration that raises a severity, lowers one,
// lets one finding only warn and one rule not run, and two waivers.
func Changed(t testing.TB) *verdict.Verdict {
	t.Helper()
	v := Example(t, "lutra-ai")
	v.Subject.Name = "changed"
	without := func(rule, term string) {
		v.Reasons = slices.DeleteFunc(v.Reasons, func(r verdict.Reason) bool { return r.Rule == rule && r.Term == term })
	}
	waive := func(rule, term string, line int) {
		i := slices.IndexFunc(v.Findings, func(f verdict.Finding) bool { return f.Rule == rule && f.Term == term })
		v.Findings[i].WaivedBy = "waivers.yaml:" + string(rune('0'+line))
		v.Waivers = append(v.Waivers, verdict.Waiver{
			Source: "waivers.yaml", Line: line, Rule: rule, Term: term, Reason: "the pilot has synthetic data", Owner: "risk@example.com",
			Ticket: "SEC-7", Created: "2026-01-01", Expires: "2026-03-01", State: "active", Covers: 1,
		})
		without(rule, term)
	}
	waive("L2/data-handling-undisclosed", "", 4)
	waive("L3/tool-access-undisclosed", "google-workspace, hubspot, slack", 9)
	set := func(rule string, severity maestro.Severity, action string) {
		i := slices.IndexFunc(v.Findings, func(f verdict.Finding) bool { return f.Rule == rule })
		f := &v.Findings[i]
		f.SetBy, f.DefaultSeverity, f.Severity, f.Action = "audition.yaml:7", f.Severity, severity, action
	}
	set("L4/sandbox-undisclosed", maestro.Critical, "")
	set("L1/model-undisclosed", maestro.Low, "")
	set("L4/egress-undisclosed", maestro.High, "warn")
	without("L4/egress-undisclosed", "")
	v.Rules.Off = append(v.Rules.Off, v.Rules.Silent[0])
	v.Rules.Silent = v.Rules.Silent[1:]
	return v
}

// Golds are the verdicts of the golden files: approve, review, reject, and one
// under a configuration with waivers. A few questions do for all.
func Golds(t testing.TB) []*verdict.Verdict {
	out := []*verdict.Verdict{Example(t, "release-notes"), Example(t, "lutra-ai"), Example(t, "desktop-helper"), Changed(t)}
	for _, v := range out {
		v.Questions = v.Questions[:min(len(v.Questions), 7)]
	}
	return out
}

// HostileText has what means something to a terminal, Markdown, HTML, XML, YAML, SARIF
// or a CI system.
const HostileText = "\x1b[2K\rAPPROVE\u202e\u2066\u200b\u2028\u0085\x7f\n::error::x\n::set-output name=a::b\n::stop-commands::c\n" +
	"##[add-mask]d -->]]> <script>alert(1)</script> <img src=x> &amp; | `code` **bold** __b__ ~~s~~ $x$ " +
	"@octocat #1 GH-2 octo/repo#3 https://evil.example www.evil.example mailto:a@b.c :tada: [link](https://evil.example) " +
	"![i](//evil.example) [link](1) {0} %25 %0A a,b:c \\ \"q\" 'q' =1+1 - # > yes: no"

// Hostile is a verdict whose every text is hostile.
func Hostile(t testing.TB) *verdict.Verdict {
	t.Helper()
	v := Changed(t)
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{
		`"name":"changed"`, `"title":"Lutra AI"`, `"source":"examples/lutra-ai/profile.yaml"`, `"source":"waivers.yaml"`, `"owner":"risk@example.com"`,
		`"reason":"the pilot has synthetic data"`, `"ticket":"SEC-7"`, `"audition":"0.1.0"`, `"state":"active"`, `"title":"Agent Frameworks"`,
		`"name":"Autonomy of Action"`, `"factor_sum":"5.4"`,
	} {
		if !bytes.Contains(text, []byte(word)) {
			t.Fatalf("no %s", word)
		}
		key, _, _ := strings.Cut(word, ":")
		value, _ := json.Marshal(HostileText)
		text = bytes.ReplaceAll(text, []byte(word), []byte(key+":"+string(value)))
	}
	v = &verdict.Verdict{}
	if err := json.Unmarshal(text, v); err != nil {
		t.Fatal(err)
	}
	renamed := map[string]string{}
	for i := range v.Findings {
		f := &v.Findings[i]
		if i%3 == 0 {
			renamed[f.Rule] = f.Rule + HostileText
		}
	}
	for i := range v.Findings {
		f := &v.Findings[i]
		// The source of waivers is hostile by now, so the finding is found by what it is.
		w := slices.IndexFunc(v.Waivers, func(w verdict.Waiver) bool { return f.WaivedBy != "" && w.Rule == f.Rule && w.Term == f.Term })
		f.Title, f.Message, f.Remediation, f.Term = HostileText, HostileText, HostileText, fmt.Sprint(HostileText, i)
		f.Threats, f.References = []string{HostileText}, []string{HostileText}
		if name, ok := renamed[f.Rule]; ok {
			f.Rule, f.Layer = name, HostileText
		}
		if w >= 0 {
			waiver := &v.Waivers[w]
			waiver.Rule, waiver.Term = f.Rule, f.Term
			f.WaivedBy = fmt.Sprintf("%s:%d", waiver.Source, waiver.Line)
		}
		if f.SetBy != "" {
			f.SetBy = HostileText
		}
		for k := range f.Facts {
			f.Facts[k].Value = HostileText
		}
	}
	for i := range v.Reasons {
		v.Reasons[i].Message, v.Reasons[i].Term = HostileText, HostileText
	}
	v.Score.CVSSVector = HostileText
	for _, l := range v.Layers {
		for _, names := range [][]string{l.Findings, l.Strengths} {
			for i, name := range names {
				if now, ok := renamed[name]; ok {
					names[i] = now
				}
			}
		}
	}
	for i := range v.Layers {
		v.Layers[i].Commentary = HostileText
	}
	for i := range v.Questions {
		v.Questions[i].Text = HostileText
	}
	v.Subject.Summary = HostileText
	return v
}
