// Package facts draws conclusions from a profile: the derived facts that rules
// read, and the factors and the CVSS vector that the score starts from.
//
// It is the one vocabulary of both judges, so that score and findings cannot
// disagree about the agent. Every conclusion is three-valued and keeps the facts
// that made it so; what is undisclosed makes an interval, never a guess.
package facts

import (
	"maps"
	"slices"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/origin"
	"github.com/audition-dev/audition/internal/profile"
)

// Derived are the conclusions that rules read as input.derived, by name. The
// names and their meaning are those of policies/schema/facts.jsonschema.
type Derived struct {
	Claims map[string]Claim
	// UnpinnedLayers is the number of layers that a fact could pin and none does.
	UnpinnedLayers int
	// Contradictions are what the profile says otherwise than its descriptors.
	Contradictions []origin.Contradiction
}

// Input returns what rules read: certain conclusions only.
func (d Derived) Input() map[string]any {
	in := map[string]any{"unpinned_layers": d.UnpinnedLayers}
	for name, c := range d.Claims {
		if c.Value == Yes || c.Value == No {
			in[name] = c.Value == Yes
		}
	}
	if len(d.Contradictions) > 0 {
		in["contradictions"] = contradictions(d.Contradictions)
	}
	return in
}

// Changed returns what was derived otherwise, or for other reasons: JSON pointers into
// what rules read, sorted.
func (d Derived) Changed(e Derived) (out []string) {
	for name, c := range d.Claims {
		if !c.same(e.Claims[name]) {
			out = append(out, "/derived/"+name)
		}
	}
	if d.UnpinnedLayers != e.UnpinnedLayers {
		out = append(out, "/derived/unpinned_layers")
	}
	slices.Sort(out)
	return out
}

// Derive draws the conclusions from a profile's facts.
func Derive(p *profile.Profile, framework *maestro.Framework) Derived {
	a := newAgent(&p.Facts)
	unpinned := 0
	for _, layer := range framework.Layers {
		if pinned, applies := Pinned(p, layer); applies && !pinned {
			unpinned++
		}
	}
	out := Derived{UnpinnedLayers: unpinned, Claims: a.claims()}
	if p.Origin != nil {
		out.Contradictions = p.Origin.Contradictions
	}
	return out
}

// DerivedNames are the names of derived facts, sorted.
func DerivedNames() []string { return slices.Sorted(maps.Keys(newAgent(&profile.Facts{}).claims())) }

func (a agent) claims() map[string]Claim {
	return map[string]Claim{
		"has_tools":              a.hasTools,
		"private_data":           a.privateData,
		"customer_data":          a.customerData,
		"sensitive_access":       a.sensitiveAccess,
		"untrusted_input":        a.untrustedInput,
		"external_communication": a.externalCommunication,
		"state_change":           a.stateChange,
		"destructive":            a.destructive,
		"moves_money":            a.movesMoney,
		"high_impact":            a.highImpact,
		"code_execution":         a.codeExecution,
		"browses":                a.browses,
		"autonomous":             a.autonomous,
		"multi_tenant":           a.multiTenant,
	}
}

// Pinned tells whether a disclosed fact pins a layer, and whether one could that
// applies.
func Pinned(p *profile.Profile, layer maestro.Layer) (pinned, applies bool) {
	for _, pin := range layer.Pins {
		_, disclosed := p.Lookup(pin)
		pinned = pinned || disclosed
		applies = applies || p.Applies(pin)
	}
	return pinned, applies
}

// agent holds the conclusions about one agent that others build on.
type agent struct {
	*profile.Facts
	hasTools, privateData, customerData, sensitiveAccess, untrustedInput, externalCommunication,
	stateChange, destructive, movesMoney, highImpact, codeExecution, browses,
	autonomous, multiTenant Claim
}

type tool = profile.Tool

// changes are the access rights that change something.
var changes = []string{"write", "send", "delete", "execute", "pay", "admin"}

func newAgent(f *profile.Facts) agent {
	a := agent{Facts: f}
	kind := func(kinds ...string) Claim {
		return some(f.Tools, func(t tool) Claim { return is(t.Kind, kinds...) })
	}
	access := func(rights ...string) Claim {
		return some(f.Tools, func(t tool) Claim { return holds(t.Access, rights...) })
	}
	a.hasTools = some(f.Tools, func(t tool) Claim { return claim(Yes, t.ID.Pointer) })
	a.privateData = or(
		some(f.Data.Classes, func(c profile.Fact[string]) Claim { return not(is(c, "public")) }),
		kind("email", "messaging", "database"))
	a.customerData = and(a.privateData, ofOthers(f.Data.BelongsTo))
	a.sensitiveAccess = or(a.privateData, kind("infra", "payment", "wallet"), access("admin"))
	a.untrustedInput = or(
		some(f.Data.Ingress, func(c profile.Fact[string]) Claim { return not(is(c, "principal")) }),
		some(f.Tools, func(t tool) Claim {
			return and(is(t.Kind, "email", "messaging", "telephony", "browser", "computer_use", "http", "mcp"), holds(t.Access, "read"))
		}))
	a.externalCommunication = or(
		some(f.Tools, func(t tool) Claim {
			out := or(holds(t.Access, "send", "pay"), is(t.Kind, "browser", "computer_use", "http"))
			return and(out, outward(t))
		}),
		is(f.Network.Egress, "open"),
		yes(f.Network.RendersRemoteContent),
		and(yes(f.Peers.MultiAgent), yes(f.Peers.External)))
	a.stateChange = access(changes...)
	a.destructive = some(f.Tools, func(t tool) Claim {
		return or(holds(t.Access, "delete", "admin"), and(not(yes(t.Reversible)), holds(t.Access, changes...)))
	})
	a.movesMoney = or(access("pay"), kind("payment"),
		some(f.Tools, func(t tool) Claim { return and(is(t.Kind, "wallet"), holds(t.Access, "write", "send")) }))
	a.highImpact = or(a.destructive, a.movesMoney,
		some(f.Tools, func(t tool) Claim { return and(holds(t.Access, "send"), is(t.Audience, "external")) }),
		some(f.Tools, func(t tool) Claim {
			return and(is(t.Kind, "infra"), holds(t.Access, "write", "execute", "admin"))
		}))
	a.codeExecution = or(yes(f.Execution.RunsCode), kind("interpreter"),
		some(f.Tools, func(t tool) Claim { return and(is(t.Kind, "shell", "code"), holds(t.Access, "execute")) }))
	a.browses = kind("browser", "computer_use")
	a.autonomous = or(is(f.Oversight.Approval, "never"),
		and(yes(f.Oversight.Unattended), not(is(f.Oversight.Approval, "always"))))
	a.multiTenant = and(is(f.Execution.Environment, "saas"), yes(f.Execution.MultiTenant))
	return a
}

// ofOthers is no only when all data within reach are declared to be the agent's own
// or public: private data are taken to be a customer's until it is said not to.
// Like outward, no interval may build on it.
func ofOthers(owners profile.List[profile.Fact[string]]) Claim {
	if owners.Closed() {
		return holds(owners, "customer")
	}
	return Claim{Value: Yes}
}

// outward is no only when actions are declared to stay inside: sending is taken
// to reach outsiders until it is said not to. A disclosure can turn what is built
// on it from yes to no, so no interval may.
func outward(t tool) Claim {
	if t.Audience.Disclosed {
		return not(is(t.Audience, "internal"))
	}
	return Claim{Value: Yes}
}
