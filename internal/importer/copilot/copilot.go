// Package copilot reads agents that are written for GitHub Copilot: on GitHub, in its
// command line and in editors.
//
// Where an agent runs decides what asks before it acts and what isolates it, and its
// file does not say that; so both stay open. What its file has is which tools it may use,
// and without a list these are all. Sources:
// https://docs.github.com/en/copilot/reference/custom-agents-configuration and
// https://code.visualstudio.com/docs/agents/reference/custom-agent-file-reference.
package copilot

import (
	"path"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of agents.
const (
	ID    = "copilot-agent"
	Title = "a GitHub Copilot agent"
	host  = "copilot"
)

// Is tells whether a text is an agent: by its name, whatever stands before it, or by
// where it lies and what that says.
func Is(name string, root draft.Node) bool {
	if strings.HasSuffix(name, ".agent.md") || strings.HasSuffix(name, ".chatmode.md") {
		return true
	}
	return strings.Contains("/"+name, "/.github/agents/") && path.Ext(name) == ".md" && (root.Get("description").Is() || root.Get("tools").Is())
}

// keys are those of an agent, and why nothing follows from some.
var keys = map[string]string{
	"name": "", "description": "", "target": "", "tools": "", "model": "", "models": "", "mcp-servers": "", "agents": "", "handoffs": "", "hooks": "",
	"disable-model-invocation": "", "infer": "", "user-invocable": "who can choose it", "user-invokable": "who can choose it", "metadata": "nothing of a profile",
	"argument-hint": "words", "modelPolicy": "which of its models is used", "reasoningEffort": "how much it thinks", "mode": "how it was chosen before",
}

// agent is an agent in its project.
type agent struct {
	*draft.Draft
	root draft.Node
	// inEditor and onGitHub tell where it may run.
	inEditor, onGitHub bool
	// editor are the servers that the project gives the editor.
	editor draft.Node
}

// Agent reads an agent. In an editor the servers of its project count for it too.
func Agent(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(ID, Title)
	if err != nil {
		return nil, err
	}
	a := &agent{Draft: d, root: root, inEditor: true, onGitHub: true}
	name := root.Get("name").Text()
	if name == "" {
		name = path.Base(in.Name)
		for _, end := range []string{".md", ".agent", ".chatmode"} {
			name = strings.TrimSuffix(name, end)
		}
	}
	a.Name(in.Called(host, name), root.Get("name"))
	a.Describe("summary", root.Get("description"))
	a.Keys(root, keys)
	a.target()
	if a.inEditor {
		if err := a.beside(in); err != nil {
			return nil, err
		}
	}
	a.model()
	a.tools()
	a.others()
	return []*draft.Draft{a.Draft}, nil
}

// target reads where the agent may run.
func (a *agent) target() {
	switch n := a.root.Get("target"); n.Text() {
	case "vscode":
		a.onGitHub = false
	case "github-copilot":
		a.inEditor = false
	default:
		if n.Is() {
			a.Note(origin.Invalid, n, "expected vscode or github-copilot")
		}
	}
}

// beside reads the servers that the project gives the editor.
func (a *agent) beside(in draft.Input) error {
	f, ok, err := in.Open(".vscode/mcp.json")
	if err != nil || !ok {
		return err
	}
	doc, err := f.Document()
	if err != nil {
		return err
	}
	a.Reads(f)
	a.editor = draft.Root(doc)
	return nil
}

// model states the model, of several the one that is tried first.
func (a *agent) model() {
	n := a.root.Get("model")
	if several := a.root.Get("models"); len(several.Items()) > 0 {
		n = several
	}
	for i, item := range n.Items() {
		if i == 0 {
			n = item
		} else {
			a.Note(origin.Open, item, "is used where those before it cannot be")
		}
	}
	name := n.Text()
	if name == "" || strings.EqualFold(name, "auto") {
		return
	}
	a.Set("/model/name", name, n, draft.Configured)
	if by := catalogue.Maker(name); by != "" {
		a.Set("/model/provider", by, n, draft.Known)
	}
}

// tools states the tools of the list, or all that there are without one.
func (a *agent) tools() {
	at := a.root.Get("tools")
	words := at.Each()
	every := !at.Is() || slices.ContainsFunc(words, func(w draft.Word) bool { return w.Text() == "*" })
	if every {
		a.builtin()
	}
	a.servers(func(tools string) bool {
		return every || slices.ContainsFunc(words, func(w draft.Word) bool { return w.Text() == tools })
	})
	executes := a.root.Get("hooks").Is()
	for _, w := range words {
		if w.Text() != "*" {
			executes = a.tool(w) || executes
		}
	}
	if every {
		return
	}
	a.Set("/tools_complete", true, at, draft.Configured)
	if len(words) == 0 {
		a.Set("/tools", []any{}, at, draft.Configured)
	}
	if !executes {
		a.Set("/execution/runs_code", false, at, draft.Configured)
	}
}

// builtin states the tools that every agent has. The agent of GitHub searches no web.
func (a *agent) builtin() {
	for _, e := range a.Catalogue().Tools(host) {
		if name := e.Names[0]; name != "web" || a.inEditor {
			a.state(name, e, a.root, draft.Default)
		}
	}
}

// state states a tool that the host has.
func (a *agent) state(name string, e draft.Entry, n draft.Node, basis draft.Basis) {
	e.State(a.Tool(name, n, basis), n)
	if e.Kind == "shell" {
		a.Set("/execution/runs_code", true, n, basis)
	}
}

// tool states a tool of the list: one that the host has built in, a set of these or one
// of a set, or those of a server. It tells whether code may run by it. The host passes
// over names that it does not know.
func (a *agent) tool(w draft.Word) (executes bool) {
	name := strings.ToLower(w.Text())
	set, one, inSet := strings.Cut(name, "/")
	e, known := a.Catalogue().Tool(host, name)
	if !known && inSet {
		e, known = a.Catalogue().Tool(host, set)
	}
	switch {
	case known:
		a.state(document.Clip(w.Text()), e, w.Node, draft.Configured)
		return e.Kind == "shell" || e.Agents
	case inSet && set != "vscode":
		server, _, _ := strings.Cut(w.Text(), "/")
		t := a.Tool(document.Clip(server), w.Node, draft.Configured)
		t.Set("kind", "mcp", w.Node, draft.Configured)
		if one != "*" {
			t.Scope(document.Clip(one), w.Node, draft.Configured)
			a.Note(origin.Open, w.Node, "one tool of %s; what it does is not said", document.Clip(server))
		} else if !a.root.Get("mcp-servers", server).Is() && !a.editor.Get("servers", server).Is() {
			a.Note(origin.Open, w.Node, "what %s is, is configured elsewhere", document.Clip(server))
		}
	default:
		a.Tool(document.Clip(w.Text()), w.Node, draft.Configured)
		a.Note(origin.Open, w.Node, "%s: no tool that is known, so what it does is not said", document.Clip(w.Text()))
	}
	return true
}

// servers states the servers that the agent brings, which editors do not heed, and those
// that the project gives the editor, where all of their tools are wanted.
func (a *agent) servers(wanted func(tools string) bool) {
	own := a.root.Get("mcp-servers")
	if own.Is() && !a.onGitHub {
		a.Note(origin.Misplaced, own, "not heeded in an editor, it counts in .vscode/mcp.json")
	}
	for _, name := range own.Keys() {
		n := own.Get(name)
		a.secrets(n)
		switch {
		case len(n.Keys()) == 0:
			a.Note(origin.Invalid, n, "expected an object with command or url, got %s", document.TypeOnly(n.Value))
		case a.onGitHub && wanted(name+"/*"):
			mcp.Server(a.Draft, name, n)
		default:
			a.Note(origin.Ignored, n, "not all of its tools are in the list")
			for _, key := range []string{"env", "headers"} {
				for _, variable := range n.Get(key).Keys() {
					a.Credential(variable, n.Get(key, variable))
				}
			}
		}
	}
	mcp.State(a.Draft, a.editor, func(server string) bool { return wanted(server + "/*") })
}

// secrets states that the secrets that a server gets are kept by GitHub.
func (a *agent) secrets(server draft.Node) {
	for _, key := range []string{"env", "headers"} {
		for _, name := range server.Get(key).Keys() {
			if n := server.Get(key, name); strings.Contains(n.Text(), "${{ secrets.") {
				a.Set("/secrets/storage", "encrypted_store", n, draft.Configured)
			}
		}
	}
}

// others states how the agent works with others: those that it may start, and those that
// start it unless that is forbidden, run in one program.
func (a *agent) others() {
	agents := a.root.Get("agents")
	if len(agents.Texts()) > 0 {
		a.Set("/peers/multi_agent", true, agents, draft.Configured)
	}
	if a.root.Get("disable-model-invocation").Value != true && a.root.Get("infer").Value != false {
		a.Set("/peers/multi_agent", true, a.root, draft.Default)
	}
	if a.States("/peers/multi_agent") {
		a.Set("/peers/in_process", true, a.root, draft.Default)
	}
	for _, n := range a.root.Get("handoffs").Items() {
		a.Note(origin.Open, n, "a person can go on to another agent, which its own file describes")
	}
	a.Hooks(a.root.Get("hooks"))
}
