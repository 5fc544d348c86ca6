package verdict

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/maestro"
)

// TestAgainst: what is as bad as it was is known, what is worse is new.
func TestAgainst(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Verdict)
		want   Decision
	}{
		"the same": {func(*Verdict) {}, Approve},
		"moved": {func(v *Verdict) {
			for i := range v.Findings {
				for n := range v.Findings[i].Facts {
					f := &v.Findings[i].Facts[n]
					f.Line, f.Pointer = f.Line+1, strings.Replace(f.Pointer, "/tools/0/", "/tools/5/", 1)
				}
				slices.Reverse(v.Findings[i].Facts)
			}
		}, Approve},
		"another fact":    {func(v *Verdict) { v.Findings[0].Facts = append(v.Findings[0].Facts, Fact{Pointer: "/model/name"}) }, Review},
		"another value":   {func(v *Verdict) { opaque(v).Facts[0].Value = "health" }, Review},
		"not disclosed":   {func(v *Verdict) { opaque(v).Facts[0] = Fact{Pointer: opaque(v).Facts[0].Pointer} }, Review},
		"a stricter end":  {func(v *Verdict) { v.Reasons[2].Decision = Reject }, Reject},
		"a milder end":    {func(v *Verdict) { v.Score.AIVSS, v.Score.High = 60, 80; v.Reasons = v.Reasons[3:] }, Approve},
		"better score":    {func(v *Verdict) { v.Score.AIVSS -= 5; v.Reasons[0].Message = "AIVSS score 7.3 reaches 7.0" }, Approve},
		"worse score":     {func(v *Verdict) { v.Score.AIVSS += 5; v.Reasons[0].Message = "AIVSS score 8.3 reaches 7.0" }, Review},
		"wider":           {func(v *Verdict) { v.Score.High++; v.Reasons[1].Message = "it may be as high as 10.1" }, Review},
		"a new finding":   {func(v *Verdict) { v.Findings[0].Fingerprint = "f" }, Review},
		"a worse finding": {func(v *Verdict) { v.Findings[0].Severity = maestro.Critical }, Review},
		"a sure finding": {func(v *Verdict) {
			i := slices.IndexFunc(v.Findings, func(f Finding) bool { return f.Rule == "XL/unsandboxed-code-execution" })
			v.Findings[i].Status = maestro.Confirmed
		}, Review},
		"a gate of ours": {func(v *Verdict) {
			v.Reasons = append(v.Reasons, Reason{Decision: Reject, Gate: "org.acme.gate", Message: "no"})
		}, Reject},
		"rejected by score": {func(v *Verdict) {
			v.Reasons = append(v.Reasons, Reason{Decision: Reject, Gate: "gate", Message: "AIVSS score 7.8 reaches 7.0"})
		}, Reject},
	} {
		known := Snapshot(recorded(t, "lutra-ai"))
		v := recorded(t, "lutra-ai")
		c.change(v)
		v.Against(known)
		if got := v.New(); got != c.want {
			t.Errorf("%s: %s is new, want %s: %+v", name, got, c.want, v.Reasons)
		}
	}
	// What rejected by a finding does not make known that the score rejects.
	v := recorded(t, "lutra-ai")
	v.Reasons = append(v.Reasons, Reason{Decision: Reject, Gate: "org.acme.gate", Message: "no"})
	v.Decision = Reject
	known := Snapshot(v)
	v.Reasons = append(v.Reasons, Reason{Decision: Reject, Gate: "gate", Message: "AIVSS score 7.8 reaches 7.0"})
	if v.Against(known); v.New() != Reject {
		t.Errorf("a stricter reason about the score is known: %+v", v.Reasons)
	}
	// A reason about the score that there was not is new, however good the score is.
	known = Snapshot(recorded(t, "lutra-ai"))
	known.Reasons = known.Reasons[:1]
	v = recorded(t, "lutra-ai")
	if v.Against(known); v.New() != Review || !v.Reasons[0].Known || v.Reasons[1].Known {
		t.Errorf("another reason about the score is known: %+v", v.Reasons[:2])
	}
	// A gate of an organisation may name a rule that found nothing; in the same
	// words that is known.
	v = recorded(t, "lutra-ai")
	v.Reasons = []Reason{{Decision: Review, Gate: "org.acme.gate", Message: "none", Rule: "L1/none"}}
	if v.Against(Snapshot(v)); v.New() != Approve {
		t.Error("a reason without a finding is never known")
	}
	v = recorded(t, "lutra-ai")
	if v.Against(Known{}); v.New() != Review {
		t.Error("everything is known without a baseline")
	}
}

func opaque(v *Verdict) *Finding {
	return &v.Findings[slices.IndexFunc(v.Findings, func(f Finding) bool { return f.Rule == "XL/opaque-capable-agent" })]
}

