package dockeragent

import (
	"net/url"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// toolsets are those that the agent has, of its own or by a name of the file.
func (a *agent) toolsets() []draft.Node {
	out := a.own.Get("toolsets").Items()
	for _, n := range a.own.Get("use_toolsets").Items() {
		if named := a.team.Get("toolsets", n.Text()); named.Is() {
			out = append(out, named)
		} else {
			a.Note(origin.Invalid, n, "names no toolset of the file")
		}
	}
	return out
}

// has tells whether the agent has a toolset of a type.
func (a *agent) has(kind string) bool {
	for _, n := range append(a.own.Get("toolsets").Items(), a.named()...) {
		if n.Get("type").Text() == kind {
			return true
		}
	}
	return false
}

// named are the toolsets that it has by a name of the file.
func (a *agent) named() (out []draft.Node) {
	for _, n := range a.own.Get("use_toolsets").Items() {
		out = append(out, a.team.Get("toolsets", n.Text()))
	}
	return out
}

// tools states the tools of its toolsets, which are all that it has unless something
// brings more.
func (a *agent) tools() {
	deny := a.patterns("deny")
	for _, n := range a.toolsets() {
		kind := n.Get("type").Text()
		if whole(deny, kind).Is() {
			a.Note(origin.Ignored, n, "the permissions forbid it")
			continue
		}
		a.toolset(kind, n, a.own.Get("readonly").Value == true || n.Get("readonly").Value == true)
	}
	a.skills()
	if n := a.own.Get("code_mode_tools"); n.Value == true {
		a.Set("/orchestration/codegen", true, n, draft.Configured)
		a.runs(n)
	}
	if n := a.own.Get("harness"); n.Is() {
		a.open = true
		a.runs(n)
		a.Note(origin.Open, n, "runs another program, whose own configuration has its tools and model")
	}
	if a.open || a.team.Get("flavors").Is() {
		return
	}
	at := a.own.Get("toolsets")
	if !at.Is() {
		at = a.own
	}
	if list, _ := a.Value("/tools").([]any); len(list) == 0 {
		a.Set("/tools", []any{}, at, draft.Configured)
	}
	a.Set("/tools_complete", true, at, draft.Configured)
	if !a.executes && len(a.own.Get("sub_agents").Items()) == 0 && len(a.own.Get("handoffs").Items()) == 0 {
		a.Set("/execution/runs_code", false, at, draft.Configured)
	}
}

// runs states that code or commands run.
func (a *agent) runs(n draft.Node) {
	a.executes = true
	a.Set("/execution/runs_code", true, n, draft.Configured)
}

// toolset states the tools of a toolset. With only those that read, a shell has none.
func (a *agent) toolset(kind string, n draft.Node, readonly bool) {
	switch kind {
	case "mcp":
		a.server(n, readonly)
		return
	case "mcp_catalog":
		a.open, a.executes = true, true
		a.Set("/orchestration/dynamic_tools", true, n, draft.Configured)
		a.Note(origin.Open, n, "adds servers of a catalogue as it goes; what they do is not said")
		return
	case "script":
		a.scripts(n)
		return
	}
	e, known := a.Catalogue().Tool(host, kind)
	switch {
	case !known:
		a.executes = true
		a.Tool(document.Clip(kind), n, draft.Configured)
		a.Note(origin.Open, n, "no toolset that is known, so what it does is not said")
		return
	case readonly && e.Kind == "shell":
		a.Note(origin.Ignored, n, "without the tools that do more than read none is left")
		return
	case readonly:
		e.Access, e.AccessComplete = []string{"read"}, true
	}
	id := kind
	for _, name := range []draft.Node{n.Get("name"), n.Get("api_config", "name")} {
		if name.Text() != "" {
			id = document.Clip(name.Text())
		}
	}
	e.State(a.Tool(id, n, draft.Configured), n)
	a.executes = a.executes || e.Agents
	if e.Kind == "shell" {
		a.runs(n)
	}
	if kind == "a2a" {
		a.Set("/peers/in_process", false, n, draft.Configured)
		a.Set("/peers/protocol", "a2a", n, draft.Configured)
	}
	a.credentials(n)
}

// credentials states where credentials of a toolset are kept.
func (a *agent) credentials(n draft.Node) {
	for _, at := range []draft.Node{n.Get("env"), n.Get("headers"), n.Get("api_config", "headers"), n.Get("webhook_config", "headers")} {
		for _, name := range at.Keys() {
			a.Credential(name, at.Get(name))
		}
	}
	for _, address := range []draft.Node{n.Get("url"), n.Get("webhook_config", "url")} {
		a.CredentialIn("", address.Text(), address)
	}
}

// scripts states commands that the file has as tools.
func (a *agent) scripts(n draft.Node) {
	list := n.Get("shell")
	for _, name := range list.Keys() {
		t := a.Tool(name, list.Get(name), draft.Configured)
		t.Set("kind", "function", list.Get(name), draft.Configured)
		t.Access([]string{"execute"}, false, list.Get(name), draft.Configured)
		a.runs(list.Get(name))
		a.credentials(list.Get(name))
	}
	a.credentials(n)
}

// ownKeys are those of a server that other formats have not, or elsewhere.
var ownKeys = []string{"type", "ref", "remote", "config", "version", "tools", "instruction", "toon", "readonly", "model", "defer", "lifecycle", "working_dir", "allow_private_ips", "name"}

// server states a server: one of the file, one at an address, one of Docker's catalogue,
// or a program.
func (a *agent) server(n draft.Node, readonly bool) {
	a.executes = true
	own := n
	if named := a.team.Get("mcps", n.Get("ref").Text()); named.Is() {
		own = named
	}
	id := document.Clip(called(n, own))
	switch remote := own.Get("remote"); {
	case readonly:
		t := a.Tool(id, n, draft.Configured)
		t.Set("kind", "mcp", n, draft.Configured)
		t.Access([]string{"read"}, true, n, draft.Configured)
		a.credentials(own)
		a.credentials(remote)
	case remote.Is():
		mcp.Server(a.Draft, id, remote.Without("transport_type"))
	case own.Get("command").Is():
		mcp.Server(a.Draft, id, own.Without(ownKeys...))
	default:
		t := a.Tool(id, n, draft.Configured)
		t.Set("kind", "mcp", n, draft.Configured)
		t.Set("party", "third_party", n, draft.Configured)
		a.credentials(own)
		a.Note(origin.Open, n, "a server of Docker's catalogue; what it does and in which version is not said")
	}
	t := a.Tool(id, n, draft.Configured)
	for _, item := range append(own.Get("tools").Items(), n.Get("tools").Items()...) {
		if item.Text() != "" {
			t.Scope(document.Clip(item.Text()), item, draft.Configured)
		}
	}
}

// called is a name for a server: its own, that of the file, or what it is.
func called(n, own draft.Node) string {
	for _, name := range []draft.Node{n.Get("name"), own.Get("name"), n.Get("ref")} {
		if name.Text() != "" {
			return strings.TrimPrefix(name.Text(), "docker:")
		}
	}
	if u, err := url.Parse(own.Get("remote", "url").Text()); err == nil && u.Host != "" {
		return u.Host
	}
	for _, arg := range own.Get("args").Items() {
		if text := arg.Text(); text != "" && !strings.HasPrefix(text, "-") {
			return own.Get("command").Text() + " " + text
		}
	}
	return own.Get("command").Text()
}

// skills states the skills that the agent has. Those of the machine are not known here.
func (a *agent) skills() {
	lists := []draft.Node{a.own.Get("skills")}
	for _, n := range a.own.Get("use_skills").Items() {
		lists = append(lists, a.team.Get("skills", n.Text()))
	}
	for _, list := range lists {
		if list.Value == true {
			a.open, a.executes = true, true
			a.Note(origin.Open, list, "the skills of the machine; what they do is not said")
		}
		for _, n := range list.Items() {
			a.executes = true
			name := n.Text()
			if named := n.Get("name"); named.Is() {
				name = named.Text()
			}
			if name == "local" || strings.Contains(name, "://") {
				a.open = true
				a.Note(origin.Open, n, "skills from there; what they do is not said")
				continue
			}
			a.Tool(document.Clip(name), n, draft.Configured).Set("kind", "skill", n, draft.Configured)
		}
	}
}
