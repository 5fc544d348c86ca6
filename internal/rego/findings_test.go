package rego

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/audition-dev/audition/internal/maestro"
)

// only returns the one finding of a rule on a profile.
func only(t *testing.T, e *Engine, facts string) maestro.Finding {
	t.Helper()
	found := findings(t, e, agent(t, facts))
	if len(found) != 1 {
		t.Fatalf("%d findings: %+v", len(found), found)
	}
	return found[0]
}

const twoControls = "controls: [/oversight/approval, /oversight/stop]"

// TestStatus: confirmed when every control is disclosed, whatever it says;
// possible otherwise, one step less severe unless something else is said.
func TestStatus(t *testing.T) {
	const none, one, both = "", "oversight: {stop: false}", "oversight: {stop: false, approval: never}"
	for _, c := range []struct{ finding, metadata, facts, want string }{
		{`{}`, "", none, "confirmed high"},
		{`{}`, twoControls, none, "possible medium"},
		{`{}`, twoControls, one, "possible medium"},
		{`{}`, twoControls, both, "confirmed high"},
		{`{}`, twoControls, "oversight: {stop: true, approval: always}", "confirmed high"},
		{`{}`, "controls: [/tools]", "tools: []", "confirmed high"},
		{`{}`, twoControls + "\npossible: low", one, "possible low"},
		{`{}`, twoControls + "\npossible: high", one, "possible high"},
		{`{}`, twoControls + "\nseverity: low", one, "possible low"},
		{`{}`, twoControls + "\nseverity: info", one, "possible info"},
		{`{}`, "severity: medium\nkind: gap", none, "confirmed medium"},
		{`{}`, "severity: credit\nkind: strength", none, "confirmed credit"},
		// A finding's own controls stand for those of the rule.
		{`{"controls": []}`, twoControls, none, "confirmed high"},
		{`{"controls": [["oversight", "stop"]]}`, twoControls, one, "confirmed high"},
		{`{"controls": [["oversight", "undo"]]}`, twoControls, both, "possible medium"},
		{`{"controls": [["tools", 0, "pinned"]]}`, "", "tools: [{id: a, pinned: false}]", "confirmed high"},
		{`{"controls": [["tools", 0, "pinned"]]}`, "", "tools: [{id: a}]", "possible medium"},
		// So do its severity and what it says of being possible.
		{`{"severity": "critical"}`, twoControls, both, "confirmed critical"},
		{`{"severity": "critical"}`, twoControls, none, "possible high"},
		{`{"severity": "critical"}`, twoControls + "\npossible: low", none, "possible high"},
		{`{"severity": "critical", "possible": "critical"}`, twoControls, none, "possible critical"},
		{`{"possible": "info"}`, twoControls, none, "possible info"},
		{`{"possible": "info"}`, twoControls, both, "confirmed high"},
		// A derived fact is disclosed when the facts behind it are.
		{`{"controls": [["derived", "has_tools"]]}`, "", "", "possible medium"},
		{`{"controls": [["derived", "has_tools"]]}`, "", "tools: [{id: a}]", "confirmed high"},
	} {
		fields := strings.FieldsFunc(c.metadata, func(r rune) bool { return r == '\n' })
		got := only(t, rule(t, "findings contains "+c.finding, fields...), c.facts)
		if text := string(got.Status) + " " + string(got.Severity); text != c.want {
			t.Errorf("%s, %q, %q: got %s, want %s", c.finding, c.metadata, c.facts, text, c.want)
		}
	}
}

func TestMessage(t *testing.T) {
	for _, c := range []struct{ message, finding, want string }{
		{"", `{}`, "T"},
		{"plain", `{"term": "a", "args": ["b"]}`, "plain"},
		{"'{term} can {args}'", `{"term": "shell", "args": ["write", "delete"]}`, "shell can write, delete"},
		{"'{term} and {term}, {args}.'", `{}`, " and , ."},
		// What an author of profiles writes is never a template.
		{"'{term}: {args}'", `{"term": "{args}", "args": ["{term}"]}`, "{args}: {term}"},
	} {
		if got := only(t, rule(t, "findings contains "+c.finding, "message: "+c.message), ""); got.Message != c.want {
			t.Errorf("%s of %s: got %q, want %q", c.message, c.finding, got.Message, c.want)
		}
	}
	long := only(t, rule(t, `findings contains {"args": [input.model.name, input.model.name]}`, "message: '-{args}'"), "model: {name: "+strings.Repeat("é", 750)+"}")
	if len(long.Message) > maxText+len("…") || !strings.HasSuffix(long.Message, "é…") || !utf8.ValidString(long.Message) {
		t.Errorf("long message: %d bytes, ends in %q", len(long.Message), long.Message[len(long.Message)-6:])
	}
}

