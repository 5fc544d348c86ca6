package verdict

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// written is a verdict, changed, as JSON with a line for every value.
func written(t testing.TB, name string, change func(v *Verdict)) []byte {
	t.Helper()
	v := recorded(t, name)
	change(v)
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// contradictions are changes by which a verdict contradicts itself, with what is
// said of them.
var contradictions = map[string]struct {
	change func(v *Verdict)
	want   string
}{
	"known without what from": {func(v *Verdict) { v.Reasons[0].Known = true }, "reasons[0].known: expected enforcement.new_since beside a reason that is known"},
	"known, all counts":       {func(v *Verdict) { v.Reasons[0].Known, v.Enforcement = true, &Enforcement{FailOn: Review} }, "reasons[0].known: expected enforcement.new_since"},
	"laxer than a reason":     {func(v *Verdict) { v.Decision = Approve }, "decision: expected review, as the reasons say, got approve"},
	"laxer than one reason":   {func(v *Verdict) { v.Reasons[1].Decision = Reject }, "decision: expected reject, as the reasons say, got review"},
	"score below":             {func(v *Verdict) { v.Score.Low = v.Score.AIVSS + 1 }, "score.aivss: lies outside of low and high"},
	"score above":             {func(v *Verdict) { v.Score.High = v.Score.AIVSS - 1 }, "score.aivss: lies outside of low and high"},
	"ends swapped":            {func(v *Verdict) { v.Score.Low, v.Score.High = v.Score.High, v.Score.Low }, "score.low: lies above high"},
	"another band":            {func(v *Verdict) { v.Score.Severity = "Low" }, "score.severity: expected High, the band of 7.7, got Low"},
	"factor below":            {func(v *Verdict) { v.Score.Factors[3].Value = v.Score.Factors[3].Low - 1 }, "score.factors[3].value: lies outside of low and high"},
	"factor, ends swapped":    {func(v *Verdict) { v.Score.Factors[3].Low = 100; v.Score.Factors[3].High = 0 }, "score.factors[3].low: lies above high, expected low, value and high in this order"},
	"factor twice":            {func(v *Verdict) { v.Score.Factors[1].ID = v.Score.Factors[0].ID }, "score.factors[1].id: expected goal_driven_planning, factor 2 of set v0.5, got autonomy_of_action"},
	"another set":             {func(v *Verdict) { v.Score.FactorSet = "v0.8" }, "factor 2 of set v0.8, got"},
	"nine factors":            {func(v *Verdict) { v.Score.Factors = v.Score.Factors[1:] }, "score.factors:"},
	"metric, ends swapped":    {func(v *Verdict) { v.Score.CVSSMetrics[5].Low, v.Score.CVSSMetrics[5].High = "H", "N" }, "score.cvss_metrics[5].low: lies above high"},
	"metric, no such value":   {func(v *Verdict) { v.Score.CVSSMetrics[5].Low = "X" }, "score.cvss_metrics[5]: expected values of VC: [N L H]"},
	"no such metric":          {func(v *Verdict) { v.Score.CVSSMetrics[5].ID = "XX" }, "score.cvss_metrics[5].id: expected a base metric of CVSS v4.0, got XX"},
	"no such waiver":          {func(v *Verdict) { v.Findings[0].WaivedBy = "w.yaml:3" }, "findings[0].waived_by: no such waiver of"},
	"waiver of another rule": {func(v *Verdict) {
		v.Findings[0].WaivedBy, v.Waivers = "w.yaml:3", []Waiver{{Source: "w.yaml", Line: 3, Rule: v.Findings[1].Rule}}
	}, "findings[0].waived_by: no such waiver of"},
	"index of nothing": {func(v *Verdict) { n := 0; v.Findings[0].Waiver = &n }, "findings[0].waiver: expected waived_by beside it"},
	"no such cover":    {func(v *Verdict) { v.Findings[0].SuppressedBy = "XL/none" }, "findings[0].suppressed_by: XL/none is not among the findings"},
	"layer":            {func(v *Verdict) { v.Layers[2].Findings[1] = "XL/none" }, "layers[2].findings[1]: XL/none is not among the findings"},
	"no title":         {func(v *Verdict) { v.Subject.Kind, v.Subject.KindTitle = "skill", "" }, "subject.kind: expected kind_title beside it"},
	"applies to none":  {func(v *Verdict) { v.Layers[0].Tag = NoFactApplies }, "layers[0].applicable: expected 0 in a layer that does not apply, got"},
	"strength":         {func(v *Verdict) { v.Layers[2].Strengths = []string{"XL/none"} }, "layers[2].strengths[0]: XL/none is not among the findings"},
}

func TestReadRefusesContradictions(t *testing.T) {
	for name, c := range contradictions {
		_, err := Read("v.json", written(t, "lutra-ai", c.change))
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.HasPrefix(err.Error(), "v.json:1:1:") || !strings.HasPrefix(err.Error(), "v.json:") {
			t.Errorf("%s\ngot  %v\nwant %s", name, err, c.want)
		}
	}
	// A decision that is stricter than its reasons passes nothing.
	if _, err := Read("v.json", written(t, "lutra-ai", func(v *Verdict) { v.Decision = Reject })); err != nil {
		t.Error(err)
	}
}

// TestReadListSaysWhere: what is wrong in a list stands at its own place.
func TestReadListSaysWhere(t *testing.T) {
	sound := written(t, "release-notes", func(*Verdict) {})
	for name, change := range map[string]func(v *Verdict){
		"score.severity": func(v *Verdict) { v.Score.Severity = "Low" },
		"decision":       func(v *Verdict) { v.Decision = "aprove" },
		"score.aivss":    func(v *Verdict) { v.Score.AIVSS = 250 },
	} {
		bad := written(t, "lutra-ai", change)
		key := name[strings.LastIndexByte(name, '.')+1:]
		line := 3 + bytes.Count(sound, []byte("\n")) + 1 + bytes.Count(bad[:bytes.Index(bad, []byte(`"`+key+`"`))], []byte("\n"))
		list := fmt.Sprintf("{\"apiVersion\": \"audition/v1\",\n\"kind\": \"VerdictList\",\n\"items\": [%s,\n%s]}", sound, bad)
		want := fmt.Sprintf("v.json:%d:", line)
		if _, err := Read("v.json", []byte(list)); err == nil || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), ": items[1]."+name+": ") {
			t.Errorf("%s\ngot  %v\nwant %s", name, err, want)
		}
	}
	fine := bytes.Replace(sound, []byte(`"low": `), []byte(`"low": 0.05`), 1)
	if _, err := Read("v.json", fine); err == nil || !strings.Contains(err.Error(), "score.low: ") {
		t.Errorf("more than one decimal: %v", err)
	}
}

