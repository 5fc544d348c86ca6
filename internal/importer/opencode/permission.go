package opencode

import (
	"path"
	"slices"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// action is what happens to the uses of a tool: allow, ask or deny, "" where that is not
// said here.
type action struct {
	word string
	at   draft.Node
	// others are where some of its uses are treated otherwise.
	others []draft.Node
}

// is tells whether all uses of a tool are treated like this.
func (x action) is(word string) bool { return x.word == word && len(x.others) == 0 }

// some is where some uses of a tool are treated like this.
func (x action) some(word string) draft.Node {
	if x.word == word {
		return x.at
	}
	i := slices.IndexFunc(x.others, func(n draft.Node) bool { return n.Text() == word })
	if i < 0 {
		return draft.Node{}
	}
	return x.others[i]
}

// group is the permission that a tool asks for.
func group(tool string) string {
	if slices.Contains([]string{"write", "patch", "multiedit", "apply_patch"}, tool) {
		return "edit"
	}
	return tool
}

// action finds what happens to a tool. Of rules the last that matches counts, and those
// of the agent stand behind those of all.
func (a *agent) action(tool string) (x action) {
	var permissions, tools []draft.Node
	for _, c := range slices.Backward(append([]draft.Node{a.own}, a.configs...)) {
		permissions, tools = append(permissions, c.Get("permission")), append(tools, c.Get("tools"))
	}
	for _, rules := range permissions {
		if rules.Text() != "" {
			x = action{rules.Text(), rules, nil}
		}
		for _, name := range rules.Ordered() {
			if ok, err := path.Match(name, group(tool)); ok && err == nil {
				x = x.with(rules.Get(name))
			}
		}
	}
	for _, switches := range tools {
		for _, name := range switches.Ordered() {
			if ok, err := path.Match(name, tool); ok && err == nil && switches.Get(name).Value == false {
				x = action{"deny", switches.Get(name), nil}
			}
		}
	}
	return x
}

// with is an action after one more rule: a word, or words by pattern.
func (x action) with(n draft.Node) action {
	if n.Text() != "" {
		return action{n.Text(), n, nil}
	}
	for _, pattern := range n.Ordered() {
		switch rule := n.Get(pattern); {
		case pattern == "*":
			x = action{rule.Text(), rule, nil}
		case rule.Text() != x.word:
			x.others = append(x.others, rule)
		}
	}
	return x
}

// tools states the tools that are not denied.
func (a *agent) tools() {
	for _, e := range a.Catalogue().Tools(host) {
		for _, name := range e.Names {
			x := a.action(name)
			if x.is("deny") {
				continue
			}
			n, basis := a.base, draft.Default
			if x.at.Is() {
				n, basis = x.at, draft.Configured
			}
			e.State(a.Tool(name, n, basis), n)
			if e.Kind == "shell" {
				a.Set("/execution/runs_code", true, n, basis)
			}
		}
	}
	if a.States("/peers/multi_agent") {
		a.Set("/peers/in_process", true, a.base, draft.Default)
	}
}

// approval states which actions wait for a person. A tool that no rule is about runs
// without asking where no other file says otherwise.
func (a *agent) approval() {
	bash, edit, all := a.action("bash"), a.action("edit"), a.action("")
	for _, x := range []action{bash, edit, all} {
		if n := x.some("ask"); n.Is() {
			a.Set("/guardrails/tool_policy", true, n, draft.Configured)
		} else if n := x.some("deny"); n.Is() {
			a.Set("/guardrails/tool_policy", true, n, draft.Configured)
		}
	}
	if n := a.action("external_directory").some("allow"); n.Is() {
		a.Note(origin.Open, n, "files outside of the project are within reach")
	}
	switch {
	case bash.word == "allow" && !bash.some("ask").Is():
		a.Set("/oversight/approval", "never", bash.at, draft.Configured)
		if bash.is("allow") && all.is("allow") && edit.is("allow") {
			a.Set("/guardrails/tool_policy", false, bash.at, draft.Configured)
		}
	case bash.some("allow").Is():
		a.Note(origin.Open, bash.some("allow"), "runs without asking; whether it is risky is not said")
	case bash.word == "" && edit.word == "" && all.word == "":
	case all.word != "ask" && all.word != "deny":
		a.Note(origin.Open, a.first(bash, edit), "what no rule is about runs without asking, unless another file says otherwise")
	case edit.some("allow").Is():
		a.Set("/oversight/approval", "risky", all.at, draft.Configured)
	default:
		a.Set("/oversight/approval", "always", all.at, draft.Configured)
	}
}

// first is where the first of some actions is said.
func (a *agent) first(actions ...action) draft.Node {
	for _, x := range actions {
		if x.at.Is() {
			return x.at
		}
	}
	return a.base
}
