// Package crewai reads the agents of a crew of CrewAI: agents.yaml, and tasks.yaml
// beside it.
//
// The files say what the code leaves to them. What they leave out the code may set, so
// an absent key says nothing, whatever the default of the library is.
// https://docs.crewai.com/concepts/agents
package crewai

import (
	"net/url"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of the agents of a crew.
const (
	ID    = "crewai"
	Title = "agents of CrewAI"
)

// Is tells whether a document has the agents of a crew: each key is one, by its role,
// its goal and its backstory.
func Is(_ string, root draft.Node) bool {
	for _, name := range root.Keys() {
		a := root.Get(name)
		if a.Get("role").Text() == "" || a.Get("goal").Text() == "" || a.Get("backstory").Text() == "" {
			return false
		}
	}
	return len(root.Keys()) > 0
}

const (
	nothing = "nothing of a profile"
	words   = "words"
)

var keys = map[string]string{
	"role": words, "goal": words, "backstory": words,
	"llm": "", "tools": "", "mcps": "", "apps": "", "skills": "", "memory": "", "allow_delegation": "", "allow_code_execution": "", "code_execution_mode": "",
	"max_iter": "", "max_execution_time": "", "reasoning": "", "planning": "", "planning_config": "", "knowledge_sources": "", "guardrail": "", "a2a": "", "step_callback": "",
	"function_calling_llm": "a model for calls of tools alone", "max_rpm": "how often it calls the model", "max_tokens": "how long an answer is",
	"cache": nothing, "verbose": nothing, "max_retry_limit": nothing, "callbacks": nothing, "cache_handler": nothing, "use_system_prompt": nothing, "system_template": nothing,
	"prompt_template": nothing, "response_template": nothing, "respect_context_window": nothing, "multimodal": nothing, "inject_date": nothing, "date_format": nothing,
	"max_reasoning_attempts": nothing, "knowledge_storage": nothing, "knowledge_config": nothing, "embedder": nothing, "agent_knowledge_context": nothing,
	"crew_knowledge_context": nothing, "knowledge_search_query": nothing, "guardrail_max_retries": nothing, "from_repository": "what it is made of lies elsewhere", "name": nothing,
}

var taskKeys = map[string]string{
	"description": words, "expected_output": words, "name": words, "agent": "", "tools": "", "human_input": "", "guardrail": "", "output_file": "",
	"context": nothing, "callback": nothing, "callbacks": nothing, "output_json": nothing, "output_pydantic": nothing, "create_directory": nothing, "async_execution": nothing,
	"markdown": nothing, "guardrail_max_retries": nothing, "allow_crewai_trigger_context": nothing,
}

// Read reads the agents of a crew, with its tasks beside them.
func Read(in draft.Input) (out []*draft.Draft, err error) {
	doc, err := in.Document()
	if err != nil {
		return nil, err
	}
	root, tasks := draft.Root(doc), draft.Node{}
	f, ok, err := in.Open(in.Below("tasks.yaml"))
	if err != nil {
		return nil, err
	}
	if ok {
		doc, err := f.Document()
		if err != nil {
			return nil, err
		}
		tasks = draft.Root(doc)
	}
	for _, name := range root.Keys() {
		d := in.New(ID, Title)
		d.Name(in.Called(ID, name), root.Get(name))
		d.Set("/orchestration/framework", "CrewAI", root.Get(name), draft.Default)
		agent(d, root.Get(name))
		for _, task := range tasks.Keys() {
			if t := tasks.Get(task); t.Get("agent").Text() == name {
				d.Reads(f)
				work(d, t)
			}
		}
		out = append(out, d)
	}
	return out, nil
}

// agent states what is said of an agent.
func agent(d *draft.Draft, a draft.Node) {
	d.Describe("title", a.Get("role"))
	d.Describe("summary", a.Get("goal"))
	d.Keys(a, keys)
	if n := a.Get("llm"); n.Text() != "" {
		catalogue.Model(d, n)
	} else if n.Is() {
		d.Credential("api_key", n.Get("api_key"))
		d.Note(origin.Open, n, "expected the name of a model")
	}
	tools(d, a)
	servers(d, a.Get("mcps"))
	for _, key := range []string{"memory", "planning", "reasoning"} {
		n := a.Get(key)
		if value, ok := n.Flag(); ok {
			d.Set(map[string]string{"memory": "/memory/persistent", "planning": "/orchestration/planning", "reasoning": "/orchestration/planning"}[key], value, n, draft.Configured)
		}
	}
	for key, fact := range map[string]string{"max_iter": "steps", "max_execution_time": "time"} {
		if n := a.Get(key); n.Is() {
			d.Set("/orchestration/limits/"+fact, true, n, draft.Configured)
		}
	}
	if n := a.Get("knowledge_sources"); len(n.Items()) > 0 {
		d.Set("/rag/used", true, n, draft.Configured)
	}
	others(d, a)
	code(d, a)
	if n := a.Get("guardrail"); n.Is() {
		d.Note(origin.Open, n, "looks at what the agent answers; at what is not said")
	}
}

// tools states the tools, applications and skills that the agent is given. The code may
// give it more.
func tools(d *draft.Draft, a draft.Node) {
	for _, w := range a.Get("tools").Each() {
		t := d.Tool(w.Text(), w.Node, draft.Configured)
		if e, ok := d.Catalogue().Tool(ID, w.Text()); ok {
			e.State(t, w.Node)
		} else {
			d.Note(origin.Open, w.Node, "%s: a tool of the code, so what it does is not said", document.Clip(w.Text()))
		}
	}
	for key, kind := range map[string]string{"apps": "saas", "skills": "skill"} {
		for _, w := range a.Get(key).Each() {
			d.Tool(w.Text(), w.Node, draft.Configured).Set("kind", kind, w.Node, draft.Configured)
		}
	}
}

// servers states the servers of which the agent has tools, each by its address, by how
// it is started, or by its name in a registry.
func servers(d *draft.Draft, list draft.Node) {
	for _, n := range list.Items() {
		u, err := url.Parse(n.Get("url").Or(n).Text())
		name := n.Get("command").Text() + " " + n.Key() // several may start alike
		switch {
		case err == nil && u.Host != "":
			name = u.Host + u.Path
		case n.Text() != "":
			name = n.Text()
		}
		t := d.Tool(name, n, draft.Configured)
		if err == nil && u.Host != "" || n.Text() == "" {
			mcp.Reached(t, n, draft.Node{}, err == nil && u.Fragment != "" || n.Get("tool_filter").Is())
		}
		t.Set("kind", "mcp", n, draft.Configured)
	}
}

// others states how the agent works with others, all of them in one program unless it
// speaks to agents elsewhere.
func others(d *draft.Draft, a draft.Node) {
	if n := a.Get("a2a"); n.Is() {
		d.Set("/peers/multi_agent", true, n, draft.Configured)
		d.Set("/peers/protocol", "a2a", n, draft.Configured)
		d.Set("/peers/in_process", false, n, draft.Configured)
	}
	if n := a.Get("allow_delegation"); n.Value == true {
		d.Set("/peers/multi_agent", true, n, draft.Configured)
		d.Set("/peers/in_process", true, n, draft.Default)
	}
}

// code states that the agent runs code. Where its mode is not said nothing follows of a
// sandbox: releases differ, and the newest no longer run code by this key.
func code(d *draft.Draft, a draft.Node) {
	n, mode := a.Get("allow_code_execution"), a.Get("code_execution_mode")
	if n.Value != true {
		return
	}
	d.Set("/execution/runs_code", true, n, draft.Configured)
	switch mode.Text() {
	case "unsafe":
		d.Set("/execution/sandbox/present", false, mode, draft.Configured)
	case "safe":
		d.Set("/execution/sandbox/present", true, mode, draft.Configured)
		d.Set("/execution/sandbox/kind", "container", mode, draft.Default)
	}
}

// work states what a task adds to the agent that does it.
func work(d *draft.Draft, t draft.Node) {
	d.Keys(t, taskKeys)
	tools(d, t)
	if n := t.Get("human_input"); n.Value == true {
		d.Note(origin.Open, n, "a person sees what comes out, and approves nothing of what is done for it")
	}
	if n := t.Get("output_file"); strings.TrimSpace(n.Text()) != "" {
		d.Note(origin.Open, n, "what comes out is written to a file")
	}
}
