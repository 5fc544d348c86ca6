package aivss

// SetV05 is the factor set of v0.5, the one published threat models use, in the
// order of v0.5 sections 1.1 to 1.4; its rubric is v0.5 section 7.2.
var SetV05 = FactorSet{
	Name:   "v0.5",
	Source: "OWASP AIVSS v0.5 §1, rubric §7.2",
	Factors: [FactorCount]Factor{
		{
			ID: "autonomy_of_action", Name: "Autonomy of Action",
			Asks:    "Can it act with no human sign-off?",
			Aliases: []string{"autonomyOfAction", "autonomy"},
			Rubric: [3]string{
				"a person is needed for each action",
				"well-defined actions, or dynamic ones of low risk",
				"open-ended actions of higher risk",
			},
		},
		{
			ID: "goal_driven_planning", Name: "Goal-Driven Planning",
			Asks:    "Does it break goals into plans of several steps?",
			Aliases: []string{"goalDrivenPlanning"},
			Rubric: [3]string{
				"no decomposition: fixed goals, single steps",
				"one agent decomposes goals, with simple reasoning",
				"several agents decompose goals, or recursively",
			},
		},
		{
			ID: "self_modification", Name: "Self-Modification",
			Asks:    "Can it alter its own code, prompts, memory or tools?",
			Aliases: []string{"selfModification", "self_mod"},
			Rubric: [3]string{
				"none: tuning happens out of band",
				"writes memory or context; goals change within a session",
				"writes deployed code, weights, persistent memory or goals",
			},
		},
		{
			ID: "dynamic_tool_use", Name: "Dynamic Tool Use",
			Asks:    "How many tools, how powerful, and who chooses them?",
			Aliases: []string{"toolUse", "tool_use", "tools"},
			Rubric: [3]string{
				"none, or simple deterministic abilities",
				"a limited suite, chosen within limits",
				"no limit on the choice, or high-risk tools",
			},
		},
		{
			ID: "persistent_memory", Name: "Persistent Memory",
			Asks:    "Does state outlive a session?",
			Aliases: []string{"memoryUse", "memory_use", "persistence"},
			Rubric: [3]string{
				"stateless, or the prompt only",
				"read-only retrieval, or short sessions bound to an identity",
				"retrieval it writes to, long sessions, or learning across sessions",
			},
		},
		{
			ID: "contextual_awareness", Name: "Contextual Awareness",
			Asks:    "How much of its surroundings decides what it does?",
			Aliases: []string{"contextualAwareness", "context"},
			Rubric: [3]string{
				"no external context",
				"limited, stable or curated sources",
				"unrestricted sources, such as the open internet",
			},
		},
		{
			ID: "dynamic_identity", Name: "Dynamic Identity",
			Asks:    "Does it change role or permission at run time?",
			Aliases: []string{"dynamicIdentity", "identity"},
			Rubric: [3]string{
				"predefined identities with least privilege",
				"delegation approved by a person or assigned by a policy",
				"unrestricted: the agent picks its own scopes",
			},
		},
		{
			ID: "multi_agent_interactions", Name: "Multi-Agent Interactions",
			Asks:    "Does it depend on or steer other agents?",
			Aliases: []string{"multiAgentInteractions", "multi_agent"},
			Rubric: [3]string{
				"none",
				"limited, predefined coordination",
				"unlimited, guided by agents",
			},
		},
		{
			ID: "non_determinism", Name: "Non-Determinism",
			Asks:    "Does the same input lead to different outcomes?",
			Aliases: []string{"nonDeterminism"},
			Rubric: [3]string{
				"checked against schemas in and out, known decision paths",
				"one side checked, dynamic decisions limited",
				"free text, no limits of format",
			},
		},
		{
			ID: "opacity_reflexivity", Name: "Opacity & Reflexivity",
			Asks:    "Can its decisions be traced and audited?",
			Aliases: []string{"opacityAndReflexivity", "opacity_and_reflexivity", "opacity"},
			Rubric: [3]string{
				"full logs with causes, baselines and alerts",
				"self-reported reasoning, coarse logs",
				"no insight",
			},
		},
	},
}
