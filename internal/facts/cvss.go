package facts

import (
	"slices"

	"github.com/audition-dev/audition/internal/aivss"
)

// metric is one CVSS base metric of the worst credible scenario: somebody
// steers the agent through what it reads or through its interface. Values run
// from least to most severe; the metric has values[i] where at[i-1] holds and
// no later claim does.
type metric struct {
	values []string
	at     []Claim
	// always explains a metric that no fact changes.
	always string
}

// cvss derives the base vector. The vulnerable system is the agent; subsequent
// systems are everything its tools reach (AIVSS v0.8 section 3.1.1). PR is the
// privilege of the attacker, as CVSS v4.0 defines it.
func (a agent) cvss() (CVSS, error) {
	var c CVSS
	var low, value, high []string
	metrics := a.metrics()
	for _, m := range aivss.BaseMetrics() {
		r := metrics[m.Name].resolve(m.Name)
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

func (a agent) metrics() map[string]metric {
	impact := []string{"N", "L", "H"}
	guarded := or(yes(a.Guardrails.ContextSeparation), yes(a.Guardrails.ToolPolicy))
	public := yes(a.Network.IngressPublic)
	informed := yes(a.Oversight.InformedApproval)
	riskyApproved := and(is(a.Oversight.Approval, "always", "risky"), informed)
	peers := yes(a.Peers.MultiAgent)
	escapes := and(a.codeExecution, not(yes(a.Execution.Sandbox.Present)))
	rewrites := and(yes(a.SelfModification.Allowed), not(yes(a.SelfModification.ChangeControl)))
	poisoned := and(yes(a.Memory.Persistent), a.untrustedInput, not(yes(a.Memory.Provenance)))
	limits := a.Orchestration.Limits
	limited := and(yes(limits.Steps), yes(limits.Time), yes(limits.Budget))
	sensitive := or(
		holds(a.Data.Classes, "pii", "phi", "financial", "credentials", "source_code", "email", "crm", "hr", "legal"),
		some(a.Tools, func(t tool) Claim { return is(t.Kind, "email", "database") }))
	exposed := or(sensitive, yes(a.Secrets.ReachModel))
	leaks := a.leaks()
	removes := some(a.Tools, func(t tool) Claim { return holds(t.Access, "delete", "admin") })
	infra := some(a.Tools, func(t tool) Claim { return and(is(t.Kind, "infra"), holds(t.Access, changes...)) })

	return map[string]metric{
		"AV": {values: []string{"L", "A", "N"}, at: []Claim{
			or(a.untrustedInput, public, peers),
			or(a.untrustedInput, public, and(peers, yes(a.Peers.External)))}},
		"AC": {values: []string{"H", "L"}, at: []Claim{lacking(guarded)}},
		"AT": {values: []string{"N"}, always: "no condition of the deployment is assumed to hinder the attack"},
		"PR": {values: []string{"L", "N"}, at: []Claim{or(a.untrustedInput, and(public, not(yes(a.Identity.CallerAuth))))}},
		"UI": {values: []string{"A", "P", "N"}, at: []Claim{lacking(a.approved()), lacking(riskyApproved)}},
		"VC": {values: impact, at: []Claim{or(exposed, a.privateData), and(exposed, leaks)}},
		"VI": {values: impact, at: []Claim{
			or(a.hasTools, a.untrustedInput, rewrites, poisoned, escapes), or(rewrites, poisoned, escapes)}},
		"VA": {values: impact, at: []Claim{or(escapes, not(limited)), escapes}},
		"SC": {values: impact, at: []Claim{a.hasTools, and(a.hasTools, or(a.authority(), and(sensitive, leaks)))}},
		"SI": {values: impact, at: []Claim{or(a.stateChange, escapes),
			or(a.destructive, a.movesMoney, infra, escapes, and(a.stateChange, not(yes(a.Oversight.Undo))))}},
		"SA": {values: impact, at: []Claim{or(a.stateChange, escapes), or(removes, infra, escapes)}},
	}
}

// leaks is yes when what the agent reads can leave the organisation. Unlike
// external_communication it takes an undisclosed audience for undisclosed, so
// that intervals can build on it.
func (a agent) leaks() Claim {
	return or(
		some(a.Tools, func(t tool) Claim {
			out := or(holds(t.Access, "send", "pay"), is(t.Kind, "browser", "computer_use", "http"))
			return and(out, not(is(t.Audience, "internal")))
		}),
		is(a.Network.Egress, "open"),
		yes(a.Network.RendersRemoteContent),
		yes(a.Network.IngressPublic),
		and(yes(a.Peers.MultiAgent), yes(a.Peers.External)))
}

// resolve gives the metric's range over what is undisclosed. A metric that is not
// certain counts as its middle value (A, P, L), because silence is neither a no
// nor a yes; one of two values has no middle and counts as the more severe.
func (m metric) resolve(name string) Metric {
	low, high := 0, 0
	for i, c := range m.at {
		if c.Value == Yes {
			low = i + 1
		}
		if c.possible() {
			high = i + 1
		}
	}
	value := low
	if low != high {
		value = len(m.values) / 2
	}
	r := Metric{Name: name, Low: m.values[low], Value: m.values[value], High: m.values[high]}
	if m.always != "" {
		r.Text = m.always
		return r
	}
	var because []string
	for i := len(m.at) - 1; i >= 0; i-- {
		because = append(because, m.at[i].Because...)
		if m.at[i].Value == Yes {
			break
		}
	}
	slices.Sort(because)
	r.Facts = slices.Compact(because)
	return r
}
