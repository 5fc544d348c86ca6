package verdict

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
)

// Difference is one thing that two verdicts do not share.
type Difference struct {
	// What is decision, subject, score, decided, factor, layer, not applicable, finding,
	// reason or fact.
	What string `json:"what"`
	// Key names it among its kind: a factor, a layer, a rule with the term after a
	// space, a gate.
	Key string `json:"key,omitempty"`
	// From and To say what each of the two has, "" for nothing.
	From string `json:"from"`
	To   string `json:"to"`
}

// Compare returns how the outcome b differs from the outcome a: the decision
// first, then what was judged, score, what was decided about that, factors, layers,
// what does not apply, findings and reasons, each kind sorted.
func Compare(a, b *Verdict) []Difference {
	var out []Difference
	for _, what := range []struct {
		name string
		of   func(*Verdict) map[string]string
	}{
		{"decision", func(v *Verdict) map[string]string { return map[string]string{"": string(v.Decision)} }},
		{"subject", kinds}, {"score", scores}, {"decided", decisions}, {"factor", factors}, {"layer", tags},
		{"not applicable", inapplicable}, {"finding", standings}, {"reason", reasons},
	} {
		out = append(out, Differences(what.name, what.of(a), what.of(b))...)
	}
	return out
}

// Differences returns what two sets of texts by key do not share, sorted by key.
func Differences(what string, before, after map[string]string) (out []Difference) {
	both := maps.Clone(before)
	maps.Copy(both, after)
	for _, key := range slices.Sorted(maps.Keys(both)) {
		if before[key] != after[key] {
			out = append(out, Difference{what, key, before[key], after[key]})
		}
	}
	return out
}

func kinds(v *Verdict) map[string]string {
	return map[string]string{"": cmp.Or(v.Subject.Kind, "agent")}
}

func inapplicable(v *Verdict) map[string]string {
	out := map[string]string{}
	for _, n := range v.NotApplicable {
		out[n.Fact] = fmt.Sprintf("%s (%s)", n.Because, n.By)
	}
	return out
}

func scores(v *Verdict) map[string]string {
	return map[string]string{"": fmt.Sprintf("%v %s (%v–%v)", v.Score.AIVSS, v.Score.Severity, v.Score.Low, v.Score.High)}
}

// decisions say what was decided about the score, and by whom.
func decisions(v *Verdict) map[string]string {
	out := map[string]string{}
	for _, d := range v.Score.Decided {
		out[d.What] = d.Value + " by " + d.Who()
	}
	return out
}

func factors(v *Verdict) map[string]string {
	out := map[string]string{}
	for _, f := range v.Score.Factors {
		out[f.ID] = fmt.Sprintf("%v (%v–%v)", f.Value, f.Low, f.High)
	}
	return out
}

func tags(v *Verdict) map[string]string {
	out := map[string]string{}
	for _, l := range v.Layers {
		out[l.ID] = fmt.Sprintf("%s, %d of %d facts disclosed", l.Tag, l.Disclosed, l.Applicable)
	}
	return out
}

// standings say of every finding how it stands: certain or not, how bad, and
// whether it counts.
func standings(v *Verdict) map[string]string {
	out := map[string]string{}
	for _, f := range v.Findings {
		s := fmt.Sprintf("%s %s", f.Status, f.Severity)
		if f.Kind == maestro.Strength {
			s = f.Assurance
		}
		switch {
		case f.WaivedBy != "":
			s += ", waived"
		case f.SuppressedBy != "":
			s += ", suppressed by " + f.SuppressedBy
		case f.Action != "":
			s += ", " + f.Action + " only"
		}
		out[f.Name()] = s
	}
	return out
}

// reasons are those that no finding gives; these are told as findings.
func reasons(v *Verdict) map[string]string {
	out := map[string]string{}
	for _, r := range v.Reasons {
		if r.Rule == "" {
			key := r.Gate + " " + string(r.Decision)
			out[key] = strings.TrimPrefix(out[key]+"; "+r.Message, "; ")
		}
	}
	return out
}

// Name is the rule of a finding, with the term after a space where there is one.
func (f Finding) Name() string { return strings.TrimSpace(f.Rule + " " + f.Term) }

// ByRule returns the rules that the differences are about, sorted.
func ByRule(differences []Difference) []string {
	var out []string
	for _, d := range differences {
		if d.What == "finding" {
			rule, _, _ := strings.Cut(d.Key, " ")
			out = append(out, rule)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Elsewhere returns JSON pointers at which two verdicts differ otherwise, such as
// the words of a message, sorted. What says who judged, when and how the decision
// became an exit code is not compared, nor are questions and advice.
func Elsewhere(a, b *Verdict) ([]Difference, error) {
	x, err := outcome(a)
	if err != nil {
		return nil, err
	}
	y, err := outcome(b)
	if err != nil {
		return nil, err
	}
	var out []Difference
	differ("", x, y, &out)
	return out, nil
}

// outcome is a verdict as JSON values without what may differ.
func outcome(v *Verdict) (any, error) {
	w := *v
	w.Questions, w.Unasked, w.Advice = nil, 0, nil
	w.Engine, w.Enforcement, w.Policy, w.Configuration = Engine{}, nil, nil, Configuration{}
	w.Subject.Source, w.Subject.Digest = "", ""
	text, err := json.Marshal(w)
	if err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var out any
	return out, dec.Decode(&out)
}

func differ(pointer string, a, b any, out *[]Difference) {
	x, isObject := a.(map[string]any)
	y, both := b.(map[string]any)
	if isObject && both {
		keys := maps.Clone(x)
		maps.Copy(keys, y)
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			differ(document.Join(pointer, key), x[key], y[key], out)
		}
		return
	}
	l, isList := a.([]any)
	m, both := b.([]any)
	if isList && both && len(l) == len(m) {
		for i := range l {
			differ(document.JoinIndex(pointer, i), l[i], m[i], out)
		}
		return
	}
	if !reflect.DeepEqual(a, b) {
		*out = append(*out, Difference{What: "value", Key: pointer, From: short(a), To: short(b)})
	}
}

func short(v any) string {
	if v == nil {
		return ""
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return document.Clip(string(text))
}