// TestOptional: a control that is up to whoever deploys the agent is neither a yes
// nor a no to a rule, and no gap says that nothing is disclosed of it.
func TestOptional(t *testing.T) {
	const stop, both = "oversight: {stop: optional}", "oversight: {stop: optional, undo: optional}"
	for _, c := range []struct{ condition, metadata, facts, want string }{
		{"not input.oversight.stop", twoControls, "oversight: {stop: optional, approval: never}", "possible medium: M; optional: oversight.stop."},
		{"not input.oversight.undo", "severity: medium\nkind: gap", stop, "confirmed medium: M; optional: oversight.stop."},
		{"not input.oversight.undo", "severity: medium\nkind: gap", both, "confirmed medium: Optional, so up to whoever deploys it: oversight.stop, oversight.undo."},
		{"not input.oversight.stop", "severity: medium\nkind: gap", "oversight: {undo: false}", "confirmed medium: M."},
		{"input.oversight.stop", "", stop, ""},
		{"input.oversight.stop == false", "", stop, ""},
		{`input.model.name == "optional"`, "", "model: {name: optional}", "confirmed high: M."},
	} {
		body := `findings contains {"facts": [["oversight", "stop"], ["oversight", "undo"]]} if ` + c.condition
		if !strings.Contains(c.metadata, "gap") {
			body = `findings contains {"facts": []} if ` + c.condition
		}
		fields := strings.FieldsFunc("message: M.\n"+c.metadata, func(r rune) bool { return r == '\n' })
		got := ""
		for _, f := range findings(t, rule(t, body, fields...), agent(t, c.facts)) {
			got += string(f.Status) + " " + string(f.Severity) + ": " + f.Message
		}
		if got != c.want {
			t.Errorf("%s, %q, %q\ngot  %s\nwant %s", c.condition, c.metadata, c.facts, got, c.want)
		}
	}
}

// TestFacts: paths become sorted, distinct JSON pointers, derived facts the
// facts behind them. Controls are the same where they are single facts.
func TestFacts(t *testing.T) {
	const facts = "data: {classes: [pii]}\ntools: [{id: a, kind: email, access: [read, send]}]"
	for _, c := range []struct {
		paths, want string
		single      bool
	}{
		{`[]`, "", true},
		{`[["model", "name"]]`, "/model/name", true},
		{`[["oversight", "stop"], ["model", "name"], ["oversight", "stop"]]`, "/model/name /oversight/stop", true},
		{`[["tools", 0, "access", 1]]`, "/tools/0/access/1", false},
		{`[["tools", 0, "access"]]`, "/tools/0/access", true},
		{`[["tools", 0]]`, "/tools/0", false},
		{`[["tools", "0", "kind"]]`, "/tools/0/kind", true},
		{`[["execution", "sandbox", "present"]]`, "/execution/sandbox/present", true},
		{`[["model"]]`, "/model", false},
		{`[["derived", "browses"]]`, "/tools_complete", true},
		{`[["derived", "private_data"]]`, "/data/classes/0 /tools/0/kind", false},
		{`[["derived", "private_data"], ["derived", "untrusted_input"], ["data", "classes", 0]]`,
			"/data/classes/0 /tools/0/access/0 /tools/0/kind", false},
		{`[["derived", "autonomous"]]`, "/oversight/approval /oversight/unattended", true}, // undisclosed: what could decide it
	} {
		if got := only(t, rule(t, `findings contains {"facts": `+c.paths+`}`), facts).Facts; strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %v, want %s", c.paths, got, c.want)
		}
		if !c.single {
			continue
		}
		if got := only(t, rule(t, `findings contains {"controls": `+c.paths+`}`), facts).Controls; strings.Join(got, " ") != c.want {
			t.Errorf("controls %s: got %v, want %s", c.paths, got, c.want)
		}
	}
}

