package main

import (
	"encoding/json"
	"fmt"
	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestQuick(t *testing.T) {
	fw, _ := rego.Framework()
	data, _ := os.ReadFile("testdata/published.json")
	var pub map[string]struct {
		Factors           map[string]float64
		CVSS              float64 `json:"cvss_base"`
		Mitigation, AIVSS float64
	}
	if err := json.Unmarshal(data, &pub); err != nil {
		t.Fatal(err)
	}
	b, _ := os.ReadFile("../../policies/estimates.yaml")
	tab, err := facts.ParseTable("estimates.yaml", b)
	if err != nil {
		t.Fatal(err)
	}
	fs, _ := filepath.Glob("testdata/*.yaml")
	sum := map[string]float64{}
	bias := map[string]float64{}
	n := 0.0
	var a, pa []float64
	rows := []string{}
	for _, f := range fs {
		slug := strings.TrimSuffix(filepath.Base(f), ".yaml")
		d, _ := os.ReadFile(f)
		ps, err := profile.Load(f, d)
		if err != nil {
			t.Error(err)
			continue
		}
		p := ps[0]
		r := pub[slug]
		if os.Getenv("ALLAGENT") != "" {
			d = []byte(strings.Replace(string(d), "  subject: ", "  x-subject: ", 1))
			ps, err = profile.Load(f, d)
			if err != nil {
				t.Error(err)
				continue
			}
			p = ps[0]
		}
		e, err := facts.Derive(p, fw).Estimates(p, facts.How{Set: &aivss.SetV05, Table: tab, Mitigate: true})
		if err != nil {
			t.Fatal(err)
		}
		in := aivss.Input{Formula: aivss.V08, Set: &aivss.SetV05, CVSSBase: e.CVSS.Value, Threat: e.Threat.Value, Mitigation: e.Mitigation.Value}
		n++
		tot, ptot := 0.0, 0.0
		diffs := ""
		for i, x := range e.Factors {
			in.Factors[i] = x.Value
			v := float64(x.Value) / 100
			id := e.Set.Factors[i].ID
			sum[id] += math.Abs(v - r.Factors[id])
			bias[id] += v - r.Factors[id]
			tot += v
			ptot += r.Factors[id]
			diffs += fmt.Sprintf("%+.1f ", v-r.Factors[id])
		}
		res, _ := aivss.Score(in)
		s := float64(res.Score) / 10
		c := float64(e.CVSS.Value) / 10
		sum["sum"] += math.Abs(tot - ptot)
		bias["sum"] += tot - ptot
		sum["cvss"] += math.Abs(c - r.CVSS)
		bias["cvss"] += c - r.CVSS
		sum["aivss"] += math.Abs(s - r.AIVSS)
		bias["aivss"] += s - r.AIVSS
		a = append(a, s)
		pa = append(pa, r.AIVSS)
		rows = append(rows, fmt.Sprintf("%5.2f %-34s %-13s aivss %.1f/%.1f cvss %.1f/%.1f sum %.1f/%.1f mf %.2f/%.2f %s %s", math.Abs(s-r.AIVSS), slug, p.Subject().ID, s, r.AIVSS, c, r.CVSS, tot, ptot, float64(e.Mitigation.Value)/100, r.Mitigation, diffs, strings.TrimPrefix(e.CVSS.Vector, "CVSS:4.0/")))
	}
	all := 0.0
	line := ""
	for _, f := range aivss.SetV05.Factors {
		all += sum[f.ID] / n / 10
		line += fmt.Sprintf("%s %.3f(%+.2f) ", f.ID[:6], sum[f.ID]/n, bias[f.ID]/n)
	}
	if os.Getenv("ROWS") != "" {
		for i := range rows {
			for j := i + 1; j < len(rows); j++ {
				if rows[j] > rows[i] {
					rows[i], rows[j] = rows[j], rows[i]
				}
			}
		}
		for _, r := range rows {
			fmt.Println(r)
		}
	}
	fmt.Println(line)
	fmt.Printf("n %v factors %.3f sum %.2f(%+.2f) cvss %.2f(%+.2f) aivss %.2f(%+.2f) spearman %.2f\n", n, all, sum["sum"]/n, bias["sum"]/n, sum["cvss"]/n, bias["cvss"]/n, sum["aivss"]/n, bias["aivss"]/n, spear(a, pa))
}
func ranks(v []float64) []float64 {
	r := make([]float64, len(v))
	for i := range v {
		less, eq := 0, 0
		for j := range v {
			if v[j] < v[i] {
				less++
			} else if v[j] == v[i] {
				eq++
			}
		}
		r[i] = float64(less) + float64(eq-1)/2
	}
	return r
}
func spear(x, y []float64) float64 {
	a, b := ranks(x), ranks(y)
	ma, mb := 0.0, 0.0
	for i := range a {
		ma += a[i]
		mb += b[i]
	}
	ma /= float64(len(a))
	mb /= float64(len(a))
	xy, xx, yy := 0.0, 0.0, 0.0
	for i := range a {
		xy += (a[i] - ma) * (b[i] - mb)
		xx += (a[i] - ma) * (a[i] - ma)
		yy += (b[i] - mb) * (b[i] - mb)
	}
	return xy / math.Sqrt(xx*yy)
}
