package facts

import (
	"slices"

	"github.com/audition-dev/audition/internal/aivss"
)

// level is one factor on its rubric: 1.0 where full holds, else 0.5 where
// partial holds, else 0.0.
type level struct{ full, partial Claim }

// estimate gives the interval over what is undisclosed. A factor that is not
// certain counts as 0.5: silence is neither a no nor a yes.
func (l level) estimate() Estimate {
	low, high := l.bounds()
	e := Estimate{Low: low, Value: low, High: high, Because: Because{Facts: l.because()}}
	if low != high {
		e.Value = 50
	}
	return e
}

func (l level) bounds() (low, high aivss.Hundredths) {
	switch {
	case l.full.Value == Yes:
		low = 100
	case l.partial.Value == Yes:
		low = 50
	}
	switch {
	case l.full.possible():
		high = 100
	case l.partial.possible():
		high = 50
	}
	return low, high
}

// because is the facts that fix the bounds, or that would narrow them.
func (l level) because() []string {
	if l.full.Value == Yes {
		return l.full.Because
	}
	out := append(slices.Clone(l.full.Because), l.partial.Because...)
	slices.Sort(out)
	return slices.Compact(out)
}

// factors puts the agent on the rubric of a factor set, in the set's order.
func (a agent) factors(set *aivss.FactorSet) (levels [aivss.FactorCount]level) {
	byID := a.v05()
	if set.Name == aivss.SetV08.Name {
		byID = a.v08(byID)
	}
	for i, f := range set.Factors {
		levels[i] = byID[f.ID]
	}
	return levels
}

// approved is yes when a person judges every action, knowing what it is.
func (a agent) approved() Claim {
	return and(is(a.Oversight.Approval, "always"), yes(a.Oversight.InformedApproval))
}

// gated is yes when only approved tools can be called, and a policy outside the
// model decides each call.
func (a agent) gated() Claim {
	return and(yes(a.Orchestration.ToolAllowlist), yes(a.Guardrails.ToolPolicy))
}

// v05 is the rubric of AIVSS v0.5 section 7.2, by factor id.
func (a agent) v05() map[string]level {
	acts := or(a.hasTools, a.codeExecution)
	checks, validated := yes(a.Orchestration.ArgumentChecks), yes(a.Guardrails.OutputValidation)
	delegated := is(a.Identity.ActsAs, "user_delegated", "user_password")
	narrow := yes(a.Identity.LeastPrivilege)
	planning, peers := yes(a.Orchestration.Planning), yes(a.Peers.MultiAgent)
	remembers := yes(a.Memory.Persistent)
	writesIndex := and(yes(a.RAG.Used), yes(a.RAG.AgentWrites))
	log := yes(a.Monitoring.ActionLog)
	rewrites := and(yes(a.SelfModification.Allowed), holds(a.SelfModification.Surfaces, "prompt", "tools", "code", "config"))

	return map[string]level{
		"autonomy_of_action": {
			full:    and(a.autonomous, or(a.stateChange, a.codeExecution)),
			partial: and(acts, not(a.approved())),
		},
		"goal_driven_planning": {
			full:    and(planning, peers),
			partial: planning,
		},
		"self_modification": {
			full:    and(rewrites, not(yes(a.SelfModification.ChangeControl))),
			partial: or(yes(a.SelfModification.Allowed), remembers),
		},
		"dynamic_tool_use": {
			full: and(acts, or(
				and(yes(a.Orchestration.DynamicTools), not(yes(a.Orchestration.ToolAllowlist))),
				and(or(a.destructive, a.movesMoney, a.codeExecution), not(a.gated())))),
			partial: acts,
		},
		"persistent_memory": {
			full:    or(remembers, writesIndex),
			partial: or(remembers, yes(a.RAG.Used)),
		},
		"contextual_awareness": {
			full: or(holds(a.Data.Ingress, "web", "email"),
				and(a.browses, not(is(a.Network.Egress, "none", "allowlist")))),
			partial: or(a.untrustedInput, a.privateData, yes(a.RAG.Used)),
		},
		"dynamic_identity": {
			full:    and(a.hasTools, delegated, not(narrow), not(yes(a.Identity.PerActionAuthz))),
			partial: and(a.hasTools, or(delegated, not(narrow))),
		},
		"multi_agent_interactions": {
			full: and(peers, or(
				and(yes(a.Peers.External), not(yes(a.Peers.MutualAuth))),
				not(yes(a.Peers.DelegationLimits)))),
			partial: peers,
		},
		"non_determinism": {
			full:    not(or(validated, checks)),
			partial: not(and(validated, checks, not(planning))),
		},
		"opacity_reflexivity": {
			full: not(log),
			partial: not(and(log, yes(a.Monitoring.Attribution), yes(a.Monitoring.Drift),
				yes(a.Monitoring.Alerting))),
		},
	}
}

// v08 is the rubric of AIVSS v0.8 Table 2, by factor id. Where its levels ask
// what those of v0.5 ask, they are the same; goal-driven planning has no place.
func (a agent) v08(v05 map[string]level) map[string]level {
	acts := or(a.hasTools, a.codeExecution)
	changes := or(a.stateChange, a.codeExecution)
	powerful := or(a.destructive, a.movesMoney, a.codeExecution, a.authority())
	planning, codegen := yes(a.Orchestration.Planning), yes(a.Orchestration.Codegen)
	delegated := is(a.Identity.ActsAs, "user_delegated", "user_password")

	return map[string]level{
		"autonomy": {
			full: and(a.autonomous, or(a.stateChange,
				and(a.codeExecution, not(yes(a.Execution.Sandbox.Present))))),
			partial: and(acts, not(a.approved())),
		},
		"tools": {
			full:    and(changes, or(and(powerful, not(a.gated())), not(yes(a.Orchestration.ToolAllowlist)))),
			partial: changes,
		},
		"language": {
			full:    and(acts, or(planning, codegen)),
			partial: or(planning, codegen, a.untrustedInput, yes(a.RAG.Used)),
		},
		"context":         v05["contextual_awareness"],
		"non_determinism": v05["non_determinism"],
		"opacity":         v05["opacity_reflexivity"],
		"persistence": {
			full:    v05["persistent_memory"].full,
			partial: or(v05["persistent_memory"].partial, planning),
		},
		"identity": {
			full:    v05["dynamic_identity"].full,
			partial: and(a.hasTools, delegated),
		},
		"multi_agent": v05["multi_agent_interactions"],
		"self_mod": {
			full: or(and(yes(a.SelfModification.Allowed), holds(a.SelfModification.Surfaces, "tools", "code")),
				and(codegen, a.codeExecution)),
			partial: or(yes(a.SelfModification.Allowed), and(codegen, a.codeExecution)),
		},
	}
}

// authority is yes when a tool of high authority is within reach.
func (a agent) authority() Claim {
	return some(a.Tools, func(t tool) Claim {
		return or(is(t.Kind, "infra", "payment"), holds(t.Access, "admin"))
	})
}