// TestIdentity: an agent is its name and its path.
func TestIdentity(t *testing.T) {
	v := recorded(t, "lutra-ai")
	b, err := NewBaseline([]*Verdict{v})
	if err != nil {
		t.Fatal(err)
	}
	for where, want := range map[string]bool{v.Subject.Source: true, "elsewhere.yaml": false, "": false} {
		if _, ok := b.Of("lutra-ai", where); ok != want {
			t.Errorf("at %q it is known: %v", where, ok)
		}
	}
	moved := recorded(t, "lutra-ai")
	moved.Subject.Source = "elsewhere.yaml"
	other, err := NewBaseline([]*Verdict{moved})
	if err != nil {
		t.Fatal(err)
	}
	if both := b.With(other); len(both.Agents) != 2 || both.Agents[0].Source != "elsewhere.yaml" {
		t.Errorf("%+v", both.Agents)
	}
	if left := b.Prune([]*Verdict{moved}); len(left.Agents) != 0 {
		t.Errorf("%+v", left.Agents)
	}
	want := "b.yaml: an agent of a.yaml is called x too, expected names that differ"
	if err := Unique([]Subject{{Name: "x", Source: "a.yaml"}, {Name: "y", Source: "b.yaml"}, {Name: "x", Source: "b.yaml"}}); err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if err := Unique([]Subject{{Name: "x"}, {Name: "y"}}); err != nil {
		t.Error(err)
	}
}

// TestPruneTightens: what is better now was no worse, and what got worse stays new.
func TestPruneTightens(t *testing.T) {
	b, err := NewBaseline([]*Verdict{recorded(t, "lutra-ai")})
	if err != nil {
		t.Fatal(err)
	}
	now := recorded(t, "lutra-ai")
	now.Score.AIVSS, now.Score.High = now.Score.AIVSS-5, now.Score.High-3
	now.Reasons[0].Message = "AIVSS score 7.3 reaches 7.0"
	opaque(now).Severity = maestro.Medium
	now.Findings[0].Severity = maestro.Critical
	k := b.Prune([]*Verdict{now}).Agents[0]
	if k.Score != now.Score.AIVSS || k.High != now.Score.High {
		t.Errorf("score %v, high %v", k.Score, k.High)
	}
	if !slices.Contains(k.Reasons, "gate review: AIVSS score 7.3 reaches 7.0") || len(k.Reasons) != 3 {
		t.Errorf("%q", k.Reasons)
	}
	if now.Against(k); now.New() != Review || !now.Reasons[0].Known {
		t.Errorf("%s is new of %+v", now.New(), now.Reasons[0])
	}
	if back := recorded(t, "lutra-ai"); !slices.ContainsFunc(back.Findings, func(f Finding) bool { return f.Fingerprint == opaque(back).Fingerprint && !k.has(back.snapshot(f)) }) {
		t.Error("what got better may get worse again")
	}
}

func TestPrune(t *testing.T) {
	b, err := NewBaseline([]*Verdict{recorded(t, "lutra-ai"), recorded(t, "desktop-helper")})
	if err != nil || len(b.Agents) != 2 || b.Agents[0].Name != "desktop-helper" {
		t.Fatalf("%+v, %v", b, err)
	}
	v := recorded(t, "lutra-ai")
	v.Findings, v.Score.AIVSS = v.Findings[1:], 50
	after := b.Prune([]*Verdict{v})
	if len(after.Agents) != 1 || len(after.Agents[0].Findings) != len(b.Agents[1].Findings)-1 || after.Agents[0].Score != 50 {
		t.Errorf("%d agents, %d findings, score %v", len(after.Agents), len(after.Agents[0].Findings), after.Agents[0].Score)
	}
	if again := b.Prune([]*Verdict{recorded(t, "lutra-ai"), recorded(t, "desktop-helper"), recorded(t, "release-notes")}); fmt.Sprint(again) != fmt.Sprint(b) {
		t.Error("pruning by the same verdicts changes the baseline")
	}
	if _, err := NewBaseline([]*Verdict{v, v}); err == nil || !strings.Contains(err.Error(), "is called lutra-ai too") {
		t.Errorf("two of one name: %v", err)
	}
}

func TestReadBaselineRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"kind: Baseline": "expected apiVersion, agents",
		"apiVersion: audition/v1\nkind: Baseline\nagents: [{name: a, source: a.yaml, decision: review, score: 11, high: 1}]":   "b.yaml:3:54: agents[0].score: expected at most 10, got 11",
		"apiVersion: audition/v1\nkind: Baseline\nagents: [{nam: a, source: a.yaml, decision: review, score: 1, high: 1}]":     `unknown field, did you mean "name"?`,
		"apiVersion: audition/v1\nkind: Baseline\nagents: [{name: a, source: a.yaml, decision: review, score: 1.25, high: 2}]": "b.yaml:3:54: agents[0].score: expected a multiple of 0.1, got 1.25",
		"apiVersion: audition/v1\nkind: Baseline\nagents: [{name: a, decision: review, score: 1, high: 2}]":                    "b.yaml:3:10: agents[0]: expected source",
	} {
		if _, err := ReadBaseline("b.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot  %v\nwant %s", text, err, want)
		}
	}
}