// TestDerivedReachesRules: input.derived has certain conclusions, and only those.
func TestDerivedReachesRules(t *testing.T) {
	e := rule(t, `findings contains {"term": sprintf("%v", [input.derived])}`)
	got := only(t, e, "oversight: {approval: never}\nexecution: {multi_tenant: false}")
	if want := `{"autonomous": true, "multi_tenant": false, "unpinned_layers": 6}`; got.Term != want {
		t.Errorf("got %s, want %s", got.Term, want)
	}
}

// TestMerge: of findings of one rule about one term the worst stands, with the
// facts of all.
func TestMerge(t *testing.T) {
	found := findings(t, rule(t, `
findings contains {"facts": [["model", "name"]], "severity": "low"}
findings contains {"facts": [["oversight", "stop"]], "severity": "critical", "args": ["worst"], "controls": []}
findings contains {"facts": [["oversight", "undo"], ["model", "name"]], "controls": [["oversight", "approval"]], "severity": "critical"}
findings contains {"facts": [["rag", "used"]], "term": "a", "severity": "medium"}
findings contains {"facts": [["memory", "persistent"]], "term": "a", "severity": "medium", "controls": [["oversight", "approval"]], "possible": "medium"}
findings contains {"facts": [], "term": "b"}
`, "message: '{args}'"), agent(t, ""))
	var got []string
	for _, f := range found {
		got = append(got, strings.Join([]string{f.Term, string(f.Status), string(f.Severity), f.Message, strings.Join(f.Facts, " ")}, "|"))
	}
	want := []string{
		"|confirmed|critical|worst|/model/name /oversight/stop /oversight/undo",
		"b|confirmed|high||",
		"a|confirmed|medium||/memory/persistent /rag/used",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestSuppressed: rules name each other by id; both findings are kept, the worst
// of all rules first.
func TestSuppressed(t *testing.T) {
	e := load(t, source(
		"broad.rego", module("org.test.broad", `findings contains {"term": t.id} if some t in input.tools`, "suppressed_by: [org.test/precise]"),
		"precise.rego", module("org.test.precise", `findings contains {"term": t.id} if { some t in input.tools; t.pinned == false }`, "severity: critical"),
	))
	var got []string
	for _, f := range findings(t, e, agent(t, "tools: [{id: a, pinned: false}, {id: b}]")) {
		got = append(got, f.Rule.ID+" "+f.Term+" "+f.SuppressedBy)
	}
	want := []string{"org.test/precise a ", "org.test/broad a org.test/precise", "org.test/broad b "}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestMutualSuppression hides one of two findings, never both.
func TestMutualSuppression(t *testing.T) {
	e := load(t, source(
		"a.rego", module("org.test.a", fires, "suppressed_by: [org.test/b]"),
		"b.rego", module("org.test.b", fires, "suppressed_by: [org.test/a]"),
	))
	found := findings(t, e, agent(t, ""))
	hidden := slices.DeleteFunc(slices.Clone(found), func(f maestro.Finding) bool { return f.SuppressedBy == "" })
	if len(found) != 2 || len(hidden) != 1 {
		t.Errorf("%d of %d are hidden: %+v", len(hidden), len(found), found)
	}
}

func TestSilence(t *testing.T) {
	if found := findings(t, rule(t, `findings contains {} if input.oversight.stop == false`), agent(t, "")); len(found) != 0 {
		t.Errorf("an undisclosed fact fired: %+v", found)
	}
}

func TestFindingsUpToTheLimit(t *testing.T) {
	e := rule(t, `findings contains {"term": sprintf("%d", [i])} if some i in numbers.range(1, input.model.provider_retention)`)
	if got := len(findings(t, e, agent(t, "model: {provider_retention: 1000}"))); got != 1000 {
		t.Errorf("got %d", got)
	}
	_, err := judge(t, e, agent(t, "model: {provider_retention: 1001}"))
	if want := "acme/rule.rego:1: org.test/rule: expected at most 1000 findings, got 1001"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
