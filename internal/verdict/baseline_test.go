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
		"the same":        {func(*Verdict) {}, Approve},
		"moved":           {func(v *Verdict) { v.Findings[0].Facts = nil; v.Reasons[2].Facts = nil }, Approve},
		"better score":    {func(v *Verdict) { v.Score.AIVSS -= 5; v.Reasons[0].Message = "AIVSS score 7.3 reaches 7" }, Approve},
		"worse score":     {func(v *Verdict) { v.Score.AIVSS += 5; v.Reasons[0].Message = "AIVSS score 8.3 reaches 7" }, Review},
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
			v.Reasons = append(v.Reasons, Reason{Decision: Reject, Gate: "gate", Message: "AIVSS score 7.8 reaches 7"})
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
	v := recorded(t, "lutra-ai")
	if v.Against(Known{}); v.New() != Review {
		t.Error("everything is known without a baseline")
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
	if _, err := NewBaseline([]*Verdict{v, v}); err == nil || !strings.Contains(err.Error(), "another agent is called lutra-ai") {
		t.Errorf("two of one name: %v", err)
	}
}

func TestReadBaselineRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"kind: Baseline": "expected apiVersion, agents",
		"apiVersion: audition/v1\nkind: Baseline\nagents: [{name: a, decision: review, score: 11, high: 1}]":   "b.yaml:3:38: agents[0].score: expected at most 10, got 11",
		"apiVersion: audition/v1\nkind: Baseline\nagents: [{nam: a, decision: review, score: 1, high: 1}]":     `unknown field, did you mean "name"?`,
		"apiVersion: audition/v1\nkind: Baseline\nagents: [{name: a, decision: review, score: 1.25, high: 2}]": "b.yaml: ",
	} {
		if _, err := ReadBaseline("b.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot  %v\nwant %s", text, err, want)
		}
	}
}