func TestWaiverOf(t *testing.T) {
	second, none := 1, 7
	v := &Verdict{Waivers: []Waiver{
		{Source: "w.yaml", Line: 3, Rule: "L1/a", Owner: "jane"}, {Source: "w.yaml", Line: 3, Rule: "L1/a", Term: "x", Owner: "bob"},
		{Source: "w.yaml", Line: 3, Rule: "L1/b", Owner: "ann"},
	}}
	for name, c := range map[string]struct {
		f    Finding
		want string
	}{
		"by index":           {Finding{Rule: "L1/a", Term: "x", WaivedBy: "w.yaml:3", Waiver: &second}, "bob"},
		"by place":           {Finding{Rule: "L1/a", Term: "x", WaivedBy: "w.yaml:3"}, "jane"},
		"by place, the rule": {Finding{Rule: "L1/b", WaivedBy: "w.yaml:3"}, "ann"},
		"another place":      {Finding{Rule: "L1/b", WaivedBy: "w.yaml:4"}, ""},
		"another rule":       {Finding{Rule: "L1/c", WaivedBy: "w.yaml:3"}, ""},
		"another term":       {Finding{Rule: "L1/a", Term: "y", WaivedBy: "w.yaml:3", Waiver: &second}, ""},
		"beyond the list":    {Finding{Rule: "L1/a", WaivedBy: "w.yaml:3", Waiver: &none}, ""},
		"not waived":         {Finding{Rule: "L1/a"}, ""},
	} {
		got := ""
		if w := v.WaiverOf(c.f); w != nil {
			got = w.Owner
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
