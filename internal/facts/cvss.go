package facts

import (
	"slices"

	"github.com/audition-dev/audition/internal/aivss"
)

// cvss derives the base vector of the worst credible scenario: somebody steers the
// subject through what it reads or through its interface. The vulnerable system is
// the subject and the host that it runs on; subsequent systems are those that its
// tools reach (AIVSS v0.8 section 3.1.1). PR is the privilege of the attacker, as
// CVSS v4.0 defines it.
func (s scene) cvss(t *Table) (CVSS, error) {
	var c CVSS
	var low, value, high []string
	for _, l := range t.metrics {
		r := s.resolve(l)
		c.Metrics = append(c.Metrics, r)
		low, value, high = append(low, r.Low), append(value, r.Value), append(high, r.High)
	}
	for _, v := range []struct {
		values []string
		base   *aivss.Tenths
	}{{low, &c.Low}, {high, &c.High}, {value, &c.Value}} {
		vector, err := aivss.NewVector(v.values)
		if err != nil {
			return c, err
		}
		*v.base, c.Vector = vector.Base(), vector.String()
	}
	return c, nil
}

// resolve gives a metric its value and its range over what is undisclosed. Where it
// is not certain, what is more common decides.
func (s scene) resolve(l ladder) Metric {
	low, value, high := 0, 0, 0
	claims := make([]Claim, len(l.steps))
	for i, step := range l.steps[1:] {
		c := s.claims(step.when)
		claims[i+1] = c
		if c.Value == Yes {
			low = i + 1
		}
		if s.likely(step.when) {
			value = i + 1
		}
		if c.possible() {
			high = i + 1
		}
	}
	m := Metric{Name: l.metric, Low: l.steps[low].value, Value: l.steps[value].value, High: l.steps[high].value}
	slices.Reverse(claims)
	m.Because = Because{behind(claims[:len(claims)-1]...), l.steps[value].because}
	return m
}
