package judge

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/assess/assesstest"
	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/override"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// published is what a threat model says of a subject.
type published struct {
	Factors map[string]float64 `json:"factors"`
	CVSS    float64            `json:"cvss_base"`
	AIVSS   float64            `json:"aivss"`
}

// mark is what a person said of a finding, or of the same words in another agent.
type mark struct{ Agent, Rule, Term, Mark, Why, Message string }

// bounds are the most that the program may differ: on average of all factors and of
// one, of their sum, of the CVSS base and of the AIVSS score; and the least by which
// it has to order the subjects alike.
const (
	mostFactors, mostFactor, mostSum = 0.14, 0.18, 0.8
	mostCVSS, mostAIVSS              = 1.1, 0.8
	leastCorrelation                 = 0.7
)

// Of the findings that people marked at most this share is wrong, and this noise;
// what nobody has marked counts as wrong.
const mostWrong, mostNoise = 0.03, 0.15

// TestJudge prints the table, holds it against README.md and against the bounds.
func TestJudge(t *testing.T) {
	models, readings := map[string]published{}, map[string]map[string]float64{}
	read(t, "published.json", &models)
	read(t, "own.json", &readings)
	slugs := slices.Sorted(maps.Keys(models))
	verdicts := judge(t, slugs)

	var out strings.Builder
	fmt.Fprintf(&out, "# How far the judgement is from that of others\n\n%s\n\n", intro)
	fmt.Fprintf(&out, "| mean absolute difference, %d subjects | program | always the median of the others | estimates by reading (%d subjects) |\n| --- | --- | --- | --- |\n", len(slugs), len(readings))
	row := func(name string, got, want []float64, reading string) float64 {
		d := apart(got, want)
		fmt.Fprintf(&out, "| %s | %.2f | %.2f | %s |\n", name, d, apart(medians(want), want), reading)
		return d
	}
	var all, sums, wantAll, wantSums []float64
	for i, f := range aivss.SetV05.Factors {
		var got, want, read, wantRead []float64
		for _, slug := range slugs {
			got = append(got, float64(verdicts[slug].Score.Factors[i].Value)/100)
			want = append(want, models[slug].Factors[f.ID])
			if own, ok := readings[slug]; ok {
				read, wantRead = append(read, own[f.ID]), append(wantRead, models[slug].Factors[f.ID])
			}
		}
		if d := row(f.Name, got, want, fmt.Sprintf("%.2f", apart(read, wantRead))); d > mostFactor {
			t.Errorf("%s: %.3f, at most %v", f.ID, d, mostFactor)
		}
		all, wantAll = append(all, got...), append(wantAll, want...)
	}
	for i := range slugs {
		sum := func(values []float64) (s float64) {
			for j := i; j < len(values); j += len(slugs) {
				s += values[j]
			}
			return s
		}
		sums, wantSums = append(sums, sum(all)), append(wantSums, sum(wantAll))
	}
	series := func(of func(string) float64) (out []float64) {
		for _, slug := range slugs {
			out = append(out, of(slug))
		}
		return out
	}
	scores, wantScores := series(func(s string) float64 { return float64(verdicts[s].Score.AIVSS) / 10 }), series(func(s string) float64 { return models[s].AIVSS })
	for _, c := range []struct {
		name      string
		got, want []float64
		most      float64
	}{
		{"**all factors**", all, wantAll, mostFactors}, {"**sum of the factors**", sums, wantSums, mostSum},
		{"**CVSS base**", series(func(s string) float64 { return float64(verdicts[s].Score.CVSSBase) / 10 }), series(func(s string) float64 { return models[s].CVSS }), mostCVSS},
		{"**AIVSS**", scores, wantScores, mostAIVSS},
	} {
		if d := row(c.name, c.got, c.want, ""); d > c.most {
			t.Errorf("%s: %.3f, at most %v", c.name, d, c.most)
		}
	}
	r := correlation(scores, wantScores)
	fmt.Fprintf(&out, "\nRank correlation of the AIVSS scores (Spearman): %.2f.\n", r)
	if r < leastCorrelation {
		t.Errorf("rank correlation %.3f, at least %v", r, leastCorrelation)
	}
	out.WriteString(marked(t, verdicts))
	out.WriteString(lutra(t))
	t.Log("\n" + out.String())
	golden.Compare(t, "README.md", []byte(out.String()))
}

