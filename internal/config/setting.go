package config

import (
	"cmp"
	"encoding/json"
	"math/big"
	"reflect"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
)

// setting is one value of a configuration that layers can replace.
type setting struct {
	name string
	// order compares two values and is positive when a is the stricter one. It is
	// nil where neither side is the stricter.
	order func(a, b any) int
}

// value is what a setting has, and from where.
type value struct {
	v  any
	by Place
}

// settings lists all settings, sorted by name.
func settings() []setting {
	return []setting{
		{"assurance.max_age_days", smaller},
		{"assurance.minimum", demanding},
		{"assurance.vouched", fewer},
		{"disclosure.floor", higher},
		{"disclosure.not_applicable", refusing},
		{"disclosure.silence", heeding},
		{"import.catalogue", nil},
		{"scoring.decisions", warier},
		{"scoring.estimates", nil},
		{"scoring.factor_set", nil},
		{"scoring.formula", nil},
		{"scoring.mitigation", unmitigated},
		{"signatures.required", required},
		{"thresholds.reject.confirmed", milder},
		{"thresholds.reject.score", smaller},
		{"thresholds.review.confirmed", milder},
		{"thresholds.review.possible", milder},
		{"thresholds.review.score", smaller},
		{"thresholds.review.upper", smaller},
		{"waivers.expiring_days", reported},
		{"waivers.max_lifetime_days", smaller},
	}
}

// keysSetting is no setting with one value, and can be locked like one: the layers
// that the lock binds then name no keys.
const keysSetting = "signatures.keys"

// smaller holds that the smaller number is the stricter; none is the laxest.
func smaller(a, b any) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return number(b).Cmp(number(a))
}

// reported is for what changes a report and no verdict.
func reported(_, _ any) int { return 0 }

// same tells whether two values are the same, also as 9 and 9.0.
func same(a, b any) bool {
	_, isNumber := a.(json.Number)
	_, both := b.(json.Number)
	return isNumber && both && number(a).Cmp(number(b)) == 0 || reflect.DeepEqual(a, b)
}

func number(v any) *big.Rat {
	n, _ := v.(json.Number)
	r, ok := new(big.Rat).SetString(n.String())
	if !ok {
		return new(big.Rat)
	}
	return r
}

// milder holds that a limit at the milder severity is the stricter: more findings
// reach it.
func milder(a, b any) int { return asks(a) - asks(b) }

// asks ranks a threshold by how many severities reach it.
func asks(v any) int {
	s, _ := v.(string)
	return maestro.Severity(s).Rank()
}

// warier orders decisions, of which refuse is the strictest.
func warier(a, b any) int {
	laxness := func(v any) int {
		s, _ := v.(string)
		return slices.Index([]Decisions{RefuseDecisions, ReviewDecisions, AcceptDecisions}, Decisions(s))
	}
	return laxness(b) - laxness(a)
}

// unmitigated holds that no mitigation is the stricter.
func unmitigated(a, b any) int {
	return either(a == string(NoMitigation), b == string(NoMitigation))
}

func required(a, b any) int { return either(a == true, b == true) }

// refusing holds that to refuse what a profile declares not applicable is stricter.
func refusing(a, b any) int { return either(a == refuse, b == refuse) }

// heeding holds that to ask for a review of silence is stricter.
func heeding(a, b any) int { return either(a != accept, b != accept) }

// either is positive when only the first is the stricter of two values.
func either(as, bs bool) int {
	switch {
	case as == bs:
		return 0
	case as:
		return 1
	}
	return -1
}

// forbids tells whether a lock on the setting refuses to go from one value to
// another.
func (s setting) forbids(from, to any) bool {
	if s.order == nil {
		return !same(from, to)
	}
	return s.order(to, from) < 0
}

func (s setting) pointer() string { return "/" + strings.ReplaceAll(s.name, ".", "/") }

// within tells whether the setting is the named one or of the named group.
func (s setting) within(name string) bool {
	return s.name == name || strings.HasPrefix(s.name, name+".")
}

// settingNames are the names of settings and of their groups, sorted.
func settingNames() []string {
	var names []string
	for _, s := range append(settings(), setting{name: keysSetting}) {
		for name := s.name; name != ""; name = name[:max(0, strings.LastIndexByte(name, '.'))] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// said writes a value for a person.
func said(v any) string { return cmp.Or(text(v), "nothing") }
