package aivss

// SetV08 is the factor set of v0.8: it has a natural-language interface where
// v0.5 has goal-driven planning, and the two are never translated into each
// other. Order and rubric are those of v0.8 section 3, Table 2; ids are the keys
// of the v0.8 report schema (Appendix A).
var SetV08 = FactorSet{
	Name:   "v0.8",
	Source: "OWASP AIVSS v0.8 §3, rubric Table 2",
	Factors: [FactorCount]Factor{
		{
			ID: "autonomy", Name: "Execution Autonomy",
			Asks:    "Can it commit actions with no human sign-off?",
			Aliases: []string{"autonomy_of_action", "autonomyOfAction"},
			Rubric: [3]string{
				"a person is always in the loop",
				"acts alone only in non-critical or sandboxed paths",
				"commits alone in production or critical systems",
			},
		},
		{
			ID: "tools", Name: "External Tool Control Surface",
			Asks:    "How many and how powerful are its tools?",
			Aliases: []string{"dynamic_tool_use", "tool_use", "toolUse"},
			Rubric: [3]string{
				"read-only tools or none",
				"read and write, but scoped and allow-listed",
				"broad tools of high authority",
			},
		},
		{
			ID: "language", Name: "Natural Language Interface",
			Asks: "Does free text drive control logic?",
			Rubric: [3]string{
				"structured input only",
				"language for retrieval and answers, not for execution",
				"language directly drives planning and tools",
			},
		},
		{
			ID: "context", Name: "Contextual Awareness",
			Asks:    "Do signals from the environment decide actions?",
			Aliases: []string{"contextual_awareness", "contextualAwareness"},
			Rubric: [3]string{
				"none",
				"narrow signals",
				"broad signals drive autonomous decisions",
			},
		},
		{
			ID: "non_determinism", Name: "Behavioral Non-Determinism",
			Asks:    "Does the same input give different outcomes?",
			Aliases: []string{"nonDeterminism"},
			Rubric: [3]string{
				"rules, or a fixed seed",
				"bounded variance behind strict guardrails",
				"high variance, weak guardrails",
			},
		},
		{
			ID: "opacity", Name: "Opacity & Reflexivity",
			Asks:    "Can its decisions be traced and audited?",
			Aliases: []string{"opacity_reflexivity", "opacity_and_reflexivity", "opacityAndReflexivity"},
			Rubric: [3]string{
				"full trace, deterministic logs",
				"partial logs, black-box reasoning",
				"no way to tell why an action was taken",
			},
		},
		{
			ID: "persistence", Name: "Persistent State Retention",
			Asks:    "Does state outlive a session?",
			Aliases: []string{"persistent_memory", "memory_use", "memoryUse"},
			Rubric: [3]string{
				"stateless",
				"memory within a session only",
				"long-term memory across sessions",
			},
		},
		{
			ID: "identity", Name: "Dynamic Identity",
			Asks:    "Does it change role or permission at run time?",
			Aliases: []string{"dynamic_identity", "dynamicIdentity"},
			Rubric: [3]string{
				"a fixed identity or service account",
				"limited changes, such as one per tool",
				"assumes roles or crosses tenants at run time",
			},
		},
		{
			ID: "multi_agent", Name: "Multi-Agent Interactions",
			Asks:    "Does it depend on or steer other agents?",
			Aliases: []string{"multi_agent_interactions", "multiAgentInteractions"},
			Rubric: [3]string{
				"isolated",
				"one or two known agents",
				"complex orchestration, swarm or market",
			},
		},
		{
			ID: "self_mod", Name: "Self-Modification",
			Asks:    "Can it alter its own code, prompts or tools?",
			Aliases: []string{"self_modification", "selfModification"},
			Rubric: [3]string{
				"static configuration",
				"may change its own prompt or configuration",
				"may change tools or control flow, or write and run code",
			},
		},
	},
}
