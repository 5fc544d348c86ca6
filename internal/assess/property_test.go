package assess

import (
	"context"
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/undisclosed"
	"github.com/audition-dev/audition/internal/verdict"
	"github.com/audition-dev/audition/internal/waiver"
)

// examples are the agents that random ones are made of.
var examples = []string{
	"browser-agent", "coding-agent", "desktop-helper", "internal-analyst", "lutra-ai",
	"orchestrator", "payments-agent", "release-notes", "support-bot",
}

// randomAgent is an example of which some facts are as they happen to be.
func randomAgent(t *testing.T, r *rand.Rand) *profile.Profile {
	p := example(t, examples[r.Intn(len(examples))])
	for _, f := range facts.Vocabulary(p) {
		if a := undisclosed.Answers(f); len(a) > 0 && r.Intn(12) == 0 {
			p = p.WithAll(undisclosed.Saying(f.Pointer, a[r.Intn(len(a))])...)
		}
	}
	return p
}

// configured makes an assessor judge by a configuration and flags below it.
func configured(t *testing.T, base *Assessor, text string, flags ...string) (*Assessor, error) {
	t.Helper()
	open := func(*config.Layer, string) (config.File, error) {
		return config.File{Source: "audition.yaml", Data: []byte("apiVersion: audition/v1\nkind: Configuration\n" + text)}, nil
	}
	cfg, err := config.Load(open, "audition.yaml", flags...)
	if err != nil {
		return nil, err
	}
	return New(context.Background(), base.engine, base.framework, cfg, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), base.options)
}

// someConfiguration says what it likes of thresholds and rules.
func someConfiguration(r *rand.Rand, rules []maestro.Rule) string {
	severity := func() string { return string(maestro.Severities()[r.Intn(5)]) }
	text := fmt.Sprintf("thresholds: {reject: {score: %d, confirmed: %s}, review: {score: %d, upper: %d}}\nrules:\n",
		5+r.Intn(6), severity(), 3+r.Intn(8), 5+r.Intn(6))
	picked := map[string]bool{}
	for range 8 {
		id := rules[r.Intn(len(rules))]
		switch {
		case picked[id.ID] || id.Kind == maestro.Strength:
		case r.Intn(3) == 0:
			text += fmt.Sprintf("  - {select: %s, severity: %s}\n", id.ID, severity())
		case r.Intn(2) == 0:
			text += fmt.Sprintf("  - {select: %s, action: warn, reason: r}\n", id.ID)
		default:
			text += fmt.Sprintf("  - {select: %s, action: off, reason: r}\n", id.ID)
		}
		picked[id.ID] = true
	}
	return text + "  - {select: kind:strength, action: enforce}\n"
}

