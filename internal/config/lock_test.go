package config

import (
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/maestro"
)

// TestLocksBind: a lock binds every layer that the one with the lock does not
// itself extend, wherever a list of extends has it.
func TestLocksBind(t *testing.T) {
	const bank = "locks: [{setting: thresholds}, {setting: scoring.decisions}, {select: L4/*}, {gate: gate}]\n"
	orders := map[string]string{
		"above": "extends: [bank, loose]\n", "below": "extends: [loose, bank]\n",
		"between": "extends: [loose, bank, other]\n", "through": "extends: [loose, middle]\n",
	}
	for order, team := range orders {
		for name, c := range map[string]struct{ loose, want string }{
			"threshold": {"thresholds: {reject: {score: 9.5}}\n", "loose:3:23: thresholds.reject.score: may not change from 9.0 to 9.5: it is locked by bank:3"},
			"off":       {"rules: [{select: L4/egress-open, action: off, reason: r}]\n", "loose:3:9: rules[0]: L4/egress-open may not be set to off: it is locked by bank:3"},
			"severity":  {"rules: [{select: '*', severity: low}]\n", "loose:3:9: rules[0]: L4/egress-open may not fall below high, which is locked by bank:3; got low"},
			"gate":      {"gates: [{gate: gate, action: off, reason: r}]\n", "loose:3:9: gates[0]: gate may not be set to off: it is locked by bank:3"},
			"tighter":   {"thresholds: {reject: {score: 8}}\nrules: [{select: L4/egress-open, severity: critical}]\n", ""},
			"assessed":  {"scoring: {assessments: [a.yaml]}\n", "loose:3:11: scoring.assessments: expected none: scoring.decisions is locked by bank:3"},
			"decided":   {"scoring: {decisions: accept}\n", "loose:3:11: scoring.decisions: may not change from review to accept: it is locked by bank:3"},
			"another":   {"rules: [{select: XL/*, severity: low}]\n", ""},
		} {
			if err := judgedBy(map[string]string{"team": team, "bank": bank, "loose": c.loose, "other": "", "middle": "extends: [bank]\n"}); said(err) != said(c.want) {
				t.Errorf("%s, %s\ngot  %v\nwant %s", name, order, err, c.want)
			}
		}
	}
	// What the bank itself extends may be as it is: the bank stands below it.
	for _, team := range []string{"extends: [bank]\n", "extends: [loose, bank]\n", "extends: [bank, loose]\n"} {
		if err := judgedBy(map[string]string{"team": team, "bank": "extends: [loose]\n" + bank, "loose": "thresholds: {reject: {score: 9.5}}\ngates: [{gate: gate, action: off, reason: r}]\n"}); err != nil {
			t.Error(err)
		}
	}
	// Of two that do not extend each other each binds the other.
	want := "may not change from 8 to 8.5: it is locked by bank:4"
	for _, team := range []string{"extends: [bank, loose]\n", "extends: [loose, bank]\n"} {
		err := judgedBy(map[string]string{
			"team": team, "bank": "thresholds: {reject: {score: 8}}\nlocks: [{setting: thresholds}]\n", "loose": "thresholds: {reject: {score: 8.5}}\nlocks: [{setting: thresholds}]\n",
		})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%sgot %v, want %s", team, err, want)
		}
	}
}

// judgedBy loads the configuration called team, with two flags, and resolves it.
func judgedBy(texts map[string]string) error {
	c, err := Load(files(texts), "team", "thresholds.review.score=5", "rules[XL/*]=high")
	if err == nil {
		_, err = c.Resolve(catalogue(), []string{"gate", "org.acme.gate"})
	}
	return err
}

