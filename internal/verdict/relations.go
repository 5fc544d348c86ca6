package verdict

import (
	"fmt"
	"slices"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/document"
)

// relations collects where parts of a verdict contradict each other. No schema can
// say that, and who prints or compares a verdict relies on it.
type relations struct {
	v *Verdict
	// report takes a contradiction; the pointer is into the verdict.
	report func(pointer, format string, args ...any)
}

func (r relations) check() {
	r.reasons()
	r.score()
	r.findings()
	r.layers()
}

// reasons: the decision is no laxer than any of them, and nothing is known without
// what it is known from.
func (r relations) reasons() {
	worst := Approve
	for i, reason := range r.v.Reasons {
		if reason.Decision.Stricter(worst) {
			worst = reason.Decision
		}
		if reason.Known && (r.v.Enforcement == nil || r.v.Enforcement.NewSince == "") {
			r.report(fmt.Sprintf("/reasons/%d/known", i), "expected enforcement.new_since beside a reason that is known")
		}
	}
	if worst.Stricter(r.v.Decision) {
		r.report("/decision", "expected %s, as the reasons say, got %s", worst, r.v.Decision)
	}
}

// score: every value lies in its interval, and the factors are those of the set.
func (r relations) score() {
	s := r.v.Score
	r.interval("/score", "aivss", int(s.Low), int(s.AIVSS), int(s.High))
	if band := aivss.Band(s.AIVSS); s.Severity != band {
		r.report("/score/severity", "expected %s, the band of %v, got %s", band, s.AIVSS, s.Severity)
	}
	set, _ := aivss.FactorSetByName(s.FactorSet)
	for i, f := range s.Factors {
		at := document.JoinIndex("/score/factors", i)
		if want := set.Factors[i].ID; f.ID != want {
			r.report(at+"/id", "expected %s, factor %d of set %s, got %s", want, i+1, set.Name, document.Clip(f.ID))
		}
		r.interval(at, "value", int(f.Low), int(f.Value), int(f.High))
	}
	for i, m := range s.CVSSMetrics {
		at := document.JoinIndex("/score/cvss_metrics", i)
		known := aivss.BaseMetrics()
		n := slices.IndexFunc(known, func(k aivss.Metric) bool { return k.Name == m.ID })
		if n < 0 {
			r.report(at+"/id", "expected a base metric of CVSS v4.0, got %s", document.Clip(m.ID))
			continue
		}
		rank := func(value string) int { return slices.Index(known[n].Values, value) }
		if rank(m.Low) < 0 || rank(m.Value) < 0 || rank(m.High) < 0 {
			r.report(at, "expected values of %s: %v", m.ID, known[n].Values)
			continue
		}
		r.interval(at, "value", rank(m.Low), rank(m.Value), rank(m.High))
	}
}

func (r relations) interval(at, value string, low, of, high int) {
	switch {
	case low > high:
		r.report(at+"/low", "lies above high, expected low, %s and high in this order", value)
	case of < low, of > high:
		r.report(at+"/"+value, "lies outside of low and high")
	}
}

// findings: what suppresses or waives them is there.
func (r relations) findings() {
	for i, f := range r.v.Findings {
		at := document.JoinIndex("/findings", i)
		if f.SuppressedBy != "" && !r.found(f.SuppressedBy) {
			r.report(at+"/suppressed_by", "%s is not among the findings", document.Clip(f.SuppressedBy))
		}
		switch {
		case f.WaivedBy != "" && r.v.WaiverOf(f) == nil:
			r.report(at+"/waived_by", "no such waiver of %s is among the waivers", document.Clip(f.Rule))
		case f.WaivedBy == "" && f.Waiver != nil:
			r.report(at+"/waiver", "expected waived_by beside it")
		}
	}
}

func (r relations) found(rule string) bool {
	return slices.ContainsFunc(r.v.Findings, func(f Finding) bool { return f.Rule == rule })
}

// layers: what they name are rules that found something.
func (r relations) layers() {
	for i, l := range r.v.Layers {
		if l.Tag == NoFactApplies && l.Applicable > 0 {
			r.report(document.JoinIndex("/layers", i)+"/applicable", "expected 0 in a layer that does not apply, got %d", l.Applicable)
		}
		for key, rules := range map[string][]string{"findings": l.Findings, "strengths": l.Strengths} {
			for n, rule := range rules {
				if !r.found(rule) {
					r.report(fmt.Sprintf("/layers/%d/%s/%d", i, key, n), "%s is not among the findings", document.Clip(rule))
				}
			}
		}
	}
}
