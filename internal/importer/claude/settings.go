// Package claude reads what configures Claude Code in a project: settings, subagents,
// skills and plugins.
//
// What the files of a project can say is not all that counts: settings of the user and
// managed ones stand beside them. So a key that is absent leaves its fact open, and only
// what the host is whatever its settings say, such as that it has a shell, is its
// default.
package claude

import (
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of settings.
const (
	SettingsID    = "claude-settings"
	SettingsTitle = "Claude Code settings"
	host          = "claude-code"
)

// IsSettings tells whether a document is the settings of a project: by its place, or by
// keys that no other program has like this.
func IsSettings(name string, root draft.Node) bool {
	if strings.Contains("/"+name, "/.claude/settings") {
		return true
	}
	schema := root.Get("$schema").Text()
	lists := slices.ContainsFunc([]string{"allow", "ask", "deny"}, func(k string) bool { return len(root.Get("permissions", k).Items()) > 0 })
	return strings.HasSuffix(schema, "/claude-code-settings.json") || lists && !root.Get("agents").Is() && !root.Get("$schema").Is() || root.Get("enabledMcpjsonServers").Is() || root.Get("enableAllProjectMcpServers").Is()
}

// scope is a file of settings.
type scope struct {
	root  draft.Node
	local bool
}

// settings are the files of a project, that which counts more first.
type settings struct {
	*draft.Draft
	in draft.Input
	// base is where facts stand that no key says.
	base   draft.Node
	scopes []scope
	// allow, ask and deny are the rules of all files: they add up.
	allow, ask, deny list
	// without are the tools that a subagent does without.
	without list
}

// Settings reads the agent that the settings of a project describe, with the local ones
// and the servers beside them.
func Settings(in draft.Input) ([]*draft.Draft, error) {
	s := &settings{Draft: in.New(SettingsID, SettingsTitle), in: in}
	s.Name(in.Called(host), draft.Node{})
	doc, err := in.Document()
	if err != nil {
		return nil, err
	}
	s.base = draft.Root(doc)
	s.read(in.File, s.base, true)
	if !s.scopes[0].local {
		if err := s.beside(localPath, true); err != nil {
			return nil, err
		}
	}
	s.state()
	return []*draft.Draft{s.Draft}, s.servers()
}

// The files of a project's settings.
const (
	sharedPath = ".claude/settings.json"
	localPath  = ".claude/settings.local.json"
)

// read reads a file that counts more than those before it. What of it is in no fact is
// noted where the file is the agent's own.
func (s *settings) read(f draft.File, root draft.Node, own bool) {
	sc := scope{root, strings.HasSuffix(f.Name, ".local.json")}
	of := s.Draft
	if own {
		note(of, root, "", sc.local)
	} else {
		of = s.in.Of(f).New("", "")
	}
	if !valid(of, root) {
		sc.root = root.Empty()
	}
	s.scopes = append([]scope{sc}, s.scopes...)
	s.rules(sc)
}

// rules adds the rules of a file.
func (s *settings) rules(sc scope) {
	for _, l := range []struct {
		rules *list
		key   string
	}{{&s.allow, "allow"}, {&s.ask, "ask"}, {&s.deny, "deny"}} {
		for _, n := range sc.root.Get("permissions", l.key).Items() {
			*l.rules = append(*l.rules, parse(n.Text(), n))
		}
	}
}

// beside reads other settings of the project, where there are some.
func (s *settings) beside(path string, own bool) error {
	f, ok, err := s.in.Open(path)
	if err != nil || !ok {
		return err
	}
	doc, err := f.Document()
	if err != nil {
		return err
	}
	s.Reads(f)
	s.read(f, draft.Root(doc), own)
	return nil
}

// first is the value of a key in the file that counts most.
func (s *settings) first(keys ...string) draft.Node {
	for _, sc := range s.scopes {
		if n := sc.root.Get(keys...); n.Is() {
			return n
		}
	}
	return draft.Node{}
}

// hook is the first hook of an event, in any file.
func (s *settings) hook(event string) draft.Node {
	for _, sc := range s.scopes {
		if n := sc.root.Get("hooks", event); n.Is() {
			return n
		}
	}
	return draft.Node{}
}

// all are the items of a list in all files, which add up.
func (s *settings) all(keys ...string) (out []draft.Node) {
	for _, sc := range s.scopes {
		out = append(out, sc.root.Get(keys...).Items()...)
	}
	return out
}

// state states what the settings say.
func (s *settings) state() {
	if main := s.first("agent"); main.Text() != "" {
		s.Note(origin.Open, main, "the agent acts as this subagent, whose file has its tools and model")
	} else {
		s.model()
		s.tools()
	}
	s.sandbox()
	s.permissions()
	s.rest()
}

// tools states the tools that the host has built in and no rule takes away.
func (s *settings) tools() {
	for _, e := range s.Catalogue().Tools(host) {
		for _, name := range e.Names {
			s.builtin(name, e)
		}
	}
	s.others()
}

// builtin states a tool that the host has, unless a rule takes it away.
func (s *settings) builtin(name string, e draft.Entry) {
	if s.removed(name) {
		return
	}
	n, basis := s.base, draft.Default
	for _, r := range s.allow {
		if r.names(name) {
			n, basis = r.Node, draft.Configured
			break
		}
	}
	t := s.Tool(name, n, basis)
	e.State(t, n)
	if slices.Contains(shells, name) {
		s.Set("/execution/runs_code", true, n, basis)
		for _, r := range s.allow {
			if r.names(name) {
				t.Scope(r.scope(), r.Node, draft.Configured)
			}
		}
	}
}

// removed tells whether a tool is taken away.
func (s *settings) removed(tool string) bool {
	_, denied := s.deny.whole(tool)
	_, without := s.without.whole(tool)
	return denied || without
}

// others states how the agent works with others: it and those that it starts run in one
// program, unless they are a team.
func (s *settings) others() {
	tools, _ := s.Value("/tools").([]any)
	team := slices.ContainsFunc(tools, func(t any) bool {
		id, _ := t.(map[string]any)["id"].(string)
		return id == "SendMessage" || strings.HasPrefix(id, "Team")
	})
	if s.States("/peers/multi_agent") && !team && !s.first("env", "CLAUDE_CODE_EXPERIMENTAL_AGENT_TEAMS").Is() {
		s.Set("/peers/in_process", true, s.base, draft.Default)
	}
}

// project are the servers of the project, nothing where there are none.
func (s *settings) project() (draft.Node, error) {
	f, ok, err := s.in.Open(".mcp.json")
	if err != nil || !ok {
		return draft.Node{}, err
	}
	doc, err := f.Document()
	if err != nil {
		return draft.Node{}, err
	}
	s.Reads(f)
	return draft.Root(doc), nil
}

// servers states the servers of the project that no setting rejects.
func (s *settings) servers() error {
	root, err := s.project()
	if err == nil && root.Is() {
		mcp.State(s.Draft, root, s.wants)
		mcp.Unheeded(s.Draft, root)
	}
	return err
}

// wants tells whether no setting rejects a server of the project.
func (s *settings) wants(server string) bool {
	rejected := slices.ContainsFunc(s.all("disabledMcpjsonServers"), func(n draft.Node) bool { return n.Text() == server })
	return !rejected && !s.removed("mcp__"+server)
}
