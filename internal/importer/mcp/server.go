package mcp

import (
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of a server's entry in a registry:
// https://github.com/modelcontextprotocol/registry/tree/main/docs/reference/server-json
const (
	ServerID    = "mcp-server"
	ServerTitle = "the registry entry of an MCP server"
)

// IsServer tells whether a document is the entry of a server.
func IsServer(_ string, root draft.Node) bool {
	namespaced := strings.Count(root.Get("name").Text(), "/") == 1
	published := len(root.Get("packages").Items())+len(root.Get("remotes").Items()) > 0
	return namespaced && published && (strings.Contains(root.Get("$schema").Text(), "modelcontextprotocol.io/schemas/") || root.Get("version").Text() != "")
}

const nothing = "nothing of a profile"

// entryKeys are the keys of an entry, and why nothing follows from some.
var entryKeys = map[string]string{
	"name": "", "title": "", "description": "", "version": "", "websiteUrl": "", "packages": "", "remotes": "",
	"$schema": nothing, "repository": "where its source is, without a licence", "icons": nothing, "_meta": nothing, "status": nothing,
}

var packageKeys = map[string]string{
	"transport": "", "environmentVariables": "", "packageArguments": "", "runtimeArguments": "",
	"registryType": nothing, "registryBaseUrl": nothing, "identifier": nothing, "runtimeHint": nothing,
	"version": "the version that whoever installs it by this entry gets", "fileSha256": "by which a client can tell the file; whether it does is not said",
}

var remoteKeys = map[string]string{"type": "", "url": "", "headers": "", "variables": ""}

// Entry reads what a registry says of a server. Its publisher says it.
func Entry(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(ServerID, ServerTitle)
	if err != nil {
		return nil, err
	}
	d.Name(root.Get("name").Text(), root.Get("name"))
	d.Subject("tool_server", root)
	for key, from := range map[string]string{"title": "title", "version": "version", "summary": "description", "homepage": "websiteUrl"} {
		d.Describe(key, root.Get(from))
	}
	d.Keys(root, entryKeys)
	packages, remotes := root.Get("packages").Items(), root.Get("remotes").Items()
	for _, p := range packages {
		d.Keys(p, packageKeys)
		transport(d, p.Get("transport"))
		for _, key := range []string{"environmentVariables", "packageArguments", "runtimeArguments"} {
			inputs(d, p.Get(key))
		}
	}
	for _, r := range remotes {
		d.Keys(r, remoteKeys)
		transport(d, r)
	}
	switch {
	case len(remotes) == 0:
		d.Set("/execution/environment", "local_host", packages[0], draft.Claimed)
	case len(packages) == 0:
		d.Set("/execution/environment", "saas", remotes[0], draft.Claimed)
	}
	return []*draft.Draft{d}, nil
}

// transport states how callers speak to the server, and by what they are known.
func transport(d *draft.Draft, n draft.Node) {
	how, ok := map[string]string{"stdio": "stdio", "streamable-http": "http", "sse": "sse"}[n.Get("type").Text()]
	switch {
	case ok:
		d.Add("/network/transports", how, n.Get("type"), draft.Claimed)
	case n.Get("type").Is():
		d.Note(origin.Invalid, n.Get("type"), "expected stdio, streamable-http or sse")
	}
	for _, h := range n.Get("headers").Items() {
		required, _ := h.Get("isRequired").Flag()
		if secret, _ := h.Get("isSecret").Flag(); secret && required {
			d.Set("/identity/caller_auth", true, h, draft.Claimed)
			d.Add("/identity/caller_auth_by", "api_key", h, draft.Claimed)
		}
	}
	inputs(d, n.Get("headers"))
}

// inputs states where credentials are kept that whoever uses the server brings: in the
// configuration of its client. One that stands here already is told.
func inputs(d *draft.Draft, list draft.Node) {
	for _, n := range list.Items() {
		name := n.Get("name").Text()
		for _, key := range []string{"value", "default"} {
			if v := n.Get(key); v.Text() != "" && !strings.Contains(v.Text(), "{") {
				d.CredentialIn(name, v.Text(), v)
			}
		}
		if secret, _ := n.Get("isSecret").Flag(); secret {
			d.Set("/secrets/storage", "client_config", n, draft.Claimed)
		}
	}
}
