// Package mcp reads what the Model Context Protocol is configured and published by: the
// servers of a client in the dialects of several, the entry of a server in a registry,
// and the saved list of a server's tools.
package mcp

import (
	"cmp"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of a client's servers.
const (
	ConfigID    = "mcp-config"
	ConfigTitle = "MCP servers of a client"
)

// IsConfig tells whether a document has servers of a client.
func IsConfig(_ string, root draft.Node) bool {
	list, named := serversOf(root), root.Get("mcpServers").Is()
	for _, name := range list.Keys() {
		s := list.Get(name)
		// Others have servers with addresses too.
		if s.Get("command").Is() || addressOf(s).Text() != "" && (named || slices.Contains([]string{"http", "sse", "streamable-http"}, s.Get("type").Text())) {
			return true
		}
	}
	return named && len(list.Keys()) == 0
}

// serversOf are the servers, by the keys of several clients.
func serversOf(root draft.Node) draft.Node {
	for _, keys := range [][]string{{"mcpServers"}, {"servers"}, {"mcp", "servers"}, {"context_servers"}} {
		if n := root.Get(keys...); n.Is() {
			return n
		}
	}
	return draft.Node{}
}

// clients are the names of agents by the end of the path of their servers. None of these
// has a key there by which a server is off, or its calls wait for nobody.
var clients = []struct{ path, name string }{
	{"/.cursor/mcp.json", "cursor"},
	{"/.vscode/mcp.json", "vscode"},
	{"/claude_desktop_config.json", "claude-desktop"},
	{"/.mcp.json", "mcp"},
}

// Config reads the client whose servers a file has. What else it can do, its own
// configuration says.
func Config(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(ConfigID, ConfigTitle)
	if err != nil {
		return nil, err
	}
	name, known := strings.TrimSuffix(path.Base(in.Name), path.Ext(in.Name)), false
	for _, c := range clients {
		if strings.HasSuffix("/"+in.Name, c.path) {
			name, known = c.name, true
		}
	}
	d.Name(in.Called(name), draft.Node{})
	d.Keys(root, map[string]string{
		"mcpServers": "", "servers": "", "mcp": "", "context_servers": "",
		"inputs": "asks whoever starts it for a value", "$schema": nothing,
	})
	list := serversOf(root)
	State(d, root, func(name string) bool { return known || !isOff(list.Get(name)) })
	if known {
		Unheeded(d, root)
	} else {
		trust(d, list)
	}
	return []*draft.Draft{d}, nil
}

// State states the servers of a document that are wanted, as tools.
func State(d *draft.Draft, root draft.Node, wanted func(name string) bool) {
	list := serversOf(root)
	for _, name := range list.Keys() {
		switch s := list.Get(name); {
		case !wanted(name):
			d.Note(origin.Ignored, s, "is off, or rejected")
		case len(s.Keys()) == 0:
			d.Note(origin.Invalid, s, "expected an object with command or url, got %s", document.TypeOnly(s.Value))
		default:
			Server(d, name, s)
		}
	}
}

// isOff tells whether a server is off.
func isOff(s draft.Node) bool {
	off, _ := s.Get("disabled").Flag()
	on, set := s.Get("enabled").Flag()
	return off || set && !on
}

// trusting are keys of a server, in some clients, by which its calls wait for nobody.
var trusting = []string{"alwaysAllow", "autoApprove", "trust"}

// trust states that no call waits for a person where that is so for every server.
func trust(d *draft.Draft, list draft.Node) {
	var all draft.Node
	some := false
	for _, name := range list.Keys() {
		s, trusted := list.Get(name), false
		if isOff(s) {
			continue
		}
		for _, key := range trusting {
			n := s.Get(key)
			if n.Value == true || len(n.Texts()) > 0 {
				d.Note(origin.Open, n, "calls of it wait for nobody")
			}
			if n.Value == true || slices.Contains(n.Texts(), "*") {
				trusted, all = true, n
			}
		}
		some = some || !trusted
	}
	if all.Is() && !some {
		d.Set("/oversight/approval", "never", all, draft.Configured)
	}
}

// Unheeded notes the keys of servers that a client does not heed: by which, in another,
// they would be off, or their calls wait for nobody.
func Unheeded(d *draft.Draft, root draft.Node) {
	list := serversOf(root)
	for _, name := range list.Keys() {
		for _, key := range append([]string{"disabled", "enabled"}, trusting...) {
			if n := list.Get(name, key); n.Is() {
				d.Note(origin.Misplaced, n, "not heeded by this client")
			}
		}
	}
}

// keys are those of a server, and why nothing follows from some.
var keys = map[string]string{
	"type": "", "command": "", "args": "", "env": "", "url": "", "serverUrl": "", "httpUrl": "", "headers": "", "disabled": "", "enabled": "",
	"alwaysAllow": "", "autoApprove": "", "trust": "", "headersHelper": "",
	"transport": "how it is spoken to", "transportType": "how it is spoken to",
	"cwd": "where it starts", "envFile": "a file that is not read", "timeout": nothing, "timeout_ms": nothing, "initTimeout": nothing,
	"startup_timeout_sec": nothing, "description": "words", "name": "words", "note": "words", "gallery": nothing, "version": "words", "dev": nothing,
	"tools": "which of its tools are used, without what they do", "includeTools": "which of its tools are used, without what they do", "excludeTools": "which of its tools are not used",
	"disabledTools": "which of its tools are not used", "oauth": "how it signs in", "auth": "how it signs in", "authProviderType": "how it signs in", "alwaysLoad": nothing,
	"scope": nothing, "sandboxEnabled": nothing,
}

// Server states a server as a tool.
func Server(d *draft.Draft, name string, s draft.Node) {
	d.Keys(s, keys)
	t := d.Tool(name, s, draft.Configured)
	Reached(t, s, draft.Node{}, false)
	t.Set("kind", "mcp", s, draft.Configured)
	if n := s.Get("headersHelper"); n.Is() {
		d.Note(origin.Open, n, "runs a command that makes credentials")
	}
}

// Reached states what a tool is by how a server is started or where it is, and the
// credentials that it is given. The image, if there is one, is of the container that it
// is started in; in part tells that not all of its tools are used.
func Reached(t draft.Tool, s, image draft.Node, inPart bool) {
	for _, r := range []ref{startedBy(t.Draft, s, image), urlOf(t.Draft, s)} {
		if r.pinned != nil {
			t.Set("pinned", *r.pinned, r.at, draft.Configured)
		}
		if e, ok := t.Draft.Catalogue().Server(r.is); ok {
			t.Set("party", cmp.Or(e.Party, "third_party"), r.at, draft.Known)
			if inPart {
				e = e.Part()
			}
			e.State(t, r.at)
		}
	}
	for _, key := range []string{"env", "headers"} {
		for _, variable := range s.Get(key).Keys() {
			t.Credential(variable, s.Get(key, variable))
		}
	}
}

// ref is what a server is known by, and whether its version is pinned, nil where that
// does not follow.
type ref struct {
	is     string
	pinned *bool
	at     draft.Node
}

// addressOf is the address of a remote server; a text is one by itself.
func addressOf(s draft.Node) draft.Node {
	if s.Text() != "" {
		return s
	}
	for _, key := range []string{"url", "serverUrl", "httpUrl"} {
		if n := s.Get(key); n.Text() != "" {
			return n
		}
	}
	return draft.Node{}
}

// urlOf reads the address of a remote server.
func urlOf(d *draft.Draft, s draft.Node) ref {
	n := addressOf(s)
	u, err := url.Parse(n.Text())
	if n.Text() == "" {
		return ref{}
	}
	if err != nil || u.Host == "" {
		d.Note(origin.Open, n, "an address that is known only where it starts")
		return ref{}
	}
	for _, parameter := range slices.Sorted(keysOf(u.Query())) {
		d.CredentialIn(parameter, u.Query().Get(parameter), n)
	}
	if u.User != nil {
		d.CredentialIn("", n.Text(), n)
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		d.Note(origin.Open, n, "is spoken to in clear text")
	}
	return ref{is: "url:" + u.Host + u.Path, at: n}
}

// loopback tells whether a host is the machine itself.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && ip.IsLoopback()
}