const intro = `Of these subjects somebody published a threat model with ten AIVSS factors, a CVSS base and a score. Their profiles were written
from public descriptions without sight of those numbers, and are judged here by the default policy. The published models have
threat multipliers up to 1.10 and mitigation factors of their own; the program decides both by the tables of AIVSS v0.8.
Weights and priors were set with these subjects in view, so of others the program knows less than this table says.
Data and sources: [testdata](testdata/README.md). ` + "`make judge`" + ` makes this page; a test holds its numbers within bounds.`

// marked counts findings by what people said of the same ones.
func marked(t *testing.T, verdicts map[string]*verdict.Verdict) string {
	var marks []mark
	read(t, "marks.json", &marks)
	counts, total := map[string]int{}, 0
	of := map[string]bool{}
	for _, m := range marks {
		of[m.Agent] = true
	}
	for _, slug := range slices.Sorted(maps.Keys(of)) {
		for _, f := range verdicts[slug].Findings {
			if !f.Counts() {
				continue
			}
			i := slices.IndexFunc(marks, func(m mark) bool { return m.Agent == slug && m.Rule == f.Rule && m.Term == f.Term })
			if i < 0 {
				counts["not marked"]++
				t.Logf("not marked: %s %s %s: %s", slug, f.Rule, f.Term, f.Message)
			} else {
				counts[marks[i].Mark]++
				if marks[i].Mark != "right" {
					t.Logf("%s: %s %s %s: %s (%s)", marks[i].Mark, slug, f.Rule, f.Term, f.Message, marks[i].Why)
				}
			}
			total++
		}
	}
	wrong, noise := counts["wrong"]+counts["not marked"], counts["noise"]
	if w, n := float64(wrong)/float64(total), float64(noise)/float64(total); w > mostWrong || n > mostNoise {
		t.Errorf("of %d findings %d are wrong or not marked, and %d noise: at most %v and %v", total, wrong, noise, mostWrong, mostNoise)
	}
	out := fmt.Sprintf("\n| %d findings on %d subjects, as people marked them | |\n| --- | --- |\n", total, len(of))
	for _, word := range []string{"right", "wrong", "noise", "not marked"} {
		out += fmt.Sprintf("| %s | %d (%.0f %%) |\n", word, counts[word], 100*float64(counts[word])/float64(max(total, 1)))
	}
	return out
}

// lutra shows what is derived for Lutra AI beside what its threat model says: the
// example without what it takes over. It was described with sight of the numbers, and
// is not among the others.
func lutra(t *testing.T) string {
	p := load(t, "../../examples/lutra-ai/profile.yaml")
	said := map[string]string{}
	for _, e := range p.Scoring.Decided() {
		said[e.Name] = e.Text
	}
	p.Scoring = override.Scoring{}
	v, err := assessor(t).Assess(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	out := "\n## Lutra AI\n\nThe published threat model that this program began from, and what is derived of the same description:\n\n" +
		"| factor | published | derived | because |\n| --- | --- | --- | --- |\n"
	for _, f := range v.Score.Factors {
		out += fmt.Sprintf("| %s | %s | %v (%v–%v) | %s |\n", f.Name, said[f.ID], f.Value, f.Low, f.High, print.Because(f.Because, f.Low != f.High))
	}
	return out
}

func assessor(t *testing.T) *assess.Assessor {
	t.Helper()
	a, err := assesstest.Builtin(time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC), profile.Demand{}, assess.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// judge judges the profiles of the calibration set by the default policy.
func judge(t *testing.T, slugs []string) map[string]*verdict.Verdict {
	a, out := assessor(t), map[string]*verdict.Verdict{}
	for _, slug := range slugs {
		v, err := a.Assess(context.Background(), load(t, "testdata/"+slug+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		out[slug] = v
	}
	return out
}

func load(t *testing.T, file string) *profile.Profile {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	profiles, err := profile.Load(file, data)
	if err != nil {
		t.Fatal(err)
	}
	return profiles[0]
}

func read(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
