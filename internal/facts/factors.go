package facts

import (
	"slices"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/profile"
)

// level is one factor on its rubric: 1.0 where full holds, else 0.5 where
// partial holds, else 0.0.
type level struct{ full, partial Claim }

// estimate gives the interval over what is undisclosed. Its value is the middle
// of the interval, on the rubric, rounded up: silence never counts as safe.
func (l level) estimate(p *profile.Profile) Estimate {
	low, high := l.bounds()
	e := Estimate{Low: low, High: high, Value: (low + high + 50) / 100 * 50}
	e.Because = reasons(p, l.because())
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
	case l.full.Value != No:
		high = 100
	case l.partial.Value != No:
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

// factors puts the agent on the rubric of AIVSS v0.5 section 7.2, by factor id.
func (a agent) factors() map[string]level {
	approved := and(is(a.Oversight.Approval, "always"), yes(a.Oversight.InformedApproval))
	acts := or(a.hasTools, a.codeExecution)
	allowlist, checks := yes(a.Orchestration.ToolAllowlist), yes(a.Orchestration.ArgumentChecks)
	gated := and(allowlist, yes(a.Guardrails.ToolPolicy))
	validated := yes(a.Guardrails.OutputValidation)
	delegated := is(a.Identity.ActsAs, "user_delegated", "user_password")
	narrow := yes(a.Identity.LeastPrivilege)
	planning := yes(a.Orchestration.Planning)
	peers := yes(a.Peers.MultiAgent)
	writesIndex := and(yes(a.RAG.Used), yes(a.RAG.AgentWrites))
	log := yes(a.Monitoring.ActionLog)
	rewrites := and(yes(a.SelfModification.Allowed), holds(a.SelfModification.Surfaces, "prompt", "tools", "code", "config"))

	return map[string]level{
		"autonomy_of_action": {
			full:    and(a.autonomous, or(a.stateChange, a.codeExecution)),
			partial: and(acts, not(approved)),
		},
		"goal_driven_planning": {
			full:    and(planning, peers),
			partial: planning,
		},
		"self_modification": {
			full:    and(rewrites, not(yes(a.SelfModification.ChangeControl))),
			partial: or(yes(a.SelfModification.Allowed), yes(a.Memory.Persistent)),
		},
		"dynamic_tool_use": {
			full: and(acts, or(
				and(yes(a.Orchestration.DynamicTools), not(allowlist)),
				and(or(a.destructive, a.movesMoney, a.codeExecution), not(gated)))),
			partial: acts,
		},
		"persistent_memory": {
			full:    or(yes(a.Memory.Persistent), writesIndex),
			partial: or(yes(a.Memory.Persistent), yes(a.RAG.Used)),
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
			full:    and(peers, or(yes(a.Peers.External), not(yes(a.Peers.DelegationLimits)))),
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
