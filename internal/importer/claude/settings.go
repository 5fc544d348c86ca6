// Package claude reads what configures Claude Code in a project: settings, subagents,
// skills and plugins.
//
// What the files of a project can say is not all that counts: settings of the user and
// managed ones stand beside them. So a key that is absent leaves its fact open, and only
// what the host is whatever its settings say, such as that it has a shell, is its
// default.
package claude

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/importer/catalogue"
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
	draft.File
	root  draft.Node
	local bool
}

// settings are the files of a project, that which counts more first.
type settings struct {
	*draft.Draft
	in     draft.Input
	scopes []scope
	// allow, ask and deny are the rules of all files: they add up.
	allow, ask, deny list
}

// Settings reads the agent that the settings of a project describe, with the local ones
// and the servers beside them.
func Settings(in draft.Input) ([]*draft.Draft, error) {
	s := &settings{Draft: draft.New(SettingsID, SettingsTitle, in.File), in: in}
	s.Name(in.Called(host), draft.Node{})
	if err := s.read(in.File); err != nil {
		return nil, err
	}
	if !s.scopes[0].local {
		if err := s.beside(".claude/settings.local.json"); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(s.scopes, func(a, b scope) int { return boolOrder(a.local, b.local) })
	s.state()
	return []*draft.Draft{s.Draft}, s.servers()
}

// boolOrder puts true first.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func (s *settings) read(f draft.File) error {
	doc, err := f.Document()
	if err != nil {
		return err
	}
	sc := scope{f, draft.Root(doc), strings.HasSuffix(f.Name, ".local.json")}
	note(s.Draft, sc.root, "", sc.local)
	if !valid(s.Draft, sc.root) {
		sc.root = sc.root.Empty()
	}
	s.scopes = append(s.scopes, sc)
	return nil
}

// beside reads other settings of the project, where there are some.
func (s *settings) beside(path string) error {
	f, ok, err := s.in.Open(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !ok {
		return nil
	}
	if err != nil {
		return err
	}
	s.Reads(f)
	return s.read(f)
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

// all are the items of a list in all files, which add up.
func (s *settings) all(keys ...string) (out []draft.Node) {
	for _, sc := range s.scopes {
		out = append(out, sc.root.Get(keys...).Items()...)
	}
	return out
}

// root is where facts stand that no key says.
func (s *settings) root() draft.Node { return s.scopes[len(s.scopes)-1].root }

// state states what the settings say.
func (s *settings) state() {
	for _, l := range []struct {
		rules *list
		key   string
	}{{&s.allow, "allow"}, {&s.ask, "ask"}, {&s.deny, "deny"}} {
		for _, n := range s.all("permissions", l.key) {
			*l.rules = append(*l.rules, parse(n))
		}
	}
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
	for _, e := range catalogue.Builtin().Tools(host) {
		for _, name := range e.Names {
			if _, removed := s.deny.whole(name); removed {
				continue
			}
			n, basis := s.root(), draft.Default
			for _, r := range s.allow {
				if r.names(name) {
					n, basis = r.Node, draft.Configured
					break
				}
			}
			t := s.Tool(name, n, basis)
			e.State(t, n)
			if slices.Contains(shells, name) {
				s.grants(t, name)
				s.Set("/execution/runs_code", true, n, basis)
			}
		}
	}
}

// grants states what of a tool runs without asking, as scopes.
func (s *settings) grants(t draft.Tool, name string) {
	for _, r := range s.allow {
		if r.names(name) {
			of := r.of
			if of == "" {
				of = "*"
			}
			t.Scope(of, r.Node, draft.Configured)
		}
	}
}

// servers states the servers of the project that no setting rejects.
func (s *settings) servers() error {
	f, ok, err := s.in.Open(".mcp.json")
	if errors.Is(err, fs.ErrNotExist) || err == nil && !ok {
		return nil
	}
	if err != nil {
		return err
	}
	doc, err := f.Document()
	if err != nil {
		return err
	}
	s.Reads(f)
	mcp.State(s.Draft, draft.Root(doc), func(name string) bool {
		for _, n := range s.all("disabledMcpjsonServers") {
			if n.Text() == name {
				return false
			}
		}
		_, denied := s.deny.whole("mcp__" + name)
		return !denied
	})
	return nil
}
