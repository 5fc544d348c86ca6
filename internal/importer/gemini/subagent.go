package gemini

import (
	"path"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of subagents.
const (
	SubagentID    = "gemini-subagent"
	SubagentTitle = "a Gemini CLI subagent"
	agents        = ".gemini/agents/"
)

// IsSubagent tells whether front matter is that of a subagent that runs in the program.
// One that runs elsewhere is judged where its card is.
func IsSubagent(name string, root draft.Node) bool {
	return strings.Contains("/"+name, "/"+agents) && path.Ext(name) == ".md" && root.Get("name").Text() != "" && root.Get("kind").Text() != "remote"
}

// subagentKeys are the keys of a subagent, and why nothing follows from some.
var subagentKeys = map[string]string{
	"name": "", "description": "", "kind": "", "tools": "", "mcpServers": "", "model": "", "max_turns": "", "timeout_mins": "",
	"temperature": "how its model is called", "display_name": nothing,
}

// subagent is a subagent within the settings of its project.
type subagent struct {
	settings
	own draft.Node
}

// Subagent reads a subagent. It runs within a session of its project, whose settings
// count for it too. Source: https://geminicli.com/docs/core/subagents.
func Subagent(in draft.Input) ([]*draft.Draft, error) {
	d, own, err := in.Begin(SubagentID, SubagentTitle)
	if err != nil {
		return nil, err
	}
	s := &subagent{settings: settings{Draft: d}, own: own}
	s.Name(in.Called(host, own.Get("name").Text()), own.Get("name"))
	s.Describe("summary", own.Get("description"))
	s.Keys(own, subagentKeys)
	if err := s.project(in); err != nil {
		return nil, err
	}
	model := own.Get("model")
	if model.Text() == "inherit" || !model.Is() {
		model = s.root.Get("model", "name")
	}
	s.stateModel(model)
	s.stateTools()
	for _, name := range own.Get("mcpServers").Keys() {
		mcp.Server(d, name, own.Get("mcpServers", name))
	}
	s.sandbox()
	s.approval()
	s.ends("max_turns", "/orchestration/limits/steps")
	s.ends("timeout_mins", "/orchestration/limits/time")
	s.Set("/peers/multi_agent", true, own, draft.Default) // another agent calls it
	return []*draft.Draft{d}, nil
}

// project reads the settings beside the subagent.
func (s *subagent) project(in draft.Input) error {
	f, ok, err := in.Open(settingsPath)
	if err != nil || !ok {
		return err
	}
	doc, err := f.Document()
	if err != nil {
		return err
	}
	s.Reads(f)
	s.root = draft.Root(doc)
	if n := s.root.Get("agents", "overrides", s.own.Get("name").Text()); n.Is() {
		s.Note(origin.Open, n, "counts above what the subagent says itself")
	}
	return nil
}

// stateTools states the tools of its list, or all that the session has without one.
func (s *subagent) stateTools() {
	at := s.own.Get("tools")
	if !at.Is() {
		s.inherited(s.own, draft.Default)
		return
	}
	closed, runs, only := true, false, []string{}
	for _, n := range at.Items() {
		name := n.Text()
		e, known := s.Catalogue().Tool(host, name)
		switch {
		case name == "*":
			s.inherited(n, draft.Configured)
			closed = false
		case strings.HasPrefix(name, "mcp_"):
			s.ofServer(strings.TrimPrefix(name, "mcp_"), n)
			runs = true
		default:
			if known {
				name = e.Names[0]
			}
			only = append(only, name)
			s.listed(rule{Node: n, tool: name})
			runs = runs || !known || e.Kind == "shell" || e.Agents
		}
	}
	if len(at.Items()) == 0 {
		s.Note(origin.Open, at, "an empty list; whether that means none or all is not said")
	}
	if closed {
		s.only = only
	}
	if tools, _ := s.Value("/tools").([]any); len(tools) == 0 || !closed || s.own.Get("mcpServers").Is() {
		return
	}
	s.Set("/tools_complete", true, at, draft.Configured)
	if !runs {
		s.Set("/execution/runs_code", false, at, draft.Configured)
	}
}

// inherited states the tools of a session, as far as they are known.
func (s *subagent) inherited(n draft.Node, basis draft.Basis) {
	if s.root.Get("tools", "core").Is() {
		s.tools()
	} else {
		for _, e := range s.Catalogue().Tools(host) {
			s.builtin(e.Names[0], e, n, basis)
		}
	}
	s.servers()
}

// ofServer states a tool of a server, or all of them: *, SERVER_* or SERVER_TOOL.
func (s *subagent) ofServer(of string, n draft.Node) {
	if of == "*" {
		s.servers()
		s.Note(origin.Open, n, "all tools of the servers of the session, which may have more than its project gives it")
		return
	}
	list := s.root.Get("mcpServers")
	for _, name := range list.Keys() {
		tool, ok := strings.CutPrefix(of, name+"_")
		if !ok {
			continue
		}
		if tool == "*" {
			mcp.Server(s.Draft, name, list.Get(name))
			return
		}
		t := s.Tool(name, n, draft.Configured)
		t.Set("kind", "mcp", n, draft.Configured)
		t.Scope(document.Clip(tool), n, draft.Configured)
		s.Note(origin.Open, n, "one tool of the server %s; what it does is not said", document.Clip(name))
		return
	}
	s.Tool(document.Clip(strings.TrimSuffix(of, "_*")), n, draft.Configured).Set("kind", "mcp", n, draft.Configured)
	s.Note(origin.Open, n, "of a server that is configured elsewhere")
}

// ends states a limit, which there always is.
func (s *subagent) ends(key, fact string) {
	switch n := s.own.Get(key); {
	case !n.Is():
		s.Set(fact, true, s.own, draft.Default)
	case number(n) != "" && !strings.HasPrefix(number(n), "-"):
		s.Set(fact, true, n, draft.Configured)
	default:
		s.Note(origin.Invalid, n, "expected a number from 1 on")
	}
}
