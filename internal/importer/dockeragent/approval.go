package dockeragent

import (
	"path"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// pattern is one of permissions: a name of tools and, behind a colon, what of their uses
// is meant.
type pattern struct {
	draft.Node
	tool string
	// some tells that it is not about all uses.
	some bool
}

func (a *agent) patterns(key string) (out []pattern) {
	for _, n := range a.team.Get("permissions", key).Items() {
		tool, of, some := strings.Cut(strings.ToLower(n.Text()), ":")
		_, value, _ := strings.Cut(of, "=")
		out = append(out, pattern{n, tool, some && value != "*"})
	}
	return out
}

// whole is where a pattern is about all uses of a tool.
func whole(patterns []pattern, tool string) draft.Node {
	for _, p := range patterns {
		if ok, err := path.Match(p.tool, tool); ok && err == nil && !p.some {
			return p.Node
		}
	}
	return draft.Node{}
}

// harmless are beginnings of names of tools that read, and change the session at most.
var harmless = []string{"read_", "list_", "search_", "directory_tree", "get_", "think", "create_todo", "update_todo", "user_prompt"}

// acts tells whether a pattern may let something run that does more than reading.
func (p pattern) acts() bool {
	for _, name := range harmless {
		if strings.HasPrefix(p.tool, name) {
			return false
		}
	}
	return true
}

// approval states which actions wait for a person, by the mode of the file: a default
// that whoever starts the agent can change. Patterns that allow count in every mode.
func (a *agent) approval() {
	allow, deny := a.patterns("allow"), a.patterns("deny")
	if len(deny) > 0 {
		a.Set("/guardrails/tool_policy", true, deny[0].Node, draft.Configured)
	}
	mode := a.own.Get("safety")
	if !mode.Is() {
		mode = a.team.Get("runtime", "safety")
	}
	free := whole(allow, "shell")
	var some draft.Node
	for _, p := range allow {
		if p.acts() && !some.Is() {
			some = p.Node
		}
	}
	shell := a.has("shell") || a.has("background_jobs")
	switch {
	case free.Is() && shell && !whole(deny, "shell").Is():
		a.Set("/oversight/approval", "never", free, draft.Configured)
	case mode.Text() == "autonomous":
		a.Set("/oversight/approval", "never", mode, draft.Configured)
		if len(deny) == 0 {
			a.Set("/guardrails/tool_policy", false, mode, draft.Configured)
		}
	case mode.Text() == "restricted":
		a.Set("/oversight/approval", "never", mode, draft.Configured)
		a.Set("/guardrails/tool_policy", true, mode, draft.Configured)
	case some.Is():
		a.Note(origin.Open, some, "runs without asking; whether it is risky is not said")
	case mode.Text() == "strict" || mode.Text() == "balanced":
		a.Set("/oversight/approval", "always", mode, draft.Configured)
		a.Set("/guardrails/tool_policy", true, mode, draft.Configured)
	case mode.Is():
		a.Note(origin.Invalid, mode, "no mode, expected strict, balanced, restricted or autonomous")
	default:
		a.Note(origin.Open, a.own, "asks before all that does more than read, unless whoever starts it has another mode")
	}
}
