// Package m365 reads declarative agents of Microsoft 365 Copilot, with the plugins that
// they name. A manifest says all that the agent has; of a capability without a list of
// sources it has every one, so what is absent widens.
// https://learn.microsoft.com/microsoft-365/copilot/extensibility/declarative-agent-manifest-1.8
package m365

import (
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of manifests of declarative agents.
const (
	ID    = "m365-agent"
	Title = "a declarative agent of Microsoft 365"
	host  = "m365-copilot"
)

const nothing = "nothing of a profile"

// Is tells whether a document is the manifest of a declarative agent.
func Is(_ string, root draft.Node) bool {
	if !root.Get("instructions").Is() || root.Get("name").Text() == "" {
		return false
	}
	return strings.Contains(root.Get("$schema").Text(), "copilot/declarative-agent") ||
		strings.HasPrefix(root.Get("version").Text(), "v1.") && root.Get("description").Is()
}

var agentKeys = map[string]string{
	"name": "", "description": "", "capabilities": "", "actions": "", "worker_agents": "", "sensitivity_label": "", "user_overrides": "what the user can take away",
	"$schema": nothing, "version": nothing, "id": nothing, "instructions": "words", "conversation_starters": nothing, "behavior_overrides": nothing, "disclaimer": nothing, "editorial_answers": "answers that are written beforehand",
}

// sources are the lists of a capability that narrow what it reaches. One that has none
// of its lists reaches all.
var sources = map[string][]string{
	"WebSearch": {"sites"}, "OneDriveAndSharePoint": {"items_by_sharepoint_ids", "items_by_url"}, "GraphConnectors": {"connections"},
	"Dataverse": {"knowledge_sources"}, "TeamsMessages": {"urls"}, "Meetings": {"items_by_id"}, "Email": {"folders", "shared_mailbox", "group_mailboxes"},
	"People": {"include_related_content"}, "EmbeddedKnowledge": {"files"}, "ScenarioModels": {"models"},
}

// knowledge are the capabilities that search what is indexed.
var knowledge = []string{"OneDriveAndSharePoint", "GraphConnectors", "Dataverse", "EmbeddedKnowledge"}

// Read reads a declarative agent.
func Read(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(ID, Title)
	if err != nil {
		return nil, err
	}
	d.Name(in.Called(host, root.Get("name").Text()), root.Get("name"))
	d.Describe("title", root.Get("name"))
	d.Describe("summary", root.Get("description"))
	d.Keys(root, agentKeys)
	ofHost(d, root)
	capabilities, actions := root.Get("capabilities").Items(), root.Get("actions").Items()
	for _, c := range capabilities {
		capability(d, c)
	}
	for _, a := range actions {
		if err := action(d, in, a); err != nil {
			return nil, err
		}
	}
	if d.Value("/tools") == nil {
		d.Set("/tools", []any{}, root, draft.Default)
	}
	d.Set("/tools_complete", true, root, draft.Default)
	other := slices.ContainsFunc(capabilities, func(c draft.Node) bool { return sources[c.Get("name").Text()] == nil })
	if len(actions) == 0 && !other && !root.Get("worker_agents").Is() {
		d.Set("/execution/runs_code", false, root, draft.Default)
	}
	if n := root.Get("worker_agents"); len(n.Items()) > 0 {
		d.Set("/peers/multi_agent", true, n, draft.Configured)
	}
	if n := root.Get("sensitivity_label"); n.Is() {
		d.Note(origin.Open, n, "a label; what it protects is kept elsewhere")
	}
	return []*draft.Draft{d}, nil
}

// ofHost states what is so of every agent of the host: who uses it has signed in, and it
// reaches no more than they.
func ofHost(d *draft.Draft, root draft.Node) {
	d.Set("/orchestration/framework", "Microsoft 365 Copilot", root, draft.Default)
	d.Set("/execution/environment", "saas", root, draft.Default)
	d.Set("/identity/acts_as", "user_delegated", root, draft.Default)
	d.Set("/identity/caller_auth", true, root, draft.Default)
	d.Add("/identity/caller_auth_by", "sso", root, draft.Default)
}

// capability states a capability as a tool, and of what it reaches all or a part.
func capability(d *draft.Draft, c draft.Node) {
	name := c.Get("name").Text()
	lists, known := sources[name]
	keys := map[string]string{"name": ""}
	narrow := false
	for _, key := range lists {
		keys[key] = ""
		n := c.Get(key)
		narrow = narrow || len(n.Items()) > 0 || n.Text() != ""
	}
	d.Keys(c, keys)
	e, ok := d.Catalogue().Tool(host, name)
	switch {
	case ok:
		e.State(d.Tool(name, c.Get("name"), draft.Configured), c)
	case !known:
		d.Tool(document.Clip(name), c.Get("name").Or(c), draft.Configured)
		d.Note(origin.Open, c, "no capability that is known, so what it does is not said")
	}
	if known && !narrow && name != "People" && name != "ScenarioModels" {
		d.Note(origin.Open, c, "names no sources, so it reaches all that its user does")
	}
	if slices.Contains(knowledge, name) {
		d.Set("/rag/used", true, c, draft.Configured)
		d.Set("/rag/permission_aware", true, c, draft.Default)
	}
	switch name {
	case "CodeInterpreter":
		d.Set("/execution/runs_code", true, c, draft.Configured)
		d.Set("/execution/sandbox/present", true, c, draft.Default)
	case "GraphicArt":
		d.Add("/output/generates", "image", c, draft.Configured)
	case "ScenarioModels":
		d.Note(origin.Open, c, "models for single tasks")
	}
}

// action states a plugin as a tool, by its manifest, which stands in a file or here.
func action(d *draft.Draft, in draft.Input, a draft.Node) error {
	id := a.Get("id").Or(a.Get("namespace"))
	t := d.Tool(id.Text(), id.Or(a), draft.Configured)
	plugin := a
	if path := a.Get("file"); path.Text() != "" {
		f, ok, err := in.Open(in.Below(path.Text()))
		if err != nil || !ok {
			t.Set("kind", "plugin", a, draft.Configured)
			d.Note(origin.Open, path, "what it can do stands in a file that is not there")
			return nil
		}
		doc, err := f.Document()
		if err != nil {
			return err
		}
		d.Reads(f)
		plugin = draft.Root(doc)
	}
	for _, f := range plugin.Get("functions").Items() {
		if name := f.Get("name"); name.Text() != "" {
			t.Scope(document.Clip(name.Text()), name, draft.Configured)
		}
		handling(t, f.Get("capabilities", "security_info", "data_handling"))
	}
	for _, r := range plugin.Get("runtimes").Items() {
		runtime(d, t, r)
	}
	t.Set("kind", "plugin", plugin, draft.Configured)
	return nil
}

// handling states what a function does with data, as its maker says it.
func handling(t draft.Tool, list draft.Node) {
	rights := map[string]string{"GetPublicData": "read", "GetPrivateData": "read", "DataExport": "send", "ResourceStateUpdate": "write"}
	for _, n := range list.Items() {
		if right, ok := rights[n.Text()]; ok {
			t.Access([]string{right}, false, n, draft.Claimed)
		}
	}
}

// runtime states where the functions of a plugin are, and by what it signs in there.
func runtime(d *draft.Draft, t draft.Tool, r draft.Node) {
	switch r.Get("type").Text() {
	case "RemoteMCPServer":
		t.Set("kind", "mcp", r, draft.Configured)
		mcp.Reached(t, r.Get("spec"), draft.Node{}, r.Get("run_for_functions").Is())
	case "OpenApi":
		t.Set("kind", "http", r, draft.Configured)
	}
	switch how := r.Get("auth", "type"); how.Text() {
	case "OAuthPluginVault", "ApiKeyPluginVault":
		d.Set("/secrets/storage", "vault", how, draft.Configured)
	case "None":
		d.Note(origin.Open, how, "is called without signing in")
	}
}
