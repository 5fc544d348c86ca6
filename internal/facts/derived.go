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

	tools capabilities
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
	return Derived{}.Again(p, framework)
}

// Again is Derive where the profile is the one before with some changes: what follows
// from the same tools is not derived anew.
func (d Derived) Again(p *profile.Profile, framework *maestro.Framework) Derived {
	tools := d.tools
	if !tools.list.Same(p.Facts.Tools) {
		tools = capabilitiesOf(p.Facts.Tools)
	}
	a := newAgent(&p.Facts, tools)
	unpinned := 0
	for _, layer := range framework.Layers {
		if pinned, applies := Pinned(p, layer); applies && !pinned {
			unpinned++
		}
	}
	out := Derived{UnpinnedLayers: unpinned, Claims: a.claims(), tools: tools}
	if p.Origin != nil {
		out.Contradictions = p.Origin.Contradictions
	}
	return out
}

// DerivedNames are the names of derived facts, sorted.
func DerivedNames() []string { return slices.Sorted(maps.Keys(agent{}.claims())) }

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

func newAgent(f *profile.Facts, t capabilities) agent {
	a := agent{Facts: f, hasTools: t.any, stateChange: t.changes, destructive: t.destroys, movesMoney: t.pays, browses: t.browses}
	a.privateData = or(
		some(f.Data.Classes, func(c profile.Fact[string]) Claim { return not(is(c, "public")) }),
		t.holdsData)
	a.customerData = and(a.privateData, ofOthers(f.Data.BelongsTo))
	a.sensitiveAccess = or(a.privateData, t.sensitive)
	a.untrustedInput = or(
		some(f.Data.Ingress, func(c profile.Fact[string]) Claim { return not(is(c, "principal")) }),
		t.readsOthers)
	a.externalCommunication = or(
		t.reachesOut,
		is(f.Network.Egress, "open"),
		yes(f.Network.RendersRemoteContent),
		and(yes(f.Peers.MultiAgent), yes(f.Peers.External)))
	a.highImpact = or(a.destructive, a.movesMoney, t.impacts)
	a.codeExecution = or(yes(f.Execution.RunsCode), t.runs)
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
