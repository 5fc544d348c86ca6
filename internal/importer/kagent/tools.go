package kagent

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// approval counts the tools of which a call waits for a person, and those of which none
// does, with the first place of each.
type approval struct {
	asked, unasked     int
	askedAt, unaskedAt draft.Node
}

func (p *approval) ask(at draft.Node) {
	if p.asked++; !p.askedAt.Is() {
		p.askedAt = at
	}
}

func (p *approval) pass(at draft.Node) {
	if p.unasked++; !p.unaskedAt.Is() {
		p.unaskedAt = at
	}
}

// tools states the tools of the agent, which are all that it has: what is built in
// besides asks a person, or keeps what memory says.
func (a *agent) tools() error {
	var p approval
	list := a.inner.Get("tools")
	servers, passing := 0, draft.Node{}
	for _, item := range list.Items() {
		a.strayed(item)
		a.Keys(item.Without(asking), itemKeys)
		switch server, other := item.Get("mcpServer"), item.Get("agent"); {
		case server.Is():
			servers++
			if err := a.server(item, server, &p); err != nil {
				return err
			}
			if h := passes(server); h.Is() && (servers == 1 || passing.Is()) {
				passing = h
			} else {
				passing = draft.Node{}
			}
		case other.Is():
			a.Keys(other, refKeys)
			a.peers(other.Get("name").Or(other.Get("ref")).Or(other))
			p.pass(other)
		default:
			a.Note(origin.Invalid, item, "expected mcpServer or agent")
		}
	}
	if passing.Is() {
		a.Set("/identity/acts_as", "user_delegated", passing, draft.Configured)
	}
	a.skills(&p)
	if a.Value("/tools") == nil {
		a.Set("/tools", []any{}, a.inner, draft.Default)
	}
	if servers == 0 && !a.States("/execution/runs_code") {
		a.Set("/execution/runs_code", false, a.inner, draft.Default)
	}
	a.Set("/tools_complete", true, a.inner, draft.Default)
	a.Set("/orchestration/dynamic_tools", false, a.inner, draft.Default)
	a.approval(p)
	return nil
}

// approval states which calls wait for a person. Where some do, whether those are the
// risky ones is not said.
func (a *agent) approval(p approval) {
	switch {
	case p.asked == 0 && p.unasked > 0:
		a.Set("/oversight/approval", "never", p.unaskedAt, draft.Default)
	case p.asked > 0 && p.unasked == 0:
		a.Set("/oversight/approval", "always", p.askedAt, draft.Configured)
	case p.asked > 0:
		a.Note(origin.Open, p.askedAt, "%d of %d tools wait for a person; whether those are the risky ones is not said", p.asked, p.asked+p.unasked)
	}
}

// server states a server of which the agent has tools.
func (a *agent) server(item, server draft.Node, p *approval) error {
	a.Keys(server, serverKeys)
	kind, namespace, name := cmp.Or(server.Get("kind").Text(), "MCPServer"), server.Get("namespace").Text(), server.Get("name").Text()
	at := server.Get("name")
	if old := server.Get("toolServer"); a.first {
		kind, at = "ToolServer", old
		namespace, name = split(old.Text())
	}
	id := name
	if namespace != "" && namespace != a.namespace {
		id = namespace + "/" + name
	}
	t := a.Tool(id, at.Or(server), draft.Configured)
	spec, ok, err := a.find(kind, cmp.Or(namespace, a.namespace), name)
	switch {
	case err != nil:
		return err
	case ok:
		a.reached(t, kind, spec, len(server.Get("toolNames").Items()) > 0)
	default:
		a.Note(origin.Open, at.Or(server), "what the server is, another resource says: the %s of this name", kind)
	}
	t.Set("kind", "mcp", server, draft.Configured)
	a.names(t, server, p)
	a.headers(item)
	if h := passes(server); h.Is() {
		a.Note(origin.Open, h, "the server gets the token of whoever calls the agent")
	}
	return nil
}

// names states which tools of a server the agent has, all that it offers where none is
// named, and counts those that wait for a person.
func (a *agent) names(t draft.Tool, server draft.Node, p *approval) {
	listed, approved := server.Get("toolNames"), server.Get(asking)
	for _, n := range listed.Items() {
		t.Scope(document.Clip(n.Text()), n, draft.Configured)
		if slices.Contains(approved.Texts(), n.Text()) {
			p.ask(approved)
		} else {
			p.pass(n)
		}
	}
	for _, w := range approved.Items() {
		if !slices.Contains(listed.Texts(), w.Text()) {
			a.Note(origin.Invalid, w, "is not among toolNames, so the cluster rejects the agent")
		}
	}
	if len(listed.Items()) == 0 {
		a.Set("/orchestration/dynamic_tools", true, server, draft.Default)
		p.pass(server)
		return
	}
	if a.once(server) {
		t.Set("scopes_complete", true, listed, draft.Configured)
	}
}

