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

// Table is a catalogue of tools.
type Table struct {
	// AsOf is the day of its last change.
	AsOf  string `json:"as_of"`
	Hosts []struct {
		Host      string        `json:"host"`
		Publisher string        `json:"publisher"`
		Tools     []draft.Entry `json:"tools"`
	} `json:"hosts"`
	Servers []draft.Entry `json:"servers"`

	own draft.File
	// below is what counts where this one says nothing.
	below *Table
}

// Own is the file that the table was read from; it is not ok where it is the builtin
// one.
func (t *Table) Own() (f draft.File, ok bool) { return t.own, t.own.Name != "" }

var schema = document.Embedded(policies.FS, "schema/tools.jsonschema")

// Builtin returns policies/tools.yaml. A broken one is a fault of the program.
var Builtin = policies.Parsed("tools.yaml", Parse)

// Usual is the builtin table, which is read when somebody asks it: most runs do not.
type Usual struct{}

// Tools is [Table.Tools].
func (Usual) Tools(host string) []draft.Entry { return Builtin().Tools(host) }

// Tool is [Table.Tool].
func (Usual) Tool(host, name string) (draft.Entry, bool) { return Builtin().Tool(host, name) }

// Server is [Table.Server].
func (Usual) Server(is string) (draft.Entry, bool) { return Builtin().Server(is) }

// Own is [Table.Own].
func (Usual) Own() (draft.File, bool) { return draft.File{}, false }

// Read is Parse of the table of an organisation, which stands above the builtin one: a
// host or a server is as it says there.
func Read(source string, data []byte) (*Table, error) {
	t, err := Parse(source, data)
	if err == nil {
		t.own, t.below = draft.File{Name: source, Data: data}, Builtin()
	}
	return t, err
}

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

// host returns the tools of a host.
func (t *Table) host(id string) []draft.Entry {
	for ; t != nil; t = t.below {
		for _, h := range t.Hosts {
			if h.Host == id {
				return h.Tools
			}
		}
	}
	return nil
}

// Tools are the tools that every agent of a host has, in the order of the table.
func (t *Table) Tools(host string) []draft.Entry {
	return slices.DeleteFunc(slices.Clone(t.host(host)), func(e draft.Entry) bool { return e.Optional })
}

// Tool is a tool that a host has built in, by one of its names.
func (t *Table) Tool(host, name string) (draft.Entry, bool) {
	tools := t.host(host)
	i := slices.IndexFunc(tools, func(e draft.Entry) bool { return slices.Contains(e.Names, name) || slices.Contains(e.Was, name) })
	if i < 0 {
		return draft.Entry{}, false
	}
	return tools[i], true
}

// Server is a server by how it is known, such as package:mcp-server-git. A URL is known
// with all that is below its path.
func (t *Table) Server(is string) (draft.Entry, bool) {
	is = strings.TrimSuffix(is, "/")
	for ; t != nil; t = t.below {
		i := slices.IndexFunc(t.Servers, func(e draft.Entry) bool {
			return slices.ContainsFunc(e.Is, func(known string) bool {
				return is == known || strings.HasPrefix(known, "url:") && strings.HasPrefix(is, known+"/")
			})
		})
		if i >= 0 {
			return t.Servers[i], true
		}
	}
	return draft.Entry{}, false
}
