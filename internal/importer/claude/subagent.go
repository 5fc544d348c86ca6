package claude

import (
	"path"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of subagents.
const (
	SubagentID    = "claude-subagent"
	SubagentTitle = "a Claude Code subagent"
)

// IsSubagent tells whether front matter is that of a subagent.
func IsSubagent(name string, root draft.Node) bool {
	if path.Ext(name) != ".md" || isSkillName(name) || root.Get("name").Text() == "" || root.Get("description").Text() == "" {
		return false
	}
	return strings.Contains("/"+name, "/agents/") || slices.ContainsFunc([]string{"tools", "disallowedTools", "model", "permissionMode", "color"}, func(k string) bool { return root.Get(k).Is() })
}

// subagentKeys are the keys of a subagent, and why nothing follows from some.
var subagentKeys = map[string]string{
	"name": "", "description": "", "tools": "", "disallowedTools": "", "model": "", "permissionMode": "", "maxTurns": "", "skills": "", "mcpServers": "", "hooks": "", "memory": "",
	"background": "", "isolation": "", "effort": "how much it thinks", "color": "nothing of a profile", "initialPrompt": "words",
}

// ofProject are the keys that count only where the subagent is the project's own.
var ofProject = []string{"permissionMode", "mcpServers", "hooks"}

// absent are tools that no subagent has, whatever its list says.
var absent = []string{"AskUserQuestion", "EnterPlanMode", "ScheduleWakeup", "WaitForMcpServers"}

// subagent is a subagent with the settings of its project.
type subagent struct {
	*settings
	root draft.Node
	// servers are those of the project, by name.
	servers draft.Node
}

// Subagent reads a subagent. The settings and the servers of its project count for it
// too.
func Subagent(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(SubagentID, SubagentTitle)
	if err != nil {
		return nil, err
	}
	s := &subagent{settings: &settings{Draft: d, in: in, base: root}, root: root}
	s.Name(in.Called(host, group(in.Name), root.Get("name").Text()), root.Get("name"))
	s.Describe("summary", root.Get("description"))
	s.Keys(root, subagentKeys)
	if err := s.surroundings(); err != nil {
		return nil, err
	}
	s.stateModel()
	s.stateTools()
	s.stateServers()
	s.stateMode()
	s.sandbox()
	s.stateRest()
	return []*draft.Draft{s.Draft}, nil
}

// group is the directory of a subagent below that of all of them, so that two of one
// name can be told apart.
func group(name string) string {
	if _, below, ok := strings.Cut(path.Dir("/"+name)+"/", "/agents/"); ok {
		return below
	}
	return ""
}

// surroundings reads what stands beside the subagent: a plugin, whose subagents may less,
// or a project.
func (s *subagent) surroundings() error {
	if _, isPlugin, err := s.in.Open(pluginPath); err != nil || isPlugin {
		for _, key := range ofProject {
			if n := s.root.Get(key); n.Is() {
				s.Note(origin.Misplaced, n, "not heeded in a plugin, it counts in .claude/agents of a project")
			}
		}
		s.root = s.root.Without(ofProject...)
		return err
	}
	for _, path := range []string{sharedPath, localPath} {
		if err := s.beside(path, false); err != nil {
			return err
		}
	}
	var err error
	s.servers, err = s.project()
	return err
}

func (s *subagent) stateModel() {
	gateway := s.first("env", "ANTHROPIC_BASE_URL").Is()
	for _, n := range []draft.Node{s.first("env", "CLAUDE_CODE_SUBAGENT_MODEL"), s.root.Get("model")} {
		if name := n.Text(); name != "" && name != "inherit" {
			stateModel(s.Draft, n, gateway)
			return
		}
	}
	s.model()
}

// stateTools states the tools of its list, or all that the host has where there is none.
func (s *subagent) stateTools() {
	at := s.root.Get("tools")
	s.without = split(s.root.Get("disallowedTools"))
	if listed := split(at); len(listed) > 0 && at.Text() != "*" {
		s.listed(at, listed)
	} else {
		if at.Is() && at.Text() != "*" {
			s.Note(origin.Open, at, "an empty list; whether that means none or all is not said")
		}
		s.tools()
		if s.servers.Is() {
			mcp.State(s.Draft, s.servers, s.wants)
		}
	}
	s.Set("/peers/multi_agent", true, s.root, draft.Default) // another agent calls it
	s.others()
}

// listed states the tools of a list, which are all that it has.
func (s *subagent) listed(at draft.Node, tools list) {
	executes := false
	for _, r := range tools {
		e, known := s.Catalogue().Tool(host, r.tool)
		server, ofServer := strings.CutPrefix(r.tool, "mcp__")
		switch {
		case s.removed(r.tool):
		case slices.Contains(absent, r.tool):
			s.Note(origin.Misplaced, r.Node, "%s is not heeded here, no subagent has it", r.tool)
		case ofServer:
			s.server(server, r.Node)
			executes = true
		case known:
			t := s.Tool(r.tool, r.Node, draft.Configured)
			e.State(t, r.Node)
			if slices.Contains(shells, r.tool) {
				s.Set("/execution/runs_code", true, r.Node, draft.Configured)
				if r.of != "" {
					t.Scope(r.of, r.Node, draft.Configured)
				}
			}
			executes = executes || e.Kind == "shell" || e.Agents || r.tool == "Skill"
		default:
			s.Tool(document.Clip(r.tool), r.Node, draft.Configured)
			s.Note(origin.Open, r.Node, "%s: no tool that is known, so what it does is not said", document.Clip(r.tool))
			executes = true
		}
	}
	if _, stated := s.Value("/tools").([]any); !stated {
		return
	}
	s.Set("/tools_complete", true, at, draft.Configured)
	if !executes && !s.root.Get("memory").Is() && !s.root.Get("mcpServers").Is() {
		s.Set("/execution/runs_code", false, at, draft.Configured)
	}
}

// server states a server of which the subagent has a tool, or all of them.
func (s *subagent) server(of string, n draft.Node) {
	name, tool, _ := strings.Cut(of, "__")
	one := tool != "" && !strings.Contains(tool, "*")
	configured := s.servers.Get("mcpServers", name)
	if configured.Is() && s.wants(name) && !one {
		mcp.Server(s.Draft, name, configured)
	}
	t := s.Tool(name, n, draft.Configured)
	t.Set("kind", "mcp", n, draft.Configured)
	switch {
	case one:
		t.Scope(document.Clip(tool), n, draft.Configured)
		s.Note(origin.Open, n, "one tool of the server %s; what it does is not said", document.Clip(name))
	case !configured.Is():
		s.Note(origin.Open, n, "what the server %s is, is configured elsewhere", document.Clip(name))
	}
}

// stateServers states the servers that the subagent brings or names.
func (s *subagent) stateServers() {
	list := s.root.Get("mcpServers")
	items := list.Items()
	if list.Text() == "" && len(items) == 0 && len(list.Keys()) > 0 {
		items = []draft.Node{list}
	}
	for _, item := range items {
		if name := item.Text(); name != "" {
			s.server(name, item)
			continue
		}
		for _, name := range item.Keys() {
			mcp.Server(s.Draft, name, item.Get(name))
		}
	}
}

// stateMode states who decides about a call. The mode of the session stands above that of
// the subagent where it is laxer, so only a lax one is certain.
func (s *subagent) stateMode() {
	own := s.root.Get("permissionMode")
	mode, at := s.mode()
	switch lax := []string{"bypassPermissions", "dontAsk", "acceptEdits", "auto"}; {
	case !own.Is():
	case !slices.Contains(modes, own.Text()):
		s.Note(origin.Invalid, own, "no mode, so that of the session counts")
	case own.Text() == "bypassPermissions" && s.first("permissions", "disableBypassPermissionsMode").Text() == "disable":
		s.Note(origin.Open, own, "the settings forbid this mode, so that of the session counts")
	case slices.Contains(lax, mode):
		s.Note(origin.Open, own, "the mode of the session is %s, and counts", mode)
	case own.Text() == "auto":
		s.Note(origin.Open, own, "a model decides what runs without asking")
		return
	case mode == "" && !slices.Contains(lax, own.Text()):
		s.Note(origin.Open, own, "counts where the session has no laxer mode, which is not said")
	default:
		mode, at = own.Text(), own
	}
	s.decides(mode, at)
}

// stateRest states what single keys say.
func (s *subagent) stateRest() {
	if n := s.root.Get("memory"); slices.Contains([]string{"user", "project", "local"}, n.Text()) {
		s.Set("/memory/persistent", true, n, draft.Configured)
		for _, tool := range []string{"Read", "Write", "Edit"} { // it gets them to keep notes
			e, _ := s.Catalogue().Tool(host, tool)
			e.State(s.Tool(tool, n, draft.Default), n)
		}
	} else if n.Is() {
		s.Note(origin.Invalid, n, "expected user, project or local")
	}
	if n := s.root.Get("maxTurns"); n.Is() {
		s.Set("/orchestration/limits/steps", true, n, draft.Configured)
	}
	for _, n := range s.root.Get("skills").Each() {
		s.Tool(n.Text(), n.Node, draft.Configured).Set("kind", "skill", n.Node, draft.Configured)
	}
	if n := s.root.Get("background"); n.Value == true {
		s.Note(origin.Open, n, "runs while the session goes on")
	}
	if n := s.root.Get("isolation"); n.Is() {
		s.Note(origin.Open, n, "works on a copy of the repository; commands are not isolated by that")
	}
	s.credentials()
	hooks := s.root.Get("hooks")
	for _, event := range hooks.Keys() {
		s.Note(origin.Open, hooks.Get(event), "runs commands of its own at this event; what they do is not said")
	}
}
