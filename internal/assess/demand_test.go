package assess

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// withEvidence gives the facts of a profile sources at random, and declares some
// others not applicable; nil where the profile is none: it contradicts itself, or completes a list that is not there.
func withEvidence(t *testing.T, r *rand.Rand, p *profile.Profile) *profile.Profile {
	t.Helper()
	sources, named, moot := map[string]any{}, map[string]any{}, []any{}
	for i, assurance := range profile.Assurances() {
		sources[fmt.Sprint("s", i)] = map[string]any{"kind": "test", "assurance": assurance, "retrieved": fmt.Sprintf("2026-%02d-01", 3+r.Intn(8))}
	}
	some := func() string { return fmt.Sprint("s", r.Intn(4)) }
	for _, f := range facts.Vocabulary(p) {
		switch _, ok := p.Lookup(f.Pointer); {
		case ok && r.Intn(2) == 0:
			named[f.Pointer] = some()
		case !ok && r.Intn(8) == 0:
			moot = append(moot, map[string]any{"fact": f.Pointer, "because": "b"})
		}
	}
	root := maps.Clone(p.Input())
	root["not_applicable"] = moot
	root["evidence"] = map[string]any{"sources": sources, "facts": named, "default": some()}
	data, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	profiles, err := profile.Load("random.json", data)
	if err != nil {
		return nil
	}
	return profiles[0]
}

// TestMoreDemandNeverMakesLaxer: who asks for better or newer evidence never gets
// a laxer decision, nor a score that may be lower, of the examples and of random
// agents.
func TestMoreDemandNeverMakesLaxer(t *testing.T) {
	if testing.Short() {
		t.Skip("long, in one goroutine")
	}
	r := rand.New(rand.NewSource(5))
	vouched := ""
	for i := range profile.Assurances() {
		vouched += fmt.Sprintf("{source: s%d, agent: NAME, up_to: verified, because: b}, ", i)
	}
	base := assessor(t)
	stricter, judged := 0, 0
	for round := range golden.Rounds(40 * len(examples)) {
		var p *profile.Profile
		if round < len(examples) {
			p = example(t, examples[round])
		} else if p = withEvidence(t, r, randomAgent(t, r)); p == nil {
			continue
		}
		judged++
		text := fmt.Sprintf("thresholds: {reject: {score: %d}, review: {score: %d, upper: %d}}\n", 6+r.Intn(5), 3+r.Intn(8), 6+r.Intn(5)) +
			"assurance: {vouched: [" + strings.ReplaceAll(vouched, "NAME", p.Metadata.Name) + "]}\n"
		var before *verdict.Verdict
		for _, flags := range [][]string{{}, {"assurance.minimum=documented"}, {"assurance.minimum=attested"}, {"assurance.minimum=verified"},
			{"assurance.minimum=verified", "assurance.max_age_days=200"}, {"assurance.minimum=verified", "assurance.max_age_days=100"}, {"assurance.minimum=verified", "assurance.max_age_days=100", "disclosure.not_applicable=refuse"}} {
			a, err := configured(t, base, text, flags...)
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			after := assess(t, a, p)
			if before == nil {
				before = after
			}
			if before.Decision.Stricter(after.Decision) || after.Score.Low < before.Score.Low {
				data, _ := json.Marshal(p.Input())
				t.Fatalf("round %d, %v: %s becomes %s, low %v becomes %v\n%v\n%s", round, flags, before.Decision, after.Decision,
					before.Score.Low, after.Score.Low, verdict.Compare(before, after), data)
			}
			if after.Decision.Stricter(before.Decision) {
				stricter++
			}
			before = after
		}
	}
	if golden.Exhaustive() && (stricter < 10 || judged < 100) {
		t.Errorf("only %d of %d verdicts became stricter", stricter, judged)
	}
}

// TestTheDayOfJudgement: it stands in the verdict where it decides.
func TestTheDayOfJudgement(t *testing.T) {
	a := assessor(t)
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	a.day = day
	if v := assess(t, a, load(t, "model: {card: true}\n")); v.EffectiveTime != "" {
		t.Errorf("got %s, though no fact has an end", v.EffectiveTime)
	}
	p := load(t, "compliance: {certifications: [{id: soc2, scope: true, valid_until: 2026-11-24}]}\n")
	held := func(v *verdict.Verdict) bool {
		for _, f := range v.Findings {
			if f.Rule == "L6/attestation-held" {
				return true
			}
		}
		return false
	}
	if v := assess(t, a, p); v.EffectiveTime != "2026-11-24" || !held(v) || len(v.Discounted) > 0 {
		t.Errorf("on its last day: %s, held %v, %v", v.EffectiveTime, held(v), v.Discounted)
	}
	a.day = day.AddDate(0, 0, 1)
	if v := assess(t, a, p); held(v) || len(v.Discounted) != 1 || v.Discounted[0].Line == 0 {
		t.Errorf("on the day after: held %v, %v", held(v), v.Discounted)
	}
}

// TestDemandMakesFactsUndisclosed: only what speaks for the agent, with its line.
func TestDemandMakesFactsUndisclosed(t *testing.T) {
	a := assessor(t)
	a.config.Demand.Minimum = "documented"
	p := example(t, "lutra-ai")
	v := assess(t, a, p)
	if len(v.Discounted) == 0 || v.Discounted[0].Line == 0 || v.Discounted[0].Why != "claimed, expected documented or better" {
		t.Errorf("discounted %+v", v.Discounted)
	}
	for _, d := range v.Discounted {
		if value, _ := p.Lookup(d.Fact); value == false {
			t.Errorf("%s: %v is against the agent and was discounted", d.Fact, value)
		}
	}
	all := assess(t, assessor(t), p)
	for i, l := range v.Layers {
		if l.Disclosed > all.Layers[i].Disclosed {
			t.Errorf("%s: %d facts disclosed, before %d", l.ID, l.Disclosed, all.Layers[i].Disclosed)
		}
	}
	if v.EffectiveTime != "" {
		t.Errorf("effective time %s, though no age is demanded", v.EffectiveTime)
	}
}
