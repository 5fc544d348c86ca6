package facts

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/policies"
)

// Table is what estimates are made from: policies/estimates.yaml or what an
// organisation has instead. That file says what its fields mean.
type Table struct {
	// Source is the file, Digest the SHA-256 of its content.
	Source, Digest string

	conditions []condition
	factors    [aivss.FactorCount]factor
	levels     [aivss.FactorCount]levels
	metrics    []ladder
	mitigation rubric
	// reads are JSON pointers of the facts and the derived facts that conditions read.
	reads []string
}

// Touches tells whether estimates can be others where some facts changed: JSON pointers,
// /derived/ of derived facts.
func (t *Table) Touches(changed []string) bool {
	return slices.ContainsFunc(changed, func(pointer string) bool { return document.Touches(pointer, t.reads) })
}

// condition is something that can be said of a subject.
type condition struct {
	id, about string
	when      expression
	prior     bySubject
	given     []given
	side      side
	// reads are JSON pointers of what decides it, knows the conditions that do.
	reads []string
	knows []int
}

// touched tells whether the condition can be another one where some facts changed, and
// some of the conditions before it.
func (c condition) touched(changed []string, again []bool) bool {
	return slices.ContainsFunc(c.reads, func(pointer string) bool { return document.Touches(pointer, changed) }) ||
		slices.ContainsFunc(c.knows, func(i int) bool { return again[i] })
}

// given is a prior where another condition is known to hold. Conditions are places
// among those of the table.
type given struct{ condition, prior int }

// bySubject is a number in hundredths, with exceptions by the id of a subject.
type bySubject struct {
	any int
	of  map[string]int
}

func (b bySubject) value(subject string) int {
	if v, ok := b.of[subject]; ok {
		return v
	}
	return b.any
}

// factor is where a factor of set v0.5 begins and what adds to it.
type factor struct {
	base bySubject
	adds []contribution
}

// contribution is what a condition adds to a factor, in hundredths.
type contribution struct{ condition, by int }

// levels are when a factor of set v0.8 is 1.0 and when it is at least 0.5.
type levels struct{ full, partial expression }

// ladder is a CVSS base metric, from its least severe value up: it has the value of
// the highest step that holds. The first step has no condition.
type ladder struct {
	metric string
	steps  []step
}

type step struct {
	value   string
	when    expression
	because string
}

// rubric says what mitigates.
type rubric struct {
	risks []risk
	// strong is what has to be shown beside a control of every risk.
	strong []int
}

// risk is something that the subject can do, what works against it, and what says
// that nothing does.
type risk struct {
	when     int
	controls []int
	// refused is a condition under which no control elsewhere counts, -1 for none.
	refused int
}

// estimatesSchema is the compiled JSON Schema of tables.
var estimatesSchema = document.Embedded(policies.FS, "schema/estimates.jsonschema")

// Builtin returns policies/estimates.yaml. A broken one is a fault of the program.
var Builtin = policies.Parsed("estimates.yaml", ParseTable)

// ParseTable reads a table strictly: everything it names has to be known, and
// nothing that speaks for a subject may make its score higher. Its errors carry line
// and column; source names data in them.
func ParseTable(source string, data []byte) (*Table, error) {
	doc, err := document.ReadOne(source, data, estimatesSchema())
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	t := &Table{Source: source, Digest: "sha256:" + hex.EncodeToString(sum[:])}
	r := reader{doc: doc, table: t, known: map[string]int{}}
	for _, read := range []func(){r.conditions, r.factors, r.levels, r.metrics, r.mitigation} {
		read()
	}
	if len(r.errs) > 0 {
		return nil, r.errs.Sorted()
	}
	for i := range t.conditions {
		c := &t.conditions[i]
		c.reads, c.knows = c.when.reads()
		for _, g := range c.given {
			c.knows = append(c.knows, g.condition)
		}
		t.reads = append(t.reads, c.reads...)
	}
	slices.Sort(t.reads)
	t.reads = slices.Compact(t.reads)
	return t, nil
}

// at returns the conditions of a scene, each with what is known of it. A condition
// knows those before it. They are taken from an earlier scene, if there is one, where
// what changed since cannot touch them.
func (t *Table) at(s scene, before scene, changed []string) scene {
	subject := s.profile.Subject().ID
	s.conditions, s.settled = make([]state, 0, len(t.conditions)), make([]state, 0, len(t.conditions))
	again := make([]bool, len(t.conditions))
	for i, c := range t.conditions {
		if again[i] = before.conditions == nil || c.touched(changed, again); !again[i] {
			s.conditions, s.settled = append(s.conditions, before.conditions[i]), append(s.settled, before.settled[i])
			continue
		}
		now := state{s.claims(c.when), c.about, c.prior.value(subject)}
		for _, g := range c.given {
			if s.conditions[g.condition].Value == Yes {
				now.prior = max(now.prior, g.prior)
			}
		}
		s.conditions = append(s.conditions, now)
		if now.Value == Undisclosed {
			now.Value = truth(now.prior >= 50)
		}
		s.settled = append(s.settled, now)
	}
	return s
}
