// Package opencode reads the configuration of OpenCode in a project, and the agents that
// it has.
//
// Configurations of several places are merged, so a key that is absent leaves its fact
// open: OpenCode asks for nothing where no file has rules. Source:
// https://opencode.ai/docs/config.
package opencode

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of configurations.
const (
	ConfigID    = "opencode-config"
	ConfigTitle = "OpenCode configuration"
	host        = "opencode"
	main        = "build" // the agent that sessions begin as
)

// paths are where a project has its configuration, that which counts more first.
var paths = []string{".opencode/opencode.json", ".opencode/opencode.jsonc", "opencode.json", "opencode.jsonc"}

// IsConfig tells whether a document is a configuration, by its name or by the schema that
// it names.
func IsConfig(name string, root draft.Node) bool {
	return slices.Contains([]string{"opencode.json", "opencode.jsonc"}, path.Base(name)) || strings.HasSuffix(root.Get("$schema").Text(), "//opencode.ai/config.json")
}

const nothing = "nothing of a profile"

// configKeys are those of a configuration, and why nothing follows from some.
var configKeys = map[string]string{
	"$schema": nothing, "model": "", "permission": "", "tools": "", "mcp": "", "agent": "", "mode": "", "provider": "", "plugin": "", "autoupdate": "", "share": "", "server": "",
	"default_agent": "", "formatter": "", "lsp": "", "small_model": "the model for titles", "instructions": "files with words", "command": "words for a person to send", "snapshot": "what it changed in files can be undone",
	"compaction": nothing, "watcher": nothing, "enabled_providers": "which models a person can choose", "disabled_providers": "which models a person can choose", "experimental": nothing,
	"username": nothing, "theme": nothing, "keybinds": nothing, "tui": nothing, "logLevel": nothing, "layout": nothing, "enterprise": nothing, "skills": "skills, which are judged by themselves",
	"references": nothing, "attachment": nothing, "tool_output": nothing,
}

const toModel = "goes to the model"

// agentKeys are those of an agent, and why nothing follows from some. Any other goes to
// the model too, which is not what a misspelt one is meant to do.
var agentKeys = map[string]string{
	"description": "", "model": "", "permission": "", "tools": "", "mode": "", "maxSteps": "", "steps": "", "disable": "", "prompt": "words", "temperature": "how it chooses words",
	"top_p": "how it chooses words", "hidden": "who can choose it", "color": nothing, "name": nothing, "variant": "how it chooses words", "options": toModel, "reasoningEffort": toModel, "reasoningSummary": toModel, "textVerbosity": toModel, "thinking": toModel,
}

// agent is an agent with the configuration of its project.
type agent struct {
	*draft.Draft
	// base is where facts stand that no key says.
	base draft.Node
	// own is what the agent itself has, nothing for the one that sessions begin as where
	// the files say nothing of it.
	own draft.Node
	// configs count for all agents, that which counts more first; files are those beside.
	configs []draft.Node
	files   []draft.File
}

// get is the value of a key in the configuration that counts more.
func (a *agent) get(keys ...string) draft.Node {
	for _, c := range a.configs {
		if n := c.Get(keys...); n.Is() {
			return n
		}
	}
	return draft.Node{}
}

// each are the values below a key in all configurations, of one name that which counts more.
func (a *agent) each(key string) map[string]draft.Node {
	out := map[string]draft.Node{}
	for _, c := range slices.Backward(a.configs) {
		for _, name := range c.Get(key).Keys() {
			out[name] = c.Get(key, name)
		}
	}
	return out
}

// beside reads the configurations of a project at some places.
func (a *agent) beside(in draft.Input, places []string) error {
	for _, below := range places {
		f, ok, err := in.Open(below)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		doc, err := f.Document()
		if err != nil {
			return err
		}
		a.Reads(f)
		a.files = append(a.files, f)
		a.configs = append(a.configs, draft.Root(doc))
	}
	return nil
}

// Config reads the agents that a configuration describes: the one that sessions begin as,
// and those that it has beside it. That of a project counts with the one in the directory
// of its own, which counts more.
func Config(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(ConfigID, ConfigTitle)
	if err != nil {
		return nil, err
	}
	a := &agent{Draft: d, base: root}
	if !strings.Contains("/"+in.Name, "/.opencode/") {
		if err := a.beside(in, paths[:2]); err != nil {
			return nil, err
		}
	}
	a.configs = append(a.configs, root)
	a.Name(in.Called(host), draft.Node{})
	for _, c := range a.configs {
		a.Keys(c, configKeys)
	}
	if n := a.get("default_agent"); n.Text() != "" && n.Text() != main {
		a.Note(origin.Open, n, "sessions begin as this agent")
	}
	agents := a.each("mode") // as they were called before
	maps.Copy(agents, a.each("agent"))
	a.own = agents[main]
	a.whole()
	a.state()
	out := []*draft.Draft{a.Draft}
	for _, name := range slices.Sorted(maps.Keys(agents)) {
		n := agents[name]
		switch {
		case name == main:
		case n.Get("disable").Value == true:
			a.Note(origin.Ignored, n, "is off")
		default:
			b := &agent{Draft: in.New(ConfigID, ConfigTitle), base: n, own: n, configs: a.configs}
			for _, f := range a.files {
				b.Reads(f)
			}
			b.Name(in.Called(host, name), draft.Node{})
			b.Describe("summary", n.Get("description"))
			b.state()
			out = append(out, b.Draft)
		}
	}
	return out, nil
}

