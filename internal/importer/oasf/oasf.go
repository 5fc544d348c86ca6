// Package oasf reads records of the Open Agentic Schema Framework, by which directories
// keep agents: https://docs.agntcy.org/oasf. A record wraps what others describe, such
// as the card of an agent and its servers. All of it is what its authors say.
package oasf

import (
	"cmp"
	"net/url"
	"path"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/a2a"
	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of records.
const (
	ID    = "oasf"
	Title = "a record of an agent directory"
)

const (
	nothing = "nothing of a profile"
	words   = "words"
)

// Is tells whether a document is a record.
func Is(_ string, root draft.Node) bool {
	return root.Get("schema_version").Text() != "" && root.Get("name").Text() != "" && root.Get("authors").Is() && root.Get("skills").Is()
}

var recordKeys = map[string]string{
	"name": "", "version": "", "description": "", "modules": "", "schema_version": nothing, "created_at": nothing, "annotations": nothing,
	"authors": words, "skills": words, "domains": words, "locators": "where it can be had", "signature": "is not verified here", "previous_record_cid": nothing,
}

// modules are what reads the data of a module, by the last part of its name. Of the
// others nothing follows.
var modules = map[string]func(*draft.Draft, draft.Node){
	"a2a":            func(d *draft.Draft, data draft.Node) { a2a.Card(d, data.Get("card_data").Or(data)) },
	"mcp":            servers,
	"language_model": models,
	"agentskills":    skill,
	"evaluation":     evaluations,
}

// Read reads a record.
func Read(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(ID, Title)
	if err != nil {
		return nil, err
	}
	d.Name(in.Called(ID, root.Get("name").Text()), root.Get("name"))
	d.Describe("summary", root.Get("description"))
	d.Describe("version", root.Get("version"))
	d.Keys(root, recordKeys)
	for _, m := range root.Get("modules").Items() {
		d.Keys(m, map[string]string{"name": "", "data": "", "id": nothing, "annotations": nothing})
		read, ok := modules[path.Base(m.Get("name").Text())]
		switch data := m.Get("data"); {
		case !ok:
			d.Note(origin.Ignored, m, "a module of which nothing follows")
		case !data.Is():
			d.Note(origin.Invalid, m, "expected data")
		default:
			read(d, data)
		}
	}
	return []*draft.Draft{d}, nil
}

// servers states the servers of which the agent has tools: one, in records of before a
// list of them.
func servers(d *draft.Draft, data draft.Node) {
	list := data.Get("servers").Items()
	if len(list) == 0 {
		list = []draft.Node{data}
	}
	for _, s := range list {
		t := d.Tool(document.Clip(s.Get("name").Text()), s.Get("name").Or(s), draft.Claimed)
		for _, c := range s.Get("connections").Items() {
			if u, err := url.Parse(c.Get("url").Text()); err == nil && u.Host != "" {
				if e, ok := d.Catalogue().Server("url:" + u.Host + u.Path); ok {
					t.Set("party", cmp.Or(e.Party, "third_party"), c, draft.Known)
					e.State(t, c)
				}
			}
			variables(d, c.Get("env_vars"))
			for _, name := range c.Get("headers").Keys() {
				d.Credential(name, c.Get("headers", name))
			}
		}
		t.Set("kind", "mcp", s, draft.Claimed)
		for _, tool := range s.Get("tools").Items() {
			if name := tool.Get("name"); name.Text() != "" {
				t.Scope(document.Clip(name.Text()), name, draft.Claimed)
			}
		}
	}
}

// variables looks for credentials among the variables that a program is started with.
func variables(d *draft.Draft, list draft.Node) {
	for _, v := range list.Items() {
		d.Credential(v.Get("name").Text(), v.Get("default_value"))
	}
}

// models states the model, where there is one to choose.
func models(d *draft.Draft, data draft.Node) {
	list := data.Get("models").Items()
	for _, m := range list {
		variables(d, m.Get("env_vars"))
		if len(list) > 1 {
			d.Note(origin.Open, m, "one of %d models; which of them it has is not said", len(list))
			continue
		}
		for _, key := range []string{"model", "provider"} {
			fact := map[string]string{"model": "/model/name", "provider": "/model/provider"}[key]
			if n := m.Get(key); n.Text() != "" {
				d.Set(fact, n.Text(), n, draft.Claimed)
			}
		}
		if n := m.Get("model"); catalogue.Dated(n.Text()) {
			d.Set("/model/version_pinned", true, n, draft.Claimed)
		}
	}
}

// skill states a skill that the record packs.
func skill(d *draft.Draft, data draft.Node) {
	name := data.Get("skill_manifest", "name")
	if name.Text() != "" {
		d.Tool(document.Clip(name.Text()), name, draft.Claimed).Set("kind", "skill", name, draft.Claimed)
	}
}

// evaluations states that the agent was evaluated, as its authors say.
func evaluations(d *draft.Draft, data draft.Node) {
	if n := data.Get("referred_evaluations"); len(n.Items()) > 0 {
		d.Set("/evaluation/agent_level", true, n, draft.Claimed)
	}
}
