package verdict

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/audition-dev/audition/internal/document"
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

// Of returns what is known of the agent of a name at a path.
func (b *Baseline) Of(name, source string) (Known, bool) {
	i := slices.IndexFunc(b.Agents, func(k Known) bool { return k.Name == name && k.Source == source })
	if i < 0 {
		return Known{}, false
	}
	return b.Agents[i], true
}

// Unique reports, with both of their files, two subjects of one name.
func Unique(subjects []Subject) error {
	first := map[string]string{}
	for _, s := range subjects {
		if other, twice := first[s.Name]; twice {
			return fmt.Errorf("%s: an agent of %s is called %s too, expected names that differ", s.Source, other, s.Name)
		}
		first[s.Name] = s.Source
	}
	return nil
}

// NewBaseline makes a baseline of verdicts, sorted by name. Two agents of one
// name are an error.
func NewBaseline(verdicts []*Verdict) (*Baseline, error) {
	b := &Baseline{APIVersion: APIVersion, Kind: BaselineKind, Agents: []Known{}}
	var subjects []Subject
	for _, v := range verdicts {
		subjects = append(subjects, v.Subject)
		b.Agents = append(b.Agents, Snapshot(v))
	}
	b.sort()
	return b, Unique(subjects)
}

func (b *Baseline) sort() {
	slices.SortFunc(b.Agents, func(x, y Known) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Source, y.Source))
	})
}

// With returns the baseline with the agents of another one in the place of its
// own, sorted by name.
func (b *Baseline) With(c *Baseline) *Baseline {
	out := &Baseline{APIVersion: APIVersion, Kind: BaselineKind, Agents: slices.Clone(c.Agents)}
	for _, k := range b.Agents {
		if _, replaced := c.Of(k.Name, k.Source); !replaced {
			out.Agents = append(out.Agents, k)
		}
	}
	out.sort()
	return out
}

// Prune returns the baseline without what verdicts no longer have: findings,
// reasons, agents that are not among them, and how bad something was that is
// better now. It adds nothing.
func (b *Baseline) Prune(verdicts []*Verdict) *Baseline {
	out := &Baseline{APIVersion: APIVersion, Kind: BaselineKind, Agents: []Known{}}
	for _, k := range b.Agents {
		i := slices.IndexFunc(verdicts, func(v *Verdict) bool { return v.Subject.Name == k.Name && v.Subject.Source == k.Source })
		if i < 0 {
			continue
		}
		now := Snapshot(verdicts[i])
		if k.Decision.Stricter(now.Decision) {
			k.Decision = now.Decision
		}
		k.Reasons, k.Score, k.High = k.still(verdicts[i]), min(k.Score, now.Score), min(k.High, now.High)
		var kept []KnownFinding
		for _, f := range k.Findings {
			at := slices.IndexFunc(now.Findings, f.is)
			if at >= 0 && !now.Findings[at].worse(f) {
				f = now.Findings[at]
			}
			if at >= 0 {
				kept = append(kept, f)
			}
		}
		k.Findings = kept
		out.Agents = append(out.Agents, k)
	}
	return out
}

var baselineSchema = document.Embedded(policies.FS, "schema/baseline.jsonschema")

// ReadBaseline reads a baseline. Its errors carry line and column. One that a former
// version wrote, without sources and facts, is refused: a name alone could be
// anybody's.
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
