package html

import (
	"bytes"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

// styled is what the style sheets alone change.
var styled = regexp.MustCompile(`(?s)<style>.*?</style>|&#39;sha256-.*?&#39;`)

func TestHTML(t *testing.T) {
	for _, v := range reporttest.Examples(t) {
		data := htmlOf(t, v)
		golden.Compare(t, "testdata/"+v.Subject.Name+".html", data, styled)
		validate(t, v.Subject.Name, data)
		if again := htmlOf(t, v); !bytes.Equal(data, again) {
			t.Errorf("%s: other bytes the second time", v.Subject.Name)
		}
	}
}

func htmlOf(t testing.TB, v *verdict.Verdict) []byte {
	t.Helper()
	data, err := Page(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestHTMLHoldsOneAgent(t *testing.T) {
	var out bytes.Buffer
	err := print.All(Document(&out, print.Options{}), verdict.Record{Verdicts: make([]*verdict.Verdict, 2)})
	if err == nil || err.Error() != "html: a page holds one agent, got 2; -o html=DIR writes a site" || out.Len() > 0 {
		t.Errorf("got %v and %d bytes", err, out.Len())
	}
}

// everything is a verdict with something in every field.
func everything(t testing.TB) *verdict.Verdict {
	v := reporttest.Example(t, "desktop-helper")
	digest := "sha256:" + strings.Repeat("0123456789abcdef", 4)
	v.Subject.Version, v.Subject.Owner = "1.2.3", "platform@acme.example"
	v.Reasons = append(v.Reasons, verdict.Reason{Decision: verdict.Review, Gate: "org.acme.gate", Message: "Acme wants to see it.", Facts: []verdict.Fact{{Pointer: "/model/name", Disclosed: true, Value: "m-1", Line: 7, Column: 3}}})
	v.Reasons[1].Known = true
	unmitigated, amended := aivss.Tenths(99), aivss.Tenths(98)
	v.Score.Unmitigated, v.Score.Amended = &unmitigated, &amended
	v.Unasked = 17
	v.Score.Decided = []verdict.Decided{{What: "threat", Value: "0.97", Because: "nobody tried", Line: 11}, {What: "cvss", Value: "5.5", By: "jane, assessments.yaml:3", Because: "measured"}}
	v.Score.ByFacts = &verdict.ByFacts{AIVSS: 83, High: 97}
	v.Assessment = &verdict.Assessment{Source: "assessments.yaml", Line: 3, Assessor: "jane", Date: "2026-01-03", Expires: "2026-11-30", State: "expired", Why: "ended on 2026-11-30"}
	v.Score.Warnings = []string{"the threat multiplier is above 1"}
	f := v.Findings
	f[0].WaivedBy = "waivers.yaml:3"
	f[1].SuppressedBy = f[2].Rule
	f[3].Action, f[3].SetBy, f[3].DefaultSeverity = "warn", "audition.yaml:12", maestro.Critical
	f[4].Term = "some tool"
	v.Subject.Kind, v.Subject.KindTitle = "tool_server", "a tool server"
	v.NotApplicable = []verdict.NotApplicable{
		{By: verdict.BySubject, Fact: "/model", Because: "whoever calls it brings the model", Line: 5},
		{By: verdict.ByProfile, Fact: "/tools/*/signed", Because: "they are its own", Line: 77},
	}
	v.Layers[0].Tag, v.Layers[0].Disclosed, v.Layers[0].Applicable = verdict.NoFactApplies, 0, 0
	f[5].Facts = append(f[5].Facts, verdict.Fact{Pointer: "/oversight/approval", Moot: true})
	v.Discounted = []verdict.Discounted{{Fact: "/model/name", Why: "373 days old, expected at most 30", Line: 9}}
	v.Waivers = []verdict.Waiver{
		{Source: "waivers.yaml", Line: 3, Rule: f[0].Rule, Reason: "Pilot without customers.", Owner: "alice@acme.example", Ticket: "https://tickets.acme.example/A-1", Created: "2026-01-02", Expires: "2026-12-31", State: "active", Covers: 1},
		{Source: "waivers.yaml", Line: 9, Rule: "L4/egress-open", Term: "x", Reason: "Old.", Owner: "bob", Ticket: "A-2", Created: "2025-01-02", Expires: "2025-12-31", State: "expired", Why: "expired 40 days ago"},
	}
	v.Rules.Off, v.Rules.Warn, v.Rules.Waived = []string{"L1/off-rule"}, []string{f[3].Rule}, []string{f[0].Rule}
	v.Rules.NotApplicable, v.Rules.GatesOff = []string{"L2/not-applicable-rule"}, []string{"org.acme.quiet.gate"}
	v.Policy = append(v.Policy, verdict.Policy{Source: "https://policy.acme.example/bundle.tar.gz", Digest: digest, Revision: "r42", Signed: true, Key: "acme-1"})
	v.Configuration = verdict.Configuration{
		Sources: []verdict.Source{{Source: "audition.yaml", Digest: digest}}, Waivers: []verdict.Source{{Source: "waivers.yaml", Digest: digest}}, Assessments: []verdict.Source{{Source: "assessments.yaml", Digest: digest}},
		Flags: []string{"reject.score=8"},
		Changes: []verdict.Change{
			{Setting: "thresholds.review.score", From: "7.0", To: "7.5", SetBy: "audition.yaml:4", Reason: "Too many reviews.", Looser: true},
			{Setting: "rules L3/*", To: "warn", SetBy: "audition.yaml:12", Rules: []string{f[3].Rule}},
		},
	}
	v.EffectiveTime = "2026-10-20"
	v.Enforcement = &verdict.Enforcement{FailOn: verdict.Reject, ExitZero: true, NewSince: "origin/main", NewSinceID: "0123456789abcdef"}
	return v
}

// TestHTMLTellsEverything: whatever a verdict holds stands on the page.
func TestHTMLTellsEverything(t *testing.T) {
	v := everything(t)
	data := htmlOf(t, v)
	validate(t, "everything", data)
	said := textOf(t, data)
	// Said in other words: names of JSON, the rounded AARS, ids of what has a name.
	untold := map[string]bool{"APIVersion": true, "Kind": true, "Score.AARS": true, "Score.Derived": true, "Score.Factors.ID": true, "Rules.GatesOff": false,
		"Findings.DefaultSeverity": false, "Score.CVSSMetrics.Value": true, "Score.CVSSMetrics.Low": true, "Score.CVSSMetrics.High": true, "Score.OffRubric": true,
		"Questions.Answers.Value": true, "Findings.Action": false, "Subject.Kind": true, "NotApplicable.By": true,
		"Reasons.About": true, "Advice.Disclosed.Reasons.About": true, "Advice.Changed.Reasons.About": true}
	leaves(reflect.ValueOf(v), "", func(name string, leaf reflect.Value) {
		if untold[name] || leaf.Kind() == reflect.Bool {
			return
		}
		want := fmt.Sprint(leaf.Interface())
		if want == verdict.NoFactApplies {
			want = "not applicable"
		}
		if strings.HasPrefix(want, "/scoring/") {
			return // said without its path
		}
		if strings.HasSuffix(name, ".Adds") {
			want = strings.Replace(want, "-", "−", 1) // as print.Signed has it
		}
		if strings.HasSuffix(name, "Fact") || strings.HasSuffix(name, "Pointer") {
			want = print.Path(want)
		}
		if strings.HasSuffix(name, "Answers.Low") || strings.HasSuffix(name, "Answers.High") || name == "Findings.Severity" || name == "Decision" || name == "Questions.Answers.Decision" {
			want = capital(want)
		}
		if !strings.Contains(said, strings.Join(strings.Fields(want), " ")) {
			t.Errorf("%s is missing: %q", name, want)
		}
	})
	for _, words := range []string{"Laxer than the default: 1 setting, 1 waived finding, judged as a tool server and 1 fact declared not applicable. the assessment of jane (assessments.yaml:3) does not count: ended on 2026-11-30. score", "Verdict on a tool server",
		"tools[*].signed: they are its own (declared in line 77)", "model: whoever calls it brings the model (it is a tool server)", "not applicable: oversight.approval", "warn only: counts for nothing", "signature verified with key acme-1",
		"exit code 0 whatever the decision", "1 waived", "Known since origin/main", "; 1 is known since origin/main and fails nothing.", "1 off, by configuration", "gate org.acme.gate", "laxer than the default", "profile.yaml:7:3"} {
		if !strings.Contains(said, words) {
			t.Errorf("missing: %s", words)
		}
	}
}

// leaves visits the strings, numbers and booleans of a value.
func leaves(v reflect.Value, name string, visit func(name string, leaf reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			leaves(v.Elem(), name, visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			leaves(v.Field(i), strings.TrimPrefix(name+"."+v.Type().Field(i).Name, "."), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), name, visit)
		}
	default:
		visit(name, v)
	}
}

func BenchmarkHTML(b *testing.B) {
	v := reporttest.Example(b, "desktop-helper")
	b.ReportAllocs()
	for b.Loop() {
		htmlOf(b, v)
	}
}
