package claude

import (
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of plugins.
const (
	PluginID    = "claude-plugin"
	PluginTitle = "a Claude Code plugin"
	pluginPath  = ".claude-plugin/plugin.json"
)

// IsPlugin tells whether a document is the manifest of a plugin.
func IsPlugin(name string, root draft.Node) bool {
	return strings.HasSuffix("/"+name, "/"+pluginPath) && root.Get("name").Text() != "" ||
		strings.HasSuffix(root.Get("$schema").Text(), "/claude-code-plugin-manifest.json")
}

// pluginKeys are the keys of a manifest, and why nothing follows from some.
var pluginKeys = map[string]string{
	"name": "", "displayName": "", "version": "", "description": "", "author": "", "homepage": "", "license": "", "mcpServers": "", "hooks": "",
	"$schema": "nothing of a profile", "repository": "nothing of a profile", "keywords": "nothing of a profile", "defaultEnabled": "whether it is on after it was installed",
	"skills": "where its skills are, which are judged by themselves", "commands": "where its skills are, which are judged by themselves", "agents": "where its subagents are, which are judged by themselves",
	"outputStyles": "how the agent writes", "lspServers": "programs that know a language", "monitors": "commands that run beside the agent", "themes": "nothing of a profile",
	"experimental": "nothing of a profile", "userConfig": "asks whoever installs it for a value", "channels": "nothing of a profile", "dependencies": "other plugins, which are judged by themselves",
}

// Plugin reads a plugin: text, commands and servers for an agent. Its subagents and
// skills are judged by themselves.
func Plugin(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(PluginID, PluginTitle)
	if err != nil {
		return nil, err
	}
	d.Name(in.Called("plugin", root.Get("name").Text()), root.Get("name"))
	d.Subject("skill", root)
	for key, n := range map[string]draft.Node{
		"title": root.Get("displayName"), "version": root.Get("version"), "summary": root.Get("description"), "vendor": root.Get("author", "name"), "homepage": root.Get("homepage"),
	} {
		d.Describe(key, n)
	}
	d.Keys(root, pluginKeys)
	if n := root.Get("license"); n.Text() != "" {
		d.Set("/supply/licence", document.Clip(n.Text()), n, draft.Claimed)
	}
	p := plugin{d, in}
	if err := p.part(root.Get("mcpServers"), ".mcp.json", p.servers); err != nil {
		return nil, err
	}
	return []*draft.Draft{d}, p.part(root.Get("hooks"), "hooks/hooks.json", p.hooks)
}

type plugin struct {
	*draft.Draft
	in draft.Input
}

// part reads a part of the plugin: where a key has it or names its files, and in the
// file where it stands without a key.
func (p plugin) part(key draft.Node, usual string, read func(draft.Node)) error {
	if len(key.Keys()) > 0 {
		read(key)
	}
	for _, path := range append(key.Texts(), usual) {
		f, ok, err := p.in.Open(strings.TrimPrefix(path, "./"))
		if err != nil {
			return err
		}
		if !ok {
			if path != usual {
				p.Note(origin.Open, key, "names a file that is not there")
			}
			continue
		}
		doc, err := f.Document()
		if err != nil {
			return err
		}
		p.Reads(f)
		read(draft.Root(doc))
	}
	return nil
}

// servers states servers, which stand in an object by themselves or below a key.
func (p plugin) servers(n draft.Node) {
	if n.Get("mcpServers").Is() {
		mcp.State(p.Draft, n, func(string) bool { return true })
		return
	}
	for _, name := range n.Keys() {
		mcp.Server(p.Draft, name, n.Get(name))
	}
}

// hooks states that the plugin runs commands.
func (p plugin) hooks(n draft.Node) {
	if below := n.Get("hooks"); below.Is() {
		n = below
	}
	for _, event := range n.Keys() {
		p.Set("/execution/runs_code", true, n.Get(event), draft.Configured)
		p.Note(origin.Open, n.Get(event), "runs commands of its own at this event; what they do is not said")
	}
}
