// Package catalogue knows what well-known tools can do: policies/tools.yaml, which also
// says what its fields mean.
package catalogue

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/policies"
)

// Entry is what is known of a tool.
type Entry struct {
	// Names are those of tools that a host has built in, Was those that they had before;
	// Is is how a server is known.
	Names []string `json:"names"`
	Was   []string `json:"was"`
	Is    []string `json:"is"`
	// Optional tells that not every agent of the host has it.
	Optional bool `json:"optional"`

	Kind           string   `json:"kind"`
	Access         []string `json:"access"`
	AccessComplete bool     `json:"access_complete"`
	Audience       string   `json:"audience"`
	Publisher      string   `json:"publisher"`
	Ingress        []string `json:"ingress"`
	Classes        []string `json:"classes"`
	Remembers      bool     `json:"remembers"`
	Agents         bool     `json:"agents"`
}

// Table is a catalogue of tools.
type Table struct {
	// AsOf is the day of its last change.
	AsOf  string `json:"as_of"`
	Hosts []struct {
		Host      string  `json:"host"`
		Publisher string  `json:"publisher"`
		Tools     []Entry `json:"tools"`
	} `json:"hosts"`
	Servers []Entry `json:"servers"`
}

var schema = document.Embedded(policies.FS, "schema/tools.jsonschema")

// Builtin returns policies/tools.yaml. A broken one is a fault of the program.
var Builtin = policies.Parsed("tools.yaml", Parse)

// Parse reads a table strictly: nothing stands for two entries. Its errors carry line
// and column; source names data in them.
func Parse(source string, data []byte) (*Table, error) {
	doc, err := document.ReadOne(source, data, schema())
	if err != nil {
		return nil, err
	}
	t := &Table{}
	text, err := json.Marshal(doc.Root)
	if err == nil {
		err = json.Unmarshal(text, t)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	seen := map[string]bool{}
	once := func(pointer string, names []string, prefix string) {
		for i, name := range names {
			if seen[prefix+name] && err == nil {
				err = doc.Errorf(document.JoinIndex(pointer, i), "%s stands twice", name)
			}
			seen[prefix+name] = true
		}
	}
	for i, h := range t.Hosts {
		for j, e := range h.Tools {
			once(fmt.Sprintf("/hosts/%d/tools/%d/names", i, j), slices.Concat(e.Names, e.Was), h.Host+" ")
			t.Hosts[i].Tools[j].Publisher = h.Publisher
		}
	}
	for i, e := range t.Servers {
		once(fmt.Sprintf("/servers/%d/is", i), e.Is, "")
	}
	return t, err
}

// Tools are the tools that every agent of a host has, in the order of the table.
func (t *Table) Tools(host string) (out []Entry) {
	for _, h := range t.Hosts {
		for _, e := range h.Tools {
			if h.Host == host && !e.Optional {
				out = append(out, e)
			}
		}
	}
	return out
}

// Tool is a tool that a host has built in, by one of its names.
func (t *Table) Tool(host, name string) (Entry, bool) {
	for _, h := range t.Hosts {
		i := slices.IndexFunc(h.Tools, func(e Entry) bool {
			return h.Host == host && (slices.Contains(e.Names, name) || slices.Contains(e.Was, name))
		})
		if i >= 0 {
			return h.Tools[i], true
		}
	}
	return Entry{}, false
}

// Server is a server by how it is known, such as package:mcp-server-git. A URL is known
// with all that is below its path.
func (t *Table) Server(is string) (Entry, bool) {
	is = strings.TrimSuffix(is, "/")
	i := slices.IndexFunc(t.Servers, func(e Entry) bool {
		return slices.ContainsFunc(e.Is, func(known string) bool {
			return is == known || strings.HasPrefix(known, "url:") && strings.HasPrefix(is, known+"/")
		})
	})
	if i < 0 {
		return Entry{}, false
	}
	return t.Servers[i], true
}

// Part is what is known of a server of which only some tools are used: which of its
// rights and channels they have is not.
func (e Entry) Part() Entry {
	if !e.AccessComplete {
		e.Access = nil
	}
	e.Ingress, e.Classes, e.Remembers, e.Agents = nil, nil, false, false
	return e
}

// State states what is known of a tool that stands at a node.
func (e Entry) State(t draft.Tool, n draft.Node) {
	t.Set("kind", e.Kind, n, draft.Known)
	t.Access(e.Access, e.AccessComplete, n, draft.Known)
	for key, value := range map[string]string{"audience": e.Audience, "publisher": e.Publisher} {
		if value != "" {
			t.Set(key, value, n, draft.Known)
		}
	}
	for _, channel := range e.Ingress {
		t.Add("/data/ingress", channel, n, draft.Known)
	}
	for _, class := range e.Classes {
		t.Add("/data/classes", class, n, draft.Known)
	}
	if e.Remembers {
		t.Draft.Set("/memory/persistent", true, n, draft.Known)
	}
	if e.Agents {
		t.Draft.Set("/peers/multi_agent", true, n, draft.Known)
	}
}
