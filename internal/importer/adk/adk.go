// Package adk reads agents of the Agent Development Kit that are configured in YAML.
//
// A configuration is all that the kit is told of an agent, so a tool that it does not
// name the agent does not have. What its code and the program that runs it do is open.
// https://google.github.io/adk-docs/agents/config
package adk

import (
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of configured agents.
const (
	ID    = "adk"
	Title = "an agent of the Agent Development Kit"
)

const (
	nothing = "nothing of a profile"
	code    = "code; what it does is not said"
)

var keys = map[string]string{
	"name": "", "description": "", "agent_class": "", "model": "", "model_code": "", "tools": "", "sub_agents": "", "max_iterations": "",
	"before_tool_callbacks": "", "after_tool_callbacks": code, "before_agent_callbacks": code, "after_agent_callbacks": code, "before_model_callbacks": code, "after_model_callbacks": code,
	"instruction": "words", "static_instruction": "words", "global_instruction": "words", "generate_content_config": nothing, "input_schema": nothing, "output_schema": nothing, "output_key": nothing,
	"accumulate_output_key": nothing, "include_contents": nothing, "disallow_transfer_to_parent": nothing, "disallow_transfer_to_peers": nothing, "$schema": nothing,
}

// workflows are the classes of agents that only run others.
var workflows = map[string]bool{"SequentialAgent": true, "ParallelAgent": true, "LoopAgent": true}

// Is tells whether a document configures an agent: it has a name, and what an agent is
// told or whom it runs, and no key that the kit refuses. A class of somebody else's may
// have more.
func Is(_ string, root draft.Node) bool {
	class := root.Get("agent_class").Text()
	if root.Get("name").Text() == "" || !root.Get("instruction").Is() && !workflows[class] && !strings.Contains(class, ".") {
		return false
	}
	for _, key := range root.Keys() {
		if _, ok := keys[key]; !ok && class == "" {
			return false
		}
	}
	return class != "" || root.Get("model").Is() || root.Get("model_code").Is() || root.Get("tools").Is() || root.Get("sub_agents").Is()
}

// Read reads a configured agent.
func Read(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(ID, Title)
	if err != nil {
		return nil, err
	}
	d.Name(in.Called(ID, root.Get("name").Text()), root.Get("name"))
	d.Describe("summary", root.Get("description"))
	d.Keys(root, keys)
	d.Set("/orchestration/framework", "Agent Development Kit", root, draft.Default)
	others(d, root.Get("sub_agents"))
	if class := root.Get("agent_class").Text(); strings.Contains(class, ".") {
		d.Note(origin.Open, root.Get("agent_class"), "a class of the code; what it does is not said")
		return []*draft.Draft{d}, nil
	}
	if n := root.Get("max_iterations"); n.Is() {
		d.Set("/orchestration/limits/steps", true, n, draft.Configured)
	}
	model(d, root)
	tools(d, root)
	if n := root.Get("before_tool_callbacks"); len(n.Items()) > 0 {
		d.Note(origin.Open, n, "code sees each call before it is made; what it refuses is not said")
	}
	return []*draft.Draft{d}, nil
}

// model states the model. One that is not named the agent has of the agent above it, or
// of the release of the kit.
func model(d *draft.Draft, root draft.Node) {
	switch n := root.Get("model"); {
	case n.Text() != "":
		catalogue.Model(d, n)
	case root.Get("model_code").Is():
		arguments(d, root.Get("model_code"))
		d.Note(origin.Open, root.Get("model_code"), "a model that the code makes")
	case !workflows[root.Get("agent_class").Text()]:
		d.Note(origin.Open, root, "names no model, so it has that of the agent above it or of the kit")
	}
}

// others states the agents that this one runs: in one program with it, unless code makes
// one that is elsewhere.
func others(d *draft.Draft, list draft.Node) {
	made := false
	for _, n := range list.Items() {
		d.Keys(n, map[string]string{"config_path": "another agent, which is judged by itself", "code": code})
		d.Set("/peers/multi_agent", true, n, draft.Configured)
		made = made || n.Get("code").Is()
	}
	if len(list.Items()) > 0 && !made {
		d.Set("/peers/in_process", true, list, draft.Default)
	}
}

// tools states the tools of the agent: those of the kit by their names, those of the code
// by where they are in it, and servers. They are all, unless code has some of its own, or
// agents that it runs have.
func tools(d *draft.Draft, root draft.Node) {
	list, open := root.Get("tools"), root.Get("sub_agents").Is()
	for _, item := range list.Items() {
		d.Keys(item, map[string]string{"name": "", "args": ""})
		name := item.Get("name").Text()
		if params := server(item.Get("args")); params.Is() {
			toolset(d, item, params)
			continue
		}
		t := d.Tool(document.Clip(name), item.Get("name").Or(item), draft.Configured)
		arguments(d, item)
		if e, ok := d.Catalogue().Tool(ID, name); ok {
			e.State(t, item)
		} else {
			open = true
			d.Note(origin.Open, item, "a tool of the code, so what it does is not said")
		}
	}
	if open {
		return
	}
	if d.Value("/tools") == nil {
		d.Set("/tools", []any{}, root, draft.Default)
		d.Set("/execution/runs_code", false, root, draft.Default)
	}
	d.Set("/tools_complete", true, root, draft.Default)
}

// arguments looks for credentials among the arguments of code, which are a list of names
// and values or an object.
func arguments(d *draft.Draft, n draft.Node) {
	for _, a := range n.Get("args").Items() {
		d.Credential(a.Get("name").Text(), a.Get("value"))
	}
	for _, name := range n.Get("args").Keys() {
		d.Credential(name, n.Get("args", name))
	}
}

// server is how a server is reached that a toolset is of, nothing where it is of none.
func server(args draft.Node) draft.Node {
	for _, keys := range [][]string{{"stdio_server_params"}, {"stdio_connection_params", "server_params"}, {"sse_connection_params"}, {"streamable_http_connection_params"}} {
		if n := args.Get(keys...); n.Is() {
			return n
		}
	}
	return draft.Node{}
}

// toolset states a server, and which of its tools the agent has.
func toolset(d *draft.Draft, item, params draft.Node) {
	name := params.Get("command").Text() + " " + item.Key()
	if address := params.Get("url"); address.Text() != "" {
		name = address.Text()
		if i := strings.IndexAny(name, "?@"); i >= 0 {
			name = "server " + item.Key()
		}
	}
	t := d.Tool(name, item, draft.Configured)
	filter := item.Get("args", "tool_filter")
	mcp.Reached(t, params, draft.Node{}, len(filter.Items()) > 0)
	t.Set("kind", "mcp", item, draft.Configured)
	for _, n := range filter.Items() {
		t.Scope(document.Clip(n.Text()), n, draft.Configured)
	}
	if len(filter.Items()) > 0 {
		t.Set("scopes_complete", true, filter, draft.Configured)
	} else {
		d.Set("/orchestration/dynamic_tools", true, item, draft.Default)
	}
}