// TestTighteningNeverMakesLaxer: whatever the configuration says, and whatever a
// flag that is accepted tightens, the decision does not become laxer.
func TestTighteningNeverMakesLaxer(t *testing.T) {
	if testing.Short() {
		t.Skip("long, in one goroutine")
	}
	r := rand.New(rand.NewSource(1))
	base := assessor(t)
	stricter := 0
	for range golden.Rounds(120) {
		text := someConfiguration(r, base.engine.Rules())
		a, err := configured(t, base, text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		severity := maestro.Severities()[r.Intn(5)]
		flag := []string{
			fmt.Sprintf("thresholds.reject.score=%d", r.Intn(11)), fmt.Sprintf("thresholds.review.score=%d", r.Intn(11)),
			fmt.Sprintf("thresholds.review.upper=%d", r.Intn(11)), fmt.Sprintf("thresholds.reject.confirmed=%s", severity),
			fmt.Sprintf("thresholds.review.confirmed=%s", severity), fmt.Sprintf("rules[*]=%s", severity),
			fmt.Sprintf("rules[kind:gap]=%s", severity), fmt.Sprintf("rules[XL/*]=%s", severity),
		}[r.Intn(8)]
		b, err := configured(t, base, text, flag)
		if err != nil {
			continue // a flag that would loosen is refused
		}
		for range 4 {
			p := randomAgent(t, r)
			before, after := assess(t, a, p), assess(t, b, p)
			if before.Decision.Stricter(after.Decision) {
				t.Fatalf("--set %s: %s becomes %s\n%s%v", flag, before.Decision, after.Decision, text, verdict.Compare(before, after))
			}
			if after.Decision.Stricter(before.Decision) {
				stricter++
			}
		}
	}
	if golden.Exhaustive() && stricter < 10 {
		t.Errorf("only %d verdicts became stricter", stricter)
	}
}

// TestEnforcingNeverMakesLaxer: a rule that runs again, at whatever severity,
// never hides what counted while it was off or warned.
func TestEnforcingNeverMakesLaxer(t *testing.T) {
	if testing.Short() {
		t.Skip("long, in one goroutine")
	}
	r := rand.New(rand.NewSource(2))
	base := assessor(t)
	var covers []string
	for _, rule := range base.engine.Rules() {
		covers = append(covers, rule.SuppressedBy...)
	}
	slices.Sort(covers)
	covers = slices.Compact(covers)
	for _, id := range covers {
		action := []string{"off", "warn"}[r.Intn(2)]
		severity := maestro.Severities()[r.Intn(5)]
		loose, err := configured(t, base, fmt.Sprintf("rules: [{select: %s, action: %s, reason: r}]\n", id, action))
		if err != nil {
			t.Fatal(err)
		}
		strict, err := configured(t, base, fmt.Sprintf("rules: [{select: %s, severity: %s}]\n", id, severity))
		if err != nil {
			t.Fatal(err)
		}
		for range 6 {
			p := randomAgent(t, r)
			if x, y := assess(t, loose, p), assess(t, strict, p); x.Decision.Stricter(y.Decision) {
				t.Errorf("%s from %s to %s: %s becomes %s\n%v", id, action, severity, x.Decision, y.Decision, verdict.Compare(x, y))
			}
		}
	}
}

// TestWaiversNeverMakeStricter: one more waiver never makes a decision stricter,
// and changes nothing but what it waives.
func TestWaiversNeverMakeStricter(t *testing.T) {
	if testing.Short() {
		t.Skip("long, in one goroutine")
	}
	r := rand.New(rand.NewSource(3))
	base := assessor(t)
	base.day = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	locked, err := configured(t, base, "locks: [{select: L4/*, waivable: false}, {select: L5/*, waivable: false}]\n")
	if err != nil {
		t.Fatal(err)
	}
	laxer := 0
	for range golden.Rounds(60) {
		p := randomAgent(t, r)
		a := *base
		if r.Intn(2) == 0 { // what may not be waived counts again where a cover is
			a.consequences = locked.consequences
		}
		before := assess(t, &a, p)
		for step := range 6 {
			if len(before.Findings) == 0 {
				break
			}
			f := before.Findings[r.Intn(len(before.Findings))]
			a.options.Waivers = append(slices.Clone(a.options.Waivers), waiver.Waiver{
				Rule: f.Rule, Term: []string{f.Term, ""}[r.Intn(2)], Agent: p.Metadata.Name, Reason: "r", Owner: "o",
				Created: a.day.AddDate(0, 0, -r.Intn(40)+5), Expires: a.day.AddDate(0, 0, r.Intn(60)-10),
				ProfileDigest: []string{"", p.Digest(), "sha256:0"}[r.Intn(3)], Source: "waivers.yaml", Line: step + 1,
			})
			after := assess(t, &a, p)
			if after.Decision.Stricter(before.Decision) {
				t.Fatalf("%+v makes %s of %s", a.options.Waivers[step], after.Decision, before.Decision)
			}
			if len(after.Findings) != len(before.Findings) {
				t.Fatalf("%d findings, before %d", len(after.Findings), len(before.Findings))
			}
			if before.Decision.Stricter(after.Decision) {
				laxer++
			}
			before = after
		}
	}
	if golden.Exhaustive() && laxer == 0 {
		t.Error("no waiver ever had an effect")
	}
}

// TestOrderOfSourcesDoesNotMatter: only the list of sources shows it.
func TestOrderOfSourcesDoesNotMatter(t *testing.T) {
	source := func(name, severity string) rego.Source {
		rule := "# METADATA\n# title: T\n# description: D\n# custom: {kind: weakness, layers: [L3], severity: " + severity + ", remediation: R}\n" +
			"package org." + name + ".rule\n\nfindings contains {\"facts\": [[\"model\", \"name\"]]} if input.metadata.name\n"
		gate := "package org." + name + ".gate\n\nreview contains \"" + name + " asks\" if count(input.findings) > 0\n"
		return rego.Source{Name: name, FS: fstest.MapFS{"rule.rego": {Data: []byte(rule)}, "gate.rego": {Data: []byte(gate)}}}
	}
	sources := []rego.Source{source("one", "high"), source("two", "critical"), source("three", "low")}
	r := rand.New(rand.NewSource(4))
	var want *verdict.Verdict
	for range 6 {
		r.Shuffle(len(sources), func(i, j int) { sources[i], sources[j] = sources[j], sources[i] })
		got := assess(t, assessor(t, sources...), example(t, "lutra-ai"))
		if want == nil {
			want = got
		}
		elsewhere, err := verdict.Elsewhere(want, got)
		if err != nil || len(elsewhere) > 0 {
			t.Errorf("%v, %v", elsewhere, err)
		}
	}
}
