package codex

import (
	"path"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// tools states the tools that Codex has built in and no key takes away, and what is
// added to them.
func (s *session) tools() {
	for _, e := range s.Catalogue().Tools(host) {
		for _, name := range e.Names {
			if n, basis, on := s.switched(name); on {
				e.State(s.Tool(name, n, basis), n)
			}
		}
	}
	if s.States("/peers/multi_agent") {
		s.Set("/peers/in_process", true, s.base, draft.Default)
	}
	s.search()
	s.added()
}

// switched tells whether a built-in tool is there, and where that is said.
func (s *session) switched(name string) (n draft.Node, basis draft.Basis, on bool) {
	off := draft.Node{}
	switch name {
	case "shell":
		if off = s.first("features", "shell_tool"); s.first("features", "unified_exec").Value == true {
			off = draft.Node{}
		}
		if off.Value != false {
			s.Set("/execution/runs_code", true, s.base, draft.Default)
		}
	case "view_image":
		off = s.first("tools", "view_image")
	case "spawn_agent":
		for _, n := range []draft.Node{s.first("features", "multi_agent"), s.first("agents", "enabled")} {
			if n.Value == false {
				off = n
			}
		}
	case "web_search":
		n, how := s.searches()
		if how != "" && how != "disabled" {
			return n, draft.Configured, true
		}
		off = n
		return s.base, draft.Default, how == ""
	}
	return s.base, draft.Default, off.Value != false
}

// searches says how the web is searched, "" where no file does.
func (s *session) searches() (draft.Node, string) {
	if n := s.first("web_search"); n.Text() != "" {
		return n, n.Text()
	}
	if n := s.first("tools", "web_search"); n.Value == false {
		return n, "disabled"
	}
	if n := s.first("features", "web_search_request"); n.Value == true {
		return n, "live"
	}
	return draft.Node{}, ""
}

// search states whom a search reaches. What is cached is an index of OpenAI, words of
// others all the same.
func (s *session) search() {
	if n, how := s.searches(); how == "live" || how == "indexed" {
		s.Tool("web_search", n, draft.Configured).Set("audience", "external", n, draft.Configured)
	}
}

// added states apps, plugins and skills.
func (s *session) added() {
	apps := s.first("apps")
	for _, id := range apps.Without("_default").Keys() {
		s.add(id, "saas", apps.Get(id))
	}
	plugins := s.first("plugins")
	for _, id := range plugins.Keys() {
		s.add(id, "plugin", plugins.Get(id))
	}
	for _, skill := range s.first("skills", "config").Items() {
		dir := strings.TrimSuffix(skill.Get("path").Text(), "/SKILL.md")
		s.add(path.Base(dir), "skill", skill)
	}
}

// add states an app, plugin or skill that is not off.
func (s *session) add(id, kind string, n draft.Node) {
	if on, ok := n.Get("enabled").Flag(); ok && !on {
		s.Note(origin.Ignored, n, "is off")
		return
	}
	s.Tool(id, n, draft.Configured).Set("kind", kind, n, draft.Configured)
	s.Note(origin.Open, n, "what it does is not said")
}

// ownKeys are the keys of a server that only Codex has, and why nothing follows from some.
var ownKeys = map[string]string{
	"http_headers": "", "env_http_headers": "", "http_headers_helper": "", "bearer_token_env_var": "", "env_vars": "", "scopes": "", "enabled_tools": "",
	"disabled_tools": "which of its tools are not used", "default_tools_approval_mode": "", "tools": "", "required": "nothing of a profile",
	"startup_timeout_ms": "nothing of a profile", "tool_timeout_sec": "nothing of a profile", "oauth_resource": "how it signs in", "auth": "how it signs in",
	"oauth": "how it signs in", "experimental_environment": "where it starts",
}

// servers states the servers that are not off.
func (s *session) servers() {
	list := s.first("mcp_servers")
	for _, name := range list.Keys() {
		n := list.Get(name)
		switch on, ok := n.Get("enabled").Flag(); {
		case ok && !on:
			s.Note(origin.Ignored, n, "is off")
		case len(n.Keys()) == 0:
			s.Note(origin.Invalid, n, "expected a table with command or url, got %s", document.TypeOnly(n.Value))
		default:
			s.server(name, n)
		}
	}
}

// server states a server as a tool.
func (s *session) server(name string, n draft.Node) {
	astray(s.Draft, n, "tools")
	ours := keys().all()
	for key, why := range ownKeys {
		if ours = append(ours, key); why != "" && n.Get(key).Is() {
			s.Note(origin.Ignored, n.Get(key), "%s", why)
		}
	}
	mcp.Server(s.Draft, name, n.Without(ours...))
	t := s.Tool(name, n, draft.Configured)
	for _, key := range []string{"scopes", "enabled_tools"} {
		for _, item := range n.Get(key).Items() {
			if text := item.Text(); text != "" {
				t.Scope(document.Clip(text), item, draft.Configured)
			}
		}
	}
	s.headers(n)
	for _, variable := range append(n.Get("env_vars").Items(), n.Get("bearer_token_env_var")) {
		name := variable.Text()
		if named := variable.Get("name"); named.Is() {
			name = named.Text()
		}
		if name != "" {
			s.CredentialIn(name, "${"+name+"}", variable)
		}
	}
	if helper := n.Get("http_headers_helper"); helper.Is() {
		s.Note(origin.Open, helper, "runs a command that makes credentials")
	}
}

// unasked is where a tool of a server or an app is let run without asking.
func (s *session) unasked() draft.Node {
	var lists []draft.Node
	for _, key := range []string{"mcp_servers", "apps"} {
		lists = append(lists, s.first(key))
	}
	plugins := s.first("plugins")
	for _, id := range plugins.Keys() {
		lists = append(lists, plugins.Get(id, "mcp_servers"))
	}
	for _, list := range lists {
		for _, name := range list.Keys() {
			n := list.Get(name)
			modes := []draft.Node{n.Get("default_tools_approval_mode")}
			for _, tool := range n.Get("tools").Keys() {
				modes = append(modes, n.Get("tools", tool, "approval_mode"))
			}
			if i := slices.IndexFunc(modes, func(m draft.Node) bool { return m.Text() == "approve" }); i >= 0 && n.Get("enabled").Value != false {
				return modes[i]
			}
		}
	}
	return draft.Node{}
}
