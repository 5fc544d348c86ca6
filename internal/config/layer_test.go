package config

import (
	"fmt"
	"strings"
	"testing"
)

// files opens configurations from a map; each text gets the usual head, which
// ends after line 2.
func files(texts map[string]string) Open {
	return func(from *Layer, ref string) (File, error) {
		text, ok := texts[ref]
		if !ok {
			return File{}, fmt.Errorf("%s: no such file", ref)
		}
		return File{Source: ref, Data: []byte(head + text), Digest: "sha256:" + ref}, nil
	}
}

// TestLayers: what stands above is replaced by what stands below.
func TestLayers(t *testing.T) {
	c, err := Load(files(map[string]string{
		"repo": "extends: [org, team]\nthresholds: {review: {score: 4}}\n",
		"org":  "thresholds: {review: {score: 5, upper: 8}, reject: {score: 8}}\n",
		"team": "extends: [org]\nthresholds: {review: {upper: 6}}\n",
	}), "repo")
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, l := range c.Layers {
		order = append(order, l.Source)
	}
	if got := strings.Join(order, " "); got != "org team repo" {
		t.Errorf("layers %s", got)
	}
	if fmt.Sprint(c.Thresholds) != "map[reject:map[confirmed:critical score:8] review:map[confirmed:high possible:high score:4 upper:6]]" {
		t.Errorf("thresholds %v", c.Thresholds)
	}
	var changes []string
	for _, ch := range c.Changes {
		changes = append(changes, fmt.Sprintf("%s %s %s %v %v", ch.Setting, ch.From, ch.To, ch.SetBy, ch.Looser))
	}
	want := "thresholds.reject.score 9.0 8 org:3 false; thresholds.review.score 7.0 4 repo:4 false; thresholds.review.upper 9.0 6 team:4 false"
	if got := strings.Join(changes, "; "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestLayersRefused(t *testing.T) {
	for name, c := range map[string]struct {
		texts map[string]string
		want  string
	}{
		"missing":          {map[string]string{"repo": "extends: [org]\n"}, "org: no such file"},
		"itself":           {map[string]string{"repo": "extends: [org]\n", "org": "extends: [repo]\n"}, "repo: extends itself: repo → org → repo"},
		"broken above":     {map[string]string{"repo": "extends: [org]\n", "org": "treshold: {}\n"}, `org:3:1: treshold: unknown field, did you mean "thresholds"?`},
		"locked":           {map[string]string{"repo": "extends: [org]\nthresholds: {reject: {score: 9.5}}\n", "org": "locks: [{setting: thresholds}]\n"}, "repo:4:23: thresholds.reject.score: may not change from 9.0 to 9.5: it is locked by org:3"},
		"locked severity":  {map[string]string{"repo": "extends: [org]\nthresholds: {review: {confirmed: critical, possible: critical}}\n", "org": "locks: [{setting: thresholds.review}]\n"}, "may not change from high to critical: it is locked by org:3"},
		"no stricter side": {map[string]string{"repo": "extends: [org]\nscoring: {formula: amended}\n", "org": "locks: [{setting: scoring}]\n"}, "repo:4:11: scoring.formula: may not change from v0.8 to amended: it is locked by org:3"},
		"lifetime":         {map[string]string{"repo": "extends: [org]\nwaivers: {max_lifetime_days: 91}\n", "org": "waivers: {max_lifetime_days: 90}\nlocks: [{setting: waivers}]\n"}, "may not change from 90 to 91"},
		"signatures":       {map[string]string{"repo": "extends: [org]\nsignatures: {required: false}\n", "org": "signatures: {required: true}\nlocks: [{setting: signatures}]\n"}, "may not change from true to false"},
		"unknown setting":  {map[string]string{"repo": "locks: [{setting: threshold}]\n"}, `repo:3:10: locks[0].setting: unknown setting "threshold", did you mean "thresholds"?`},
		"lock of nothing":  {map[string]string{"repo": "locks: [{reason: x}]\n"}, "repo:3:9: locks[0]: expected one of select, setting and gate"},
		"lock of two":      {map[string]string{"repo": "locks: [{setting: scoring, gate: gate}]\n"}, "expected one of select, setting and gate"},
		"floor of setting": {map[string]string{"repo": "locks: [{setting: scoring, floor: high}]\n"}, "expected select beside floor and waivable"},
		"decisions":        {map[string]string{"repo": "extends: [org]\nscoring: {decisions: accept}\n", "org": "locks: [{setting: scoring.decisions}]\n"}, "repo:4:11: scoring.decisions: may not change from review to accept: it is locked by org:3"},
		"declarations":     {map[string]string{"repo": "extends: [org]\ndisclosure: {not_applicable: accept}\n", "org": "disclosure: {not_applicable: refuse}\nlocks: [{setting: disclosure.not_applicable}]\n"}, "repo:4:14: disclosure.not_applicable: may not change from refuse to accept: it is locked by org:4"},
		"bad decisions":    {map[string]string{"repo": "scoring: {decisions: allow}\n"}, `repo:3:11: scoring.decisions: unknown value "allow", expected one of refuse, review, accept`},
		"possible above":   {map[string]string{"repo": "thresholds: {review: {possible: low}}\n"}, "repo:3: thresholds.review: expected possible to be at least as severe as confirmed, got low and high"},
		"bad selector":     {map[string]string{"repo": "rules: [{select: egress-open, severity: low}]\n"}, `repo:3:10: rules[0].select: expected a rule such as L4/egress-open, L4/*, org.acme/*, @collection, kind:gap or *, got "egress-open"`},
		"bad kind":         {map[string]string{"repo": "rules: [{select: kind:gaps, severity: low}]\n"}, `unknown kind "gaps", did you mean "gap"?`},
		"nothing said":     {map[string]string{"repo": "rules: [{select: L4/x}]\n"}, "repo:3:9: rules[0]: expected severity or action"},
		"off and severity": {map[string]string{"repo": "rules: [{select: L4/x, action: off, severity: low, reason: r}]\n"}, "a rule that is off has no severity"},
		"off, no reason":   {map[string]string{"repo": "rules: [{select: L4/x, action: off}]\n"}, "expected a reason for action: off"},
	} {
		if _, err := Load(files(c.texts), "repo"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s\ngot  %v\nwant %s", name, err, c.want)
		}
	}
}

// TestTightenLocked: a lock forbids one direction only.
func TestTightenLocked(t *testing.T) {
	c, err := Load(files(map[string]string{
		"repo": "extends: [org]\nthresholds: {reject: {score: 8, confirmed: high}}\nwaivers: {max_lifetime_days: 30}\nsignatures: {required: true}\n",
		"org":  "locks: [{setting: thresholds}, {setting: waivers.max_lifetime_days}, {setting: signatures}]\n",
	}), "repo")
	if err != nil || c.Waivers.MaxLifetime != 30 || !c.SignedOnly || threshold(c, "reject", "confirmed") != "high" {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestFlags(t *testing.T) {
	if c, err := Flags("scoring.decisions=refuse"); err != nil || c.Decisions != RefuseDecisions || c.Changes[0].Looser {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err := Flags("disclosure.not_applicable=refuse"); err != nil || !c.Demand.RefuseNotApplicable || c.Changes[0].Looser {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err := Parse("f", []byte(head+"scoring: {decisions: accept}\n")); err != nil || c.Decisions != AcceptDecisions || !c.Changes[0].Looser {
		t.Errorf("%+v, %v", c, err)
	}
	c, err := Flags("thresholds.reject.score=8.5", "waivers.max_lifetime_days=30", "rules[L4/*]=high")
	if err != nil || fmt.Sprint(threshold(c, "reject", "score")) != "8.5" || c.Waivers.MaxLifetime != 30 {
		t.Fatalf("%+v, %v", c, err)
	}
	if got := c.Changes[0].SetBy.String(); got != "--set thresholds.reject.score=8.5" {
		t.Errorf("set by %s", got)
	}
	for flag, want := range map[string]string{
		"thresholds.reject.score=9.5":    "--set thresholds.reject.score=9.5: a flag may only tighten, and 9.0 is set by default",
		"disclosure.not_applicable=deny": `unknown value "deny", expected one of accept, refuse`,
		"scoring.decisions=accept":       "--set scoring.decisions=accept: a flag may only tighten, and review is set by default",
		"thresholds.reject.score=x":      `--set thresholds.reject.score=x: expected a number, got the text "x"`,
		"thresholds.reject.score=11":     "--set thresholds.reject.score=11: expected at most 10, got 11",
		"thresholds.reject.scor=8":       `unknown setting "thresholds.reject.scor", did you mean "thresholds.reject.score"?`,
		"assurance.max_age_days=0":       "expected at least 1, got 0",
		"disclosure.floor=[]":            "a flag may only tighten",
		"scoring.formula=amended":        "has no stricter side",
		"thresholds.reject.score":        "expected name=value",
		"thresholds.reject.score=":       "expected name=value",
		"rules[L4/*]=hi":                 `--set rules[L4/*]=hi: unknown value "hi"`,
		"rules[egress]=high":             `--set rules[egress]=high: expected a rule such as`,
		"rules[L4/*=high":                `unknown setting "rules[L4/*"`,
	} {
		if _, err := Flags(flag); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot  %v\nwant %s", flag, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(head + "extends: [a]\nrules: [{select: L4/*, action: off, reason: r}]\nlocks: [{setting: thresholds}]\n"))
	f.Add([]byte(head + "policies: [a, {path: b, trusted: true}]\nwaivers: {files: [w], max_lifetime_days: 3}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("f.yaml", data)
		if err == nil {
			_, _ = c.Resolve(catalogue(), []string{"gate"})
		}
	})
}
