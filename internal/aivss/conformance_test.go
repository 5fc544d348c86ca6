package aivss

import (
	"encoding/json"
	"math/big"
	"os"
	"testing"
)

// vector is one entry of testdata/vectors.json; the file describes itself.
type vector struct {
	ID         string                 `json:"id"`
	Formula    string                 `json:"formula"`
	FactorSet  string                 `json:"factor_set"`
	CVSSVector string                 `json:"cvss_vector"`
	CVSSBase   json.Number            `json:"cvss_base"`
	Factors    map[string]json.Number `json:"factors"`
	Threat     json.Number            `json:"threat"`
	Mitigation json.Number            `json:"mitigation"`
	Expect     struct {
		FactorSum string      `json:"factor_sum"`
		AARS      string      `json:"aars"`
		Raw       string      `json:"raw"`
		AIVSS     json.Number `json:"aivss"`
		Severity  Severity    `json:"severity"`
	} `json:"expect"`
	Published *struct {
		AARS     string      `json:"aars"`
		AIVSS    json.Number `json:"aivss"`
		Severity Severity    `json:"severity"`
		Wrong    bool        `json:"wrong"`
	} `json:"published"`
}

func readVectors(t testing.TB) []vector {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Vectors []vector `json:"vectors"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Vectors
}

func (v vector) input(t testing.TB) Input {
	t.Helper()
	in := Input{CVSSBase: must(ParseTenths(v.CVSSBase.String())), Threat: must(ParseHundredths(v.Threat.String())),
		Mitigation: must(ParseHundredths(v.Mitigation.String()))}
	in.Formula, _ = FormulaByName(v.Formula)
	in.Set, _ = FactorSetByName(v.FactorSet)
	if len(v.Factors) != FactorCount {
		t.Fatalf("%d factors", len(v.Factors))
	}
	for name, value := range v.Factors {
		i, ok := in.Set.Index(name)
		if !ok {
			t.Fatalf("factor set %s has no %s", v.FactorSet, name)
		}
		in.Factors[i] = must(ParseHundredths(value.String()))
	}
	return in
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestConformance(t *testing.T) {
	counts := map[string]int{}
	for _, v := range readVectors(t) {
		t.Run(v.ID, func(t *testing.T) {
			in := v.input(t)
			got, err := Score(in)
			if err != nil {
				t.Fatal(err)
			}
			if got.Score.String() != must(ParseTenths(v.Expect.AIVSS.String())).String() || got.Severity != v.Expect.Severity {
				t.Errorf("got %v %v, expect %v %v", got.Score, got.Severity, v.Expect.AIVSS, v.Expect.Severity)
			}
			if got.FactorSum.String() != v.Expect.FactorSum || got.AARS.String() != v.Expect.AARS || got.Raw.String() != v.Expect.Raw {
				t.Errorf("got sum %v, aars %v, raw %v; expect %v, %v, %v", got.FactorSum, got.AARS, got.Raw, v.Expect.FactorSum, v.Expect.AARS, v.Expect.Raw)
			}
			if v.CVSSVector != "" {
				vec, err := ParseVector(v.CVSSVector)
				if err != nil || vec.Base() != in.CVSSBase {
					t.Errorf("%s: base %v, %v; expect %v", v.CVSSVector, vec.Base(), err, in.CVSSBase)
				}
			}
			if v.Published != nil {
				checkPublished(t, v, got)
			}
		})
		counts[v.Formula]++
		if v.Published != nil && v.Published.Wrong {
			counts["wrong"]++
		}
	}
	t.Logf("%d vectors of formula v0.8, %d of amended, %d of v0.5 (in %d of which the published sum is wrong)",
		counts["v0.8"], counts["amended"], counts["v0.5"], counts["wrong"])
	if counts["v0.8"] < 40 || counts["amended"] < 2 || counts["v0.5"] < 10 || counts["wrong"] != 7 {
		t.Errorf("vectors are missing: %v", counts)
	}
}

// checkPublished holds the printed figures against the result: they agree,
// except where the source is known to contradict itself.
func checkPublished(t *testing.T, v vector, got Result) {
	t.Helper()
	printed := must(ParseTenths(v.Published.AIVSS.String()))
	if same := printed == got.Score && v.Published.Severity == got.Severity; same == v.Published.Wrong {
		t.Errorf("published %v %v (wrong: %v), got %v %v", printed, v.Published.Severity, v.Published.Wrong, got.Score, got.Severity)
	}
	if v.Published.Wrong {
		return
	}
	aars, ok := new(big.Rat).SetString(v.Published.AARS)
	if !ok {
		t.Fatalf("published aars %q", v.Published.AARS)
	}
	diff := new(big.Rat).Sub(aars, big.NewRat(int64(got.AARS), int64(exactUnit)))
	if diff.Abs(diff).Cmp(big.NewRat(1, 100)) > 0 {
		t.Errorf("published aars %v, got %v", v.Published.AARS, got.AARS)
	}
}

// TestGrid compares every legal point of v0.8 with rational arithmetic: 101
// bases × 21 factor sums × 3 threats × 3 mitigations.
func TestGrid(t *testing.T) {
	points := 0
	for base := Tenths(0); base <= 100; base++ {
		for halves := range 2*FactorCount + 1 {
			for _, threat := range ThreatLevels() {
				for _, mitigation := range MitigationLevels() {
					in := Input{Set: &SetV08, CVSSBase: base, Factors: halfSteps(halves), Threat: threat.Value, Mitigation: mitigation.Value}
					for _, f := range Formulas() {
						if !f.Mitigates {
							in.Mitigation = 100
						}
						in.Formula = f
						compare(t, in)
					}
					points++
				}
			}
		}
	}
	t.Logf("%d points of the v0.8 grid, by every formula", points)
	if points != 19_089 {
		t.Errorf("expected 19089 points")
	}
}

func compare(t *testing.T, in Input) {
	t.Helper()
	got, err := Score(in)
	if err != nil {
		t.Fatal(err)
	}
	raw := rational(in)
	if got.Raw.String() != must(parseExact(raw)).String() {
		t.Fatalf("%+v: raw %v, exactly %v", in, got.Raw, raw)
	}
	// floor(raw × 10 + 1/2)
	tenths := new(big.Rat).Add(new(big.Rat).Mul(raw, big.NewRat(10, 1)), big.NewRat(1, 2))
	want := new(big.Int).Quo(tenths.Num(), tenths.Denom()).Int64()
	if int64(got.Score) != min(want, 100) {
		t.Fatalf("%+v: score %v, exactly %v", in, got.Score, raw)
	}
}

// rational is the raw score as the specifications write it.
func rational(in Input) *big.Rat {
	sum := int64(0)
	for _, v := range in.Factors {
		sum += int64(v)
	}
	ten := big.NewRat(10, 1)
	cvss, factors := big.NewRat(int64(in.CVSSBase), 10), big.NewRat(sum, 100)
	threat, mitigation := big.NewRat(int64(in.Threat), 100), big.NewRat(int64(in.Mitigation), 100)
	mul := func(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
	add := func(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }
	if in.Formula.Name == V05.Name {
		return mul(mul(add(cvss, factors), big.NewRat(1, 2)), threat)
	}
	aars := mul(mul(new(big.Rat).Sub(ten, cvss), new(big.Rat).Quo(factors, ten)), threat)
	if in.Formula.Name == Amended.Name {
		return add(cvss, mul(aars, mitigation))
	}
	return mul(add(cvss, aars), mitigation)
}

func parseExact(r *big.Rat) (Exact, error) {
	n, err := parseFixed(r.FloatString(8), 8)
	return Exact(n), err
}

// halfSteps spreads a sum, in halves, over the factors.
func halfSteps(halves int) (f [FactorCount]Hundredths) {
	for i := range f {
		step := min(2, halves)
		f[i] = Hundredths(50 * step)
		halves -= step
	}
	return f
}
