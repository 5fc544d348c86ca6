package aivss

import (
	"encoding/json"
	"strings"
	"testing"
)

func valid() Input {
	return Input{Formula: V08, Set: &SetV05, CVSSBase: 85, Factors: halfSteps(11), Threat: 97, Mitigation: 100}
}

func TestScoreRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Input)
		want   string
	}{
		"no formula":         {func(in *Input) { in.Formula = Formula{} }, "formula: expected one of v0.8, amended, v0.5"},
		"no set":             {func(in *Input) { in.Set = nil }, "factor set: expected one of v0.5, v0.8"},
		"base":               {func(in *Input) { in.CVSSBase = 101 }, "CVSS base: expected 0.0 to 10.0, got 10.1"},
		"factor":             {func(in *Input) { in.Factors[3] = 101 }, "dynamic_tool_use: expected 0 to 1, got 1.01"},
		"threat":             {func(in *Input) { in.Threat = 0 }, "threat: expected attacked, poc, unreported or 0.9 to 2.0, got 0.0"},
		"mitigation":         {func(in *Input) { in.Mitigation = 101 }, "mitigation: expected none, partial, strong or 0.5 to 1.0, got 1.01"},
		"mitigation in v0.5": {func(in *Input) { in.Formula, in.Mitigation = V05, 83 }, "mitigation: formula v0.5 has none, expected 1.0, got 0.83"},
	} {
		t.Run(name, func(t *testing.T) {
			in := valid()
			c.change(&in)
			if _, err := Score(in); err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestOffRubric(t *testing.T) {
	in := valid()
	if off := in.OffRubric(); len(off) != 0 {
		t.Errorf("rubric values marked %v", off)
	}
	in.Factors[0], in.Threat, in.Mitigation = 80, 110, 70
	if got := strings.Join(in.OffRubric(), " "); got != "autonomy_of_action threat mitigation" {
		t.Errorf("got %q", got)
	}
}

func TestFactorSets(t *testing.T) {
	for _, s := range FactorSets() {
		seen := map[string]string{}
		for i, f := range s.Factors {
			for _, name := range append([]string{f.ID}, f.Aliases...) {
				if other, ok := seen[name]; ok {
					t.Errorf("%s: %q means %s and %s", s.Name, name, other, f.ID)
				}
				seen[name] = f.ID
				if got, ok := s.Index(name); !ok || got != i {
					t.Errorf("%s: Index(%q) = %d, %v", s.Name, name, got, ok)
				}
			}
			if f.Name == "" || f.Asks == "" || f.Rubric[0] == "" || f.Rubric[1] == "" || f.Rubric[2] == "" {
				t.Errorf("%s: %s is incomplete", s.Name, f.ID)
			}
		}
	}
	// The two concepts that only one set has are never translated.
	if _, ok := SetV08.Index("goal_driven_planning"); ok {
		t.Error("v0.8 accepts goal_driven_planning")
	}
	if _, ok := SetV05.Index("language"); ok {
		t.Error("v0.5 accepts language")
	}
}

func TestBands(t *testing.T) {
	for score, want := range map[Tenths]Severity{0: None, 1: Low, 39: Low, 40: Medium, 69: Medium, 70: High, 89: High, 90: Critical, 100: Critical} {
		if got := Band(score); got != want {
			t.Errorf("Band(%v) = %s, want %s", score, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]Hundredths{"0": 0, "1": 100, "0.5": 50, "0.97": 97, "1.10": 110, "0.500": 50, "-0.25": -25} {
		if got, err := ParseHundredths(text); err != nil || got != want {
			t.Errorf("ParseHundredths(%q) = %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", ".5", "1.", "1e2", "NaN", "Inf", "0x1", "1_0", "0.123", "+1", "--1", "1.2.3", "9999999999", "1 "} {
		if got, err := ParseHundredths(text); err == nil {
			t.Errorf("ParseHundredths(%q) = %v, expected an error", text, got)
		}
	}
	out, err := json.Marshal(map[string]any{"t": Tenths(90), "h": Hundredths(97), "e": Exact(130950000)})
	if err != nil || string(out) != `{"e":"1.3095","h":0.97,"t":9.0}` {
		t.Errorf("%s, %v", out, err)
	}
}

func TestParseVector(t *testing.T) {
	const base = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H"
	v, err := ParseVector(base + "/E:P")
	if err != nil || v.String() != base || v.Base() != 100 || v.Threat != "P" {
		t.Errorf("%+v, %v: the threat metric must not enter the base score", v, err)
	}
	for text, want := range map[string]string{
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H": `is CVSS v3 or older, whose scores AIVSS cannot start from; expected a CVSS v4.0 vector that begins with CVSS:4.0/`,
		"":                                       `expected a CVSS v4.0 vector that begins with CVSS:4.0/, got ""`,
		strings.Replace(base, "/SA:H", "", 1):    "base metric SA (Subsequent System Availability) is missing, expected one of N, L, H",
		strings.Replace(base, "PR:N", "PR:X", 1): `PR (Privileges Required): expected one of H, L, N, got "X"`,
		base + "/AV:N":                           "metric AV is given twice",
		base + "/ZZ:N":                           "unknown metric ZZ, expected the metrics of CVSS v4.0",
		base + "/":                               `expected METRIC:VALUE, got ""`,
		strings.Replace(base, "AV:N/AC:L", "AC:L/AV:N", 1): "invalid metric order",
	} {
		if _, err := ParseVector(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}

func FuzzParseVector(f *testing.F) {
	for _, v := range readVectors(f) {
		f.Add(v.CVSSVector)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := ParseVector(text)
		if err != nil {
			return
		}
		if v.Base() < 0 || v.Base() > 100 {
			t.Errorf("base %v", v.Base())
		}
		again, err := ParseVector(v.String())
		if err != nil || again.String() != v.String() || again.Base() != v.Base() {
			t.Errorf("%q does not survive a round trip: %+v, %v", text, again, err)
		}
	})
}

func FuzzScore(f *testing.F) {
	f.Add(85, 540, 97, 100, 3)
	f.Fuzz(func(t *testing.T, base, sum, threat, mitigation, which int) {
		in := Input{Formula: Formulas()[(which%3+3)%3], Set: &SetV05, CVSSBase: Tenths(base), Threat: Hundredths(threat), Mitigation: Hundredths(mitigation)}
		for i := range in.Factors {
			in.Factors[i] = Hundredths(min(sum, 100))
			sum -= min(sum, 100)
		}
		got, err := Score(in)
		if err != nil {
			return
		}
		if got.Score < 0 || got.Score > 100 || got.Severity != Band(got.Score) {
			t.Errorf("%+v: %+v", in, got)
		}
		compare(t, in)
		if in.Formula.Name == Amended.Name && in.Threat <= 100 && got.Score < in.CVSSBase {
			t.Errorf("%+v: amended score %v below the base", in, got.Score)
		}
		// One more step of a factor never lowers the score.
		for i := range in.Factors {
			if in.Factors[i] < 100 {
				in.Factors[i]++
				if more := must(Score(in)); more.Score < got.Score {
					t.Errorf("%+v: %v falls to %v", in, got.Score, more.Score)
				}
				break
			}
		}
	})
}

func BenchmarkScore(b *testing.B) {
	in := valid()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Score(in); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseVector(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseVector("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H"); err != nil {
			b.Fatal(err)
		}
	}
}