// whole states what counts for the program and not for one agent.
func (a *agent) whole() {
	switch n := a.get("autoupdate"); {
	case n.Value == true:
		a.Set("/supply/update_channel", "auto", n, draft.Configured)
	case n.Is():
		a.Set("/supply/update_channel", "manual", n, draft.Configured)
	}
	if n := a.get("share"); n.Text() == "auto" {
		a.Note(origin.Open, n, "every conversation gets a public address")
	}
	if n := a.get("server", "hostname"); n.Is() {
		a.Note(origin.Open, n, "listens there where it is started as a server")
	}
	for _, key := range []string{"formatter", "lsp"} {
		list := a.each(key)
		for _, name := range slices.Sorted(maps.Keys(list)) {
			if n := list[name].Get("command"); n.Is() {
				a.Note(origin.Open, n, "runs a command of its own; what it does is not said")
			}
		}
	}
}

// state states what the agent is.
func (a *agent) state() {
	a.Keys(a.own, agentKeys)
	a.model()
	a.tools()
	a.servers()
	a.approval()
	for _, key := range []string{"maxSteps", "steps"} {
		if n := a.own.Get(key); n.Is() {
			a.Set("/orchestration/limits/steps", true, n, draft.Configured)
		}
	}
}

// model states the model and who provides it: provider/model.
func (a *agent) model() {
	n := a.own.Get("model")
	if !n.Is() {
		n = a.get("model")
	}
	id, name, ok := strings.Cut(n.Text(), "/")
	if !ok || name == "" {
		if n.Is() {
			a.Note(origin.Invalid, n, "expected provider/model")
		}
		return
	}
	a.Set("/model/name", name, n, draft.Configured)
	if catalogue.Dated(name) {
		a.Set("/model/version_pinned", true, n, draft.Configured)
	}
	by, local := catalogue.Provider(id)
	switch address := a.get("provider", id, "options", "baseURL"); {
	case address.Is() && by != id && !local:
		a.Note(origin.Open, address, "another address than that of the provider, so who provides the model is not said")
	case local:
		a.Set("/model/hosting", "on_device", n, draft.Configured)
	default:
		a.Set("/model/provider", by, n, draft.Configured)
	}
}

// servers states the servers that are not off, plugins, and where credentials are kept.
func (a *agent) servers() {
	list := a.each("mcp")
	for _, name := range slices.Sorted(maps.Keys(list)) {
		n := list[name]
		for _, key := range []string{"environment", "headers"} {
			for _, variable := range n.Get(key).Keys() {
				a.credential(variable, n.Get(key, variable))
			}
		}
		on, set := n.Get("enabled").Flag()
		switch action := a.action(name + "_x"); {
		case set && !on || action.is("deny"):
			a.Note(origin.Ignored, n, "is off")
		case n.Get("command").Is() || n.Get("url").Is():
			mcp.Server(a.Draft, name, n.Without("environment", "headers"))
		case !set:
			a.Note(origin.Invalid, n, "expected an object with command or url, got %s", document.TypeOnly(n.Value))
		}
	}
	for _, c := range a.configs {
		for _, n := range c.Get("plugin").Items() {
			a.plugin(n)
		}
	}
	list = a.each("provider")
	for _, id := range slices.Sorted(maps.Keys(list)) {
		options := list[id].Get("options")
		a.credential("api_key", options.Get("apiKey"))
		for _, name := range options.Get("headers").Keys() {
			a.credential(name, options.Get("headers", name))
		}
	}
}

// plugin states a plugin: a package, or a file of the project.
func (a *agent) plugin(n draft.Node) {
	name, pinned := n.Text(), false
	if i := strings.LastIndexByte(name, '@'); i > 0 {
		name, pinned = name[:i], name[i+1:] != "latest"
	}
	if name == "" {
		return
	}
	t := a.Tool(document.Clip(name), n, draft.Configured)
	t.Set("kind", "plugin", n, draft.Configured)
	if !strings.HasPrefix(name, ".") && !strings.Contains(name, "://") {
		t.Set("pinned", pinned, n, draft.Configured)
	}
	a.Note(origin.Open, n, "code that runs in the program; what it does is not said")
}

// credential states where a credential is kept, which may be named: {env:NAME}.
func (a *agent) credential(name string, n draft.Node) {
	value := n.Text()
	if variable, ok := strings.CutPrefix(value, "{env:"); ok {
		value = "${" + strings.TrimSuffix(variable, "}") + "}"
	} else if strings.HasPrefix(value, "{file:") {
		a.Note(origin.Open, n, "stands in a file of its own, which is not read")
		return
	}
	a.CredentialIn(name, value, n)
}
