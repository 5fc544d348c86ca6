package format

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/report/text"
	"github.com/audition-dev/audition/internal/verdict"
)

// formats are those of this package.
func formats() map[string]reporttest.Opener {
	return map[string]reporttest.Opener{
		"text": text.Document, "json": JSON, "yaml": YAML, "ndjson": NDJSON, "sarif": SARIF, "junit": JUnit, "github": GitHub, "gitlab": GitLab, "markdown": Markdown,
	}
}

// printedRecord prints a record in a format.
func printedRecord(t testing.TB, name string, r verdict.Record) string {
	t.Helper()
	var out bytes.Buffer
	if err := print.All(formats()[name](&out, print.Options{}), r); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out.String()
}

// TestStreams: a format that needs nothing of later verdicts prints those that came.
func TestStreams(t *testing.T) {
	all := reporttest.Golds(t)
	for name, ahead := range map[string]int{"json": 1, "yaml": 0, "ndjson": 0, "github": 1, "gitlab": 1} {
		var out bytes.Buffer
		w := formats()[name](&out, print.Options{})
		for i, v := range all {
			before := out.Len()
			if err := w.Write(v); err != nil {
				t.Fatal(err)
			}
			if i > ahead && out.Len() == before {
				t.Errorf("%s holds the verdict of %s", name, v.Subject.Name)
			}
		}
	}
}

// TestMarkdownHoldsFew: of many agents only what there can be room for.
func TestMarkdownHoldsFew(t *testing.T) {
	m := Markdown(&bytes.Buffer{}, print.Options{}).(*markdown)
	for _, v := range slices.Repeat(reporttest.Golds(t), 125) {
		if err := m.Write(v); err != nil {
			t.Fatal(err)
		}
		if len(m.held) >= crowd {
			t.Fatalf("%d verdicts are held", len(m.held))
		}
	}
	if len(m.held) > 0 || !m.full || len(m.rows.held) > maxComment/4/50 {
		t.Errorf("%d verdicts and %d rows are held", len(m.held), len(m.rows.held))
	}
}

// broken could not be judged.
func broken() []verdict.Undecided {
	return []verdict.Undecided{
		{Source: "agents/broken.yaml", Line: 4, Column: 13, Message: `execution.sandbx: unknown field, did you mean "sandbox"?`},
		{Source: "agents/broken.yaml", Line: 7, Column: 3, Message: "tools[0].x: unknown field"},
		{Source: "agents/unread.yaml", Message: "permission denied"},
	}
}

// TestUndecided: whatever else there is, every format says what was not judged, and
// stays what it is.
func TestUndecided(t *testing.T) {
	all := reporttest.Golds(t)
	for _, vs := range [][]*verdict.Verdict{nil, all[:1], all} {
		r := verdict.Record{Verdicts: vs, Undecided: broken()}
		for name := range formats() {
			got := printedRecord(t, name, r)
			for _, want := range []string{"agents/broken.yaml", "agents/unread.yaml", "permission denied", "unknown field", "sandbx"} {
				if !strings.Contains(got, want) {
					t.Errorf("%s of %d verdicts: no %q", name, len(vs), want)
				}
			}
			switch name {
			case "text":
				if first, _, _ := strings.Cut(got, "\n"); first != "UNDECIDED  2 inputs could not be judged" || !strings.Contains(got, "  - agents/broken.yaml:4:13: execution.sandbx") {
					t.Errorf("text begins %q", first)
				}
			case "markdown":
				if !strings.HasPrefix(got, "<!-- audition -->\n## UNDECIDED: 2 inputs could not be judged\n\n- **UNDECIDED** <code>agents/broken.yaml:&#8203;4:&#8203;13</code> ") {
					t.Errorf("markdown begins %q", got[:min(len(got), 150)])
				}
			case "github":
				if !strings.Contains(got, "::error file=agents/broken.yaml,line=4,col=13,title=UNDECIDED agents/broken.yaml::could not be judged: execution.sandbx: ") {
					t.Errorf("github: %s", got)
				}
			case "json", "ndjson":
				readAgain(t, name, got, r)
			case "gitlab":
				undecidedGitLab(t, got)
			case "junit":
				undecidedJUnit(t, got, len(vs))
			case "sarif":
				undecidedSARIF(t, got)
			}
		}
	}
}

