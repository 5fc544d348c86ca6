package verdict

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// recorded reads an example's verdict.
func recorded(t testing.TB, name string) *Verdict {
	t.Helper()
	file := filepath.Join("../../examples", name, "verdict.json")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := Read(file, data)
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

// TestReadGivesBack: what is read and written again is what was written.
func TestReadGivesBack(t *testing.T) {
	for _, name := range []string{"lutra-ai", "desktop-helper", "release-notes"} {
		data, err := os.ReadFile(filepath.Join("../../examples", name, "verdict.json"))
		if err != nil {
			t.Fatal(err)
		}
		var again strings.Builder
		enc := json.NewEncoder(&again)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		if err := enc.Encode(recorded(t, name)); err != nil || again.String() != string(data) {
			t.Errorf("%s: read and written it differs, %v", name, err)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	sound, err := json.Marshal(recorded(t, "release-notes"))
	if err != nil {
		t.Fatal(err)
	}
	change := func(from, to string) string { return strings.Replace(string(sound), from, to, 1) }
	for text, want := range map[string]string{
		"":  "v.json: expected a document, got an empty file",
		"{": "v.json:1:",
		`{"apiVersion": "audition/v1", "kind": "VerdictList", "items": []}`:  "v.json:1:1: expected a verdict, got an empty list",
		`{"apiVersion": "audition/v1", "kind": "VerdictList", "items": [1]}`: "expected a verdict, got the number 1",
		change(`"decision":"approve"`, `"decision":"aprove"`):                `unknown value "aprove", did you mean "approve"?`,
		change(`"decision":`, `"decison":`):                                  `decison: unknown field, did you mean "decision"?`,
		change(`"aivss":`, `"aivss":1`):                                      "expected at most 10",
	} {
		if _, err := Read("v.json", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s\ngot  %v\nwant %s", text, err, want)
		}
	}
}

func TestReadList(t *testing.T) {
	one := recorded(t, "release-notes")
	data, err := json.Marshal(map[string]any{"apiVersion": APIVersion, "kind": Kind + "List", "items": []*Verdict{one, one}})
	if err != nil {
		t.Fatal(err)
	}
	if all, err := Read("v.json", data); err != nil || len(all) != 2 || len(Compare(all[1], one)) > 0 {
		t.Errorf("%d verdicts, %v", len(all), err)
	}
}

func TestCompare(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Verdict)
		want   string
	}{
		"nothing":  {func(*Verdict) {}, ""},
		"decision": {func(v *Verdict) { v.Decision = Reject }, "decision  review reject"},
		"score":    {func(v *Verdict) { v.Score.High = 99 }, "score  7.7 High (4.2–10.0) 7.7 High (4.2–9.9)"},
		"factor":   {func(v *Verdict) { v.Score.Factors[0].Low = 0 }, "factor autonomy_of_action 0.8 (0.8–0.8) 0.8 (0.0–0.8)"},
		"layer":    {func(v *Verdict) { v.Layers[0].Tag = Mapped }, "layer L1 uncertain, 0 of 17 facts disclosed mapped, 0 of 17 facts disclosed"},
		"waived":   {func(v *Verdict) { v.Findings[0].WaivedBy = "w:1" }, "finding XL/opaque-capable-agent confirmed high confirmed high, waived"},
		"warn":     {func(v *Verdict) { v.Findings[0].Action = "warn" }, "finding XL/opaque-capable-agent confirmed high confirmed high, warn only"},
		"covered":  {func(v *Verdict) { v.Findings[0].SuppressedBy = "XL/x" }, "finding XL/opaque-capable-agent confirmed high confirmed high, suppressed by XL/x"},
		"gone":     {func(v *Verdict) { v.Findings = v.Findings[1:] }, "finding XL/opaque-capable-agent confirmed high "},
		"subject":  {func(v *Verdict) { v.Subject.Kind = "skill" }, "subject  agent skill"},
		"former":   {func(v *Verdict) { v.Subject.Kind, v.Subject.KindTitle, v.NotApplicable = "", "", nil }, ""},
		"declared": {func(v *Verdict) { v.NotApplicable = []NotApplicable{{By: ByProfile, Fact: "/rag", Because: "b"}} }, "not applicable /rag  b (profile)"},
		"reason":   {func(v *Verdict) { v.Reasons = append(v.Reasons, Reason{Decision: Reject, Gate: "g", Message: "m"}) }, "reason g reject  m"},
	} {
		before, after := recorded(t, "lutra-ai"), recorded(t, "lutra-ai")
		slices.SortStableFunc(before.Findings, func(a, b Finding) int { return strings.Compare(b.Rule, a.Rule) })
		slices.SortStableFunc(after.Findings, func(a, b Finding) int { return strings.Compare(b.Rule, a.Rule) })
		i := slices.IndexFunc(after.Findings, func(f Finding) bool { return f.Rule == "XL/opaque-capable-agent" })
		after.Findings[0], after.Findings[i] = after.Findings[i], after.Findings[0]
		c.change(after)
		var got []string
		for _, d := range Compare(before, after) {
			got = append(got, fmt.Sprintf("%s %s %s %s", d.What, d.Key, d.From, d.To))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", name, s, c.want)
		}
	}
}

// TestElsewhere finds what Compare does not look at, and leaves out what says who
// judged.
func TestElsewhere(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Verdict)
		want   string
	}{
		"engine":    {func(v *Verdict) { v.Engine.OPA = "9" }, ""},
		"questions": {func(v *Verdict) { v.Questions = nil }, ""},
		"place":     {func(v *Verdict) { v.Subject.Source = "elsewhere.yaml" }, ""},
		"message":   {func(v *Verdict) { v.Findings[2].Message = "m" }, "/findings/2/message"},
		"rules":     {func(v *Verdict) { v.Rules.Silent = v.Rules.Silent[1:] }, "/rules/silent"},
		"summary":   {func(v *Verdict) { v.Subject.Summary = "s" }, "/subject/summary"},
	} {
		after := recorded(t, "lutra-ai")
		c.change(after)
		differences, err := Elsewhere(recorded(t, "lutra-ai"), after)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, d := range differences {
			got += d.Key
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestInputs(t *testing.T) {
	a := &Verdict{
		Subject: Subject{Digest: "p"}, Policy: []Policy{{Source: "builtin", Digest: "b"}, {Source: "x", Digest: "1"}},
		Configuration: Configuration{Sources: []Source{{"a.yaml", "c"}}, Waivers: []Source{{"w.yaml", "w"}}, Flags: []string{"f=1"}},
	}
	b := *a
	b.Policy = []Policy{{Source: "y", Digest: "1"}, {Source: "builtin", Digest: "b"}}
	if got := Inputs(a, &b); len(got) > 0 {
		t.Errorf("a source that moved: %v", got)
	}
	b = Verdict{Subject: Subject{Digest: "q"}, Policy: []Policy{{Digest: "b"}, {Digest: "2"}}, EffectiveTime: "2026-11-24"}
	want := "[{profile  p q} {policy  1 } {policy   2} {configuration  c } {waivers  w } {setting  f=1 } {day   2026-11-24}]"
	if got := fmt.Sprint(Inputs(a, &b)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func FuzzRead(f *testing.F) {
	data, err := json.Marshal(recorded(f, "release-notes"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	for _, c := range contradictions {
		f.Add(written(f, "lutra-ai", c.change))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := Read("v", data)
		if err != nil {
			return
		}
		for _, v := range all {
			if d := Compare(v, v); len(d) > 0 {
				t.Errorf("differs from itself: %v", d)
			}
			for _, factor := range v.Score.Factors {
				if factor.Value < factor.Low || factor.High < factor.Value {
					t.Errorf("%+v", factor)
				}
			}
			for _, r := range v.Reasons {
				if r.Decision.Stricter(v.Decision) || r.Known && v.Enforcement.NewSince == "" {
					t.Errorf("%s by %+v", v.Decision, r)
				}
			}
		}
	})
}
