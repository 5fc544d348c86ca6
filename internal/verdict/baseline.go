package verdict

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/policies"
)

// BaselineKind is the kind of a baseline document; its schema is
// policies/schema/baseline.jsonschema.
const BaselineKind = "Baseline"

// Baseline is what is known of agents, so that a check can be about what is new.
type Baseline struct {
	APIVersion string  `json:"apiVersion" yaml:"apiVersion"`
	Kind       string  `json:"kind" yaml:"kind"`
	Agents     []Known `json:"agents" yaml:"agents"`
}

// Known is what is known of one agent. It holds no lines: what only moves in the
// profile is not new.
type Known struct {
	Name     string       `json:"name" yaml:"name"`
	Decision Decision     `json:"decision" yaml:"decision"`
	Score    aivss.Tenths `json:"score" yaml:"score"`
	High     aivss.Tenths `json:"high" yaml:"high"`
	// Reasons are those that no finding gives, as gate decision: message.
	Reasons  []string       `json:"reasons" yaml:"reasons,omitempty"`
	Findings []KnownFinding `json:"findings" yaml:"findings,omitempty"`
}

// KnownFinding is a finding that counted.
type KnownFinding struct {
	Fingerprint string           `json:"fingerprint" yaml:"fingerprint"`
	Finding     string           `json:"finding" yaml:"finding"`
	Status      maestro.Status   `json:"status" yaml:"status"`
	Severity    maestro.Severity `json:"severity" yaml:"severity"`
}

// Snapshot returns what a verdict makes known.
func Snapshot(v *Verdict) Known {
	k := Known{Name: v.Subject.Name, Decision: v.Decision, Score: v.Score.AIVSS, High: v.Score.High}
	for _, r := range v.Reasons {
		if r.Rule == "" {
			k.Reasons = append(k.Reasons, r.words())
		}
	}
	for _, f := range v.Findings {
		if f.Counts() {
			k.Findings = append(k.Findings, KnownFinding{f.Fingerprint, f.Name(), f.Status, f.Severity})
		}
	}
	slices.Sort(k.Reasons)
	slices.SortFunc(k.Findings, func(a, b KnownFinding) int { return cmp.Compare(a.Finding+a.Fingerprint, b.Finding+b.Fingerprint) })
	return k
}

// Against marks the reasons of a verdict that are known: those about a finding
// that is no worse than the known one, those in the same words, and, where the
// score is no worse, those about the score.
func (v *Verdict) Against(k Known) {
	scored := v.Score.AIVSS <= k.Score && v.Score.High <= k.High
	for i := range v.Reasons {
		switch r := &v.Reasons[i]; {
		case r.Rule != "":
			r.Known = slices.ContainsFunc(v.Findings, func(f Finding) bool {
				return f.Rule == r.Rule && f.Term == r.Term && k.has(f)
			})
		default:
			r.Known = slices.Contains(k.Reasons, r.words()) || scored && r.Gate == builtinGate && !r.Decision.Stricter(k.Decision)
		}
	}
}

func (r Reason) words() string { return fmt.Sprintf("%s %s: %s", r.Gate, r.Decision, r.Message) }

// builtinGate is the gate whose reasons without a rule are all about the score.
const builtinGate = "gate"

func (k Known) has(f Finding) bool {
	return slices.ContainsFunc(k.Findings, func(known KnownFinding) bool {
		worse := f.Severity.Rank() < known.Severity.Rank() || f.Status == maestro.Confirmed && known.Status == maestro.Possible
		return known.Fingerprint == f.Fingerprint && !worse
	})
}

// New is the strictest decision of the reasons that are not known.
func (v *Verdict) New() Decision {
	worst := Approve
	for _, r := range v.Reasons {
		if !r.Known && r.Decision.Stricter(worst) {
			worst = r.Decision
		}
	}
	return worst
}

// Of returns what is known of an agent.
func (b *Baseline) Of(name string) (Known, bool) {
	i := slices.IndexFunc(b.Agents, func(k Known) bool { return k.Name == name })
	if i < 0 {
		return Known{}, false
	}
	return b.Agents[i], true
}

// NewBaseline makes a baseline of verdicts, sorted by name. Two agents of one
// name are an error.
func NewBaseline(verdicts []*Verdict) (*Baseline, error) {
	b := &Baseline{APIVersion: APIVersion, Kind: BaselineKind, Agents: []Known{}}
	for _, v := range verdicts {
		if _, twice := b.Of(v.Subject.Name); twice {
			return nil, fmt.Errorf("%s: another agent is called %s, expected names that differ", v.Subject.Source, v.Subject.Name)
		}
		b.Agents = append(b.Agents, Snapshot(v))
	}
	slices.SortFunc(b.Agents, func(x, y Known) int { return cmp.Compare(x.Name, y.Name) })
	return b, nil
}

// With returns the baseline with the agents of another one in the place of its
// own, sorted by name.
func (b *Baseline) With(c *Baseline) *Baseline {
	out := &Baseline{APIVersion: APIVersion, Kind: BaselineKind, Agents: slices.Clone(c.Agents)}
	for _, k := range b.Agents {
		if _, replaced := c.Of(k.Name); !replaced {
			out.Agents = append(out.Agents, k)
		}
	}
	slices.SortFunc(out.Agents, func(x, y Known) int { return cmp.Compare(x.Name, y.Name) })
	return out
}

// Prune returns the baseline without what verdicts no longer have: findings, and
// agents that are not among them. It adds nothing.
func (b *Baseline) Prune(verdicts []*Verdict) *Baseline {
	out := &Baseline{APIVersion: APIVersion, Kind: BaselineKind, Agents: []Known{}}
	for _, k := range b.Agents {
		i := slices.IndexFunc(verdicts, func(v *Verdict) bool { return v.Subject.Name == k.Name })
		if i < 0 {
			continue
		}
		now := Snapshot(verdicts[i])
		k.Score, k.High = min(k.Score, now.Score), min(k.High, now.High)
		k.Reasons = slices.DeleteFunc(slices.Clone(k.Reasons), func(r string) bool { return !slices.Contains(now.Reasons, r) })
		k.Findings = slices.DeleteFunc(slices.Clone(k.Findings), func(f KnownFinding) bool {
			return !slices.ContainsFunc(now.Findings, func(g KnownFinding) bool { return g.Fingerprint == f.Fingerprint })
		})
		out.Agents = append(out.Agents, k)
	}
	return out
}

var baselineSchema = document.Embedded(policies.FS, "schema/baseline.jsonschema")

// ReadBaseline reads a baseline. Its errors carry line and column.
func ReadBaseline(source string, data []byte) (*Baseline, error) {
	doc, err := document.ReadOne(source, data, baselineSchema())
	if err != nil {
		return nil, err
	}
	b := &Baseline{}
	if err := decode(doc.Root, b); err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	return b, nil
}