func readAgain(t *testing.T, name, got string, r verdict.Record) {
	t.Helper()
	texts := []string{got}
	if name == "ndjson" {
		texts = strings.Split(strings.TrimSpace(got), "\n")
	}
	var again verdict.Record
	for _, text := range texts {
		one, err := verdict.ReadRecord("r", []byte(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again.Verdicts, again.Undecided = append(again.Verdicts, one.Verdicts...), append(again.Undecided, one.Undecided...)
	}
	if printedRecord(t, name, again) != got || len(again.Verdicts) != len(r.Verdicts) || !slices.Equal(again.Undecided, r.Undecided) {
		t.Errorf("%s: %d verdicts and %v are read again", name, len(again.Verdicts), again.Undecided)
	}
}

func undecidedGitLab(t *testing.T, got string) {
	t.Helper()
	var entries []degradation
	if err := json.Unmarshal([]byte(got), &entries); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range entries {
		if e.CheckName == "audition/undecided" {
			n++
			if e.Severity != "blocker" || len(e.Fingerprint) != 32 || e.Location.Lines.Begin < 1 {
				t.Errorf("entry %+v", e)
			}
		}
	}
	if n != 3 {
		t.Errorf("%d entries", n)
	}
}

func undecidedJUnit(t *testing.T, got string, agents int) {
	t.Helper()
	var root element
	if err := xml.Unmarshal([]byte(got), &root); err != nil {
		t.Fatal(err)
	}
	suites := root.named("testsuite")
	if root.attr("errors") != "3" || len(suites) != agents+2 {
		t.Fatalf("%s errors in %d suites", root.attr("errors"), len(suites))
	}
	s := suites[agents]
	if cases := s.named("testcase"); s.attr("name") != "agents/broken.yaml" || s.attr("errors") != "2" || s.attr("tests") != "2" || len(cases) != 2 ||
		cases[0].attr("file") != "agents/broken.yaml" || cases[0].attr("name") == cases[1].attr("name") || cases[0].named("error")[0].Text != broken()[0].Place()+": "+broken()[0].Message {
		t.Errorf("suite %+v", s)
	}
}

func undecidedSARIF(t *testing.T, got string) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema(t).Validate(value); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"executionSuccessful": false`, `"toolExecutionNotifications"`, `"level": "error"`, `"uri": "agents/broken.yaml"`, `"startLine": 4`} {
		if !strings.Contains(got, want) {
			t.Errorf("sarif: no %s", want)
		}
	}
}

// TestUndecidedFingerprint: an entry of GitLab is the same when lines move.
func TestUndecidedFingerprint(t *testing.T) {
	of := func(u verdict.Undecided) string {
		var e []degradation
		if err := json.Unmarshal([]byte(printedRecord(t, "gitlab", verdict.Record{Undecided: []verdict.Undecided{u}})), &e); err != nil {
			t.Fatal(err)
		}
		return e[0].Fingerprint
	}
	u := broken()[0]
	want := of(u)
	u.Line, u.Source = 99, "./agents//broken.yaml"
	if of(u) != want {
		t.Error("another fingerprint on another line")
	}
	if u.Message += "!"; of(u) == want {
		t.Error("the same fingerprint for another message")
	}
}

// TestLoosened: every format says in its first lines what was loosened, in words
// that tell which way.
func TestLoosened(t *testing.T) {
	v := reporttest.Example(t, "lutra-ai")
	v.Questions = nil
	v.Configuration.Changes = []verdict.Change{
		{Setting: "gates[gate]", From: "enforce", To: "off", SetBy: "a.yaml:3", Reason: "Ours decides.", Looser: true},
		{Setting: "assurance.minimum", From: "documented", To: "claimed", SetBy: "a.yaml:9", Looser: true},
		{Setting: "thresholds.reject.score", From: "9", To: "8", SetBy: "a.yaml:12"},
	}
	i := slices.IndexFunc(v.Findings, func(f verdict.Finding) bool { return f.Rule == "L4/sandbox-undisclosed" })
	v.Findings[i].WaivedBy = "w.yaml:4"
	v.Waivers = []verdict.Waiver{{Source: "w.yaml", Line: 4, Rule: "L4/sandbox-undisclosed", Owner: "risk", Expires: "2026-12-01", Reason: "Pilot.", State: "active", Covers: 1}}
	strict := reporttest.Example(t, "release-notes")
	for _, c := range []struct {
		format string
		within int // bytes from the beginning
	}{{"text", 2500}, {"markdown", 1200}, {"github", 900}, {"gitlab", 700}, {"junit", 1500}} {
		for _, vs := range [][]*verdict.Verdict{{v}, {v, strict}} {
			got := printedRecord(t, c.format, verdict.Record{Verdicts: vs})
			got = strings.NewReplacer("&#8203;", "", "&#91;", "[", "&#93;", "]", "\n    ", " ").Replace(got[:min(len(got), c.within)])
			for _, want := range []string{"loosened: gates[gate]: enforce → off", "loosened: assurance.minimum: documented → claimed"} {
				if !strings.Contains(got, want) {
					t.Errorf("%s of %d: no %q in\n%s", c.format, len(vs), want, got)
				}
			}
			if strings.Contains(got, "loosened: thresholds") {
				t.Errorf("%s: a stricter threshold is told as loosened", c.format)
			}
			if !strings.Contains(got, "waived by w.yaml:4 until 2026-12-01, risk: Pilot.") && (c.format != "text" || len(vs) > 1) {
				t.Errorf("%s of %d: nothing of the waiver in\n%s", c.format, len(vs), got)
			}
		}
		if got := printedRecord(t, c.format, verdict.Record{Verdicts: []*verdict.Verdict{strict}}); strings.Contains(strings.ToLower(got), "loosened") {
			t.Errorf("%s: something is loosened where nothing was", c.format)
		}
	}
	got := printedRecord(t, "sarif", verdict.Record{Verdicts: []*verdict.Verdict{v}})
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema(t).Validate(value); err != nil {
		t.Fatal(err)
	}
	var l struct {
		Runs []struct {
			Invocations []struct {
				ToolExecutionNotifications []struct {
					Level   string
					Message struct{ Text string }
				}
			}
			Properties struct{ Agents []struct{ Loosened []string } }
		}
	}
	if err := json.Unmarshal([]byte(got), &l); err != nil {
		t.Fatal(err)
	}
	n := l.Runs[0].Invocations[0].ToolExecutionNotifications
	if said := l.Runs[0].Properties.Agents[0].Loosened; len(n) != 1 || n[0].Level != "note" || !strings.Contains(n[0].Message.Text, "loosened: gates[gate]: enforce → off (a.yaml:3): Ours decides.") || len(said) != 3 {
		t.Errorf("sarif: %+v, %q", n, said)
	}
}

// TestOddVerdictsArePrinted: what no run writes and a file may say.
func TestOddVerdictsArePrinted(t *testing.T) {
	v := reporttest.Example(t, "lutra-ai")
	v.Reasons[0].Known, v.Enforcement = true, nil
	v.Score.Factors[0].Low, v.Score.Factors[0].High = 100, 0
	for name := range formats() {
		printedRecord(t, name, verdict.Record{Verdicts: []*verdict.Verdict{v}})
	}
	if got := printedRecord(t, "text", verdict.Record{Verdicts: []*verdict.Verdict{v}}); !strings.Contains(got, "1 known since a baseline") {
		t.Error("text does not count what is known")
	}
}