// TestStrictestLock: of several locks on one rule the strictest holds, whatever
// the order.
func TestStrictestLock(t *testing.T) {
	const high, low = "{select: XL/trifecta, floor: high}", "{select: XL/*, floor: low}"
	// The lock is on a rule that was lowered before, so that a floor of low is the
	// laxer of the two.
	const lowered = "rules: [{select: XL/trifecta, severity: info}]\n"
	for name, layers := range map[string][]string{
		"high, low":            {lowered, "locks: [" + high + ", " + low + "]\n"},
		"low, high":            {lowered, "locks: [" + low + ", " + high + "]\n"},
		"high above low":       {lowered, "locks: [" + high + "]\n", "locks: [" + low + "]\n"},
		"low above high":       {lowered, "locks: [" + low + "]\n", "locks: [" + high + "]\n"},
		"and one of no effect": {lowered, "locks: [" + high + "]\n", "locks: [{select: '*'}]\n"},
	} {
		q, err := made(t, nil, layers...)
		if err != nil {
			t.Fatal(name, err)
		}
		if s, _, _ := q.Of(catalogue()[3]); s != maestro.High {
			t.Errorf("%s: got %s, want high", name, s)
		}
		// A finding's own severity is held too.
		lower := append(layers, "rules: [{select: XL/trifecta, severity: high}]\n")
		if q, err = made(t, nil, lower...); err != nil {
			t.Fatal(name, err)
		}
		if f := q.Apply([]maestro.Finding{found("XL/trifecta", maestro.Info, maestro.Confirmed)})[0]; f.Severity != maestro.High {
			t.Errorf("%s: a finding has %s, want high", name, f.Severity)
		}
		_, err = made(t, nil, append(layers, "rules: [{select: XL/trifecta, severity: medium}]\n")...)
		if err == nil || !strings.Contains(err.Error(), "may not fall below high, which is locked by l") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	// What a finding has of its own is guarded by the strictest lock, also where a
	// later one says less.
	q, err := made(t, nil, "locks: [{select: L4/egress-open, floor: critical}]\n", "locks: [{select: L4/egress-open, floor: low}]\n", "rules: [{select: L4/egress-open, severity: critical}]\n")
	if err != nil {
		t.Fatal(err)
	}
	q.rules["L4/egress-open"].steps[2].Severity = maestro.Low // as if the guard of a rule had let it through
	if f := q.Apply([]maestro.Finding{found("L4/egress-open", maestro.High, maestro.Confirmed)})[0]; f.Severity != maestro.Critical {
		t.Errorf("a finding has %s, want critical", f.Severity)
	}
}

// TestTightens: a layer that may only tighten lowers nothing, findings with a
// severity of their own included.
func TestTightens(t *testing.T) {
	tightens := func(text string) (*Consequences, error) {
		upper := files(map[string]string{"org": "rules: [{select: L4/egress-open, action: warn, reason: r}]\n"})
		open := func(from *Layer, ref string) (File, error) {
			if ref == "org" {
				return upper(from, ref)
			}
			return File{Source: ref, Data: []byte(head + "extends: [org]\n" + text), Tightens: true}, nil
		}
		c, err := Load(open, "found")
		if err != nil {
			return nil, err
		}
		return c.Resolve(catalogue(), []string{"gate"})
	}
	for text, want := range map[string]string{
		"thresholds: {reject: {score: 9.1}}":                            "found:4:23: thresholds.reject.score: may not change from 9.0 to 9.1: ",
		"scoring: {formula: amended}":                                   "found:4:11: scoring.formula: may not change from v0.8 to amended: ",
		"rules: [{select: L4/egress-open, severity: medium}]":           "found:4:9: rules[0]: L4/egress-open may not change from high, warn to medium, enforce: ",
		"rules: [{select: XL/trifecta, action: off, reason: r}]":        "found:4:9: rules[0]: XL/trifecta may not change from critical, enforce to critical, off: ",
		"rules: [{select: L4/egress-open, action: off, reason: r}]":     "found:4:9: rules[0]: L4/egress-open may not change from high, warn to high, off: ",
		"gates: [{gate: gate, action: off, reason: r}]":                 "found:4:9: gates[0]: gate may not be set to off: ",
		"rules: [{select: '*', severity: low}, {select: L9/*}]\nx-a: 1": "",
	} {
		_, err := tightens(text + "\n")
		if err == nil || want != "" && err.Error() != want+onlyTightens {
			t.Errorf("%s\ngot  %v\nwant %s", text, err, want+onlyTightens)
		}
	}
	q, err := tightens("rules: [{select: L4/egress-open, severity: high}]\n")
	if err != nil {
		t.Fatal(err)
	}
	if f := q.Apply([]maestro.Finding{found("L4/egress-open", maestro.Critical, maestro.Confirmed)})[0]; f.Severity != maestro.Critical || f.Warn {
		t.Errorf("a finding that is critical by itself: %s, warn %v", f.Severity, f.Warn)
	}
}