// once tells whether no other item of the tools names the same server.
func (a *agent) once(server draft.Node) bool {
	n := 0
	for _, item := range a.inner.Get("tools").Items() {
		other := item.Get("mcpServer")
		if other.Get("name").Text() == server.Get("name").Text() && other.Get("toolServer").Text() == server.Get("toolServer").Text() {
			n++
		}
	}
	return n == 1
}

// passes is the header by which the server gets the token of whoever calls the agent.
func passes(server draft.Node) draft.Node {
	for _, h := range server.Get("allowedHeaders").Items() {
		if strings.EqualFold(h.Text(), "authorization") {
			return h
		}
	}
	return draft.Node{}
}

// reached states what a server is by the resource that describes it, and of which the
// agent may have only a part of the tools.
func (a *agent) reached(t draft.Tool, kind string, spec draft.Node, inPart bool) {
	switch kind {
	case "RemoteMCPServer":
		a.Keys(spec, remoteKeys)
		mcp.Reached(t, spec, draft.Node{}, inPart)
		a.headers(spec)
		a.tls(spec)
	case "MCPServer":
		a.Keys(spec, deployedKeys)
		a.Keys(spec.Get("deployment"), deploymentKeys)
		mcp.Reached(t, spec.Get("deployment"), spec.Get("deployment", "image"), inPart)
	case "ToolServer":
		for _, how := range spec.Get("config").Keys() {
			mcp.Reached(t, spec.Get("config", how), draft.Node{}, inPart)
			a.headers(spec.Get("config", how))
		}
	}
}

// headers looks for credentials among headers that are set.
func (a *agent) headers(n draft.Node) {
	for _, h := range n.Get("headersFrom").Items() {
		a.Credential(h.Get("name").Text(), h.Get("value"))
		if from := h.Get("valueFrom"); from.Get("type").Text() == "Secret" {
			a.Note(origin.Open, from, "a header from a Secret of the cluster")
		}
	}
}

// tls tells where nobody looks at certificates.
func (a *agent) tls(n draft.Node) {
	if off := n.Get("tls", "disableVerify"); off.Value == true {
		a.Note(origin.Open, off, "certificates are not verified")
	}
}

// skills states the skills of the agent. With skills it has a shell and files, by which
// it runs what they bring.
func (a *agent) skills(p *approval) {
	s := a.spec.Get("skills")
	if !s.Is() {
		return
	}
	a.Keys(s, skillsKeys)
	if a.root.Get("kind").Text() == "SandboxAgent" && strings.HasSuffix(a.root.Get("apiVersion").Text(), "v1alpha2") {
		a.Note(origin.Invalid, s, "a SandboxAgent of this version has no skills, so the cluster rejects it")
		return
	}
	for _, ref := range s.Get("refs").Items() {
		t := a.skill(ref)
		mcp.Reached(t, draft.Node{}, ref, false)
	}
	for _, git := range s.Get("gitRefs").Items() {
		revision := git.Get("ref") // main where there is none
		a.skill(git.Get("url").Or(git)).Set("pinned", commit.MatchString(revision.Text()), revision.Or(git), draft.Configured)
	}
	for _, stored := range s.Get("s3Refs").Items() {
		a.skill(stored.Get("uri").Or(stored)).Set("pinned", false, stored, draft.Configured)
	}
	if off := s.Get("insecureSkipVerify"); off.Value == true {
		a.Note(origin.Open, off, "skills are fetched without verifying from whom")
	}
	for _, e := range a.Catalogue().Tools(ID) {
		for _, name := range e.Names {
			e.State(a.Tool(name, s, draft.Default), s)
			p.pass(s)
		}
	}
	a.Set("/execution/runs_code", true, s, draft.Default)
}

// commit is a revision that cannot move.
var commit = regexp.MustCompile(`^[0-9a-f]{40}$`)

// skill states a skill by its address.
func (a *agent) skill(n draft.Node) draft.Tool {
	a.CredentialIn("", n.Text(), n)
	t := a.Tool(without(n.Text()), n, draft.Configured)
	t.Set("kind", "skill", n, draft.Configured)
	return t
}

// without is an address without the credential that may be in it.
func without(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if user, host, found := strings.Cut(rest, "@"); ok && found && !strings.Contains(user, "/") {
		return scheme + "://" + host
	}
	return address
}
