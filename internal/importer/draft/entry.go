package draft

// Entry is what is known of a tool.
type Entry struct {
	// Names are those of tools that a host has built in, Was those that they had before;
	// Is is how a server is known.
	Names []string `json:"names"`
	Was   []string `json:"was"`
	Is    []string `json:"is"`
	// Optional tells that not every agent of the host has it.
	Optional bool `json:"optional"`

	// Party is whose a server is, third_party where it is not said.
	Party string `json:"party"`

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
func (e Entry) State(t Tool, n Node) {
	t.Set("kind", e.Kind, n, Known)
	t.Access(e.Access, e.AccessComplete, n, Known)
	for key, value := range map[string]string{"audience": e.Audience, "publisher": e.Publisher} {
		if value != "" {
			t.Set(key, value, n, Known)
		}
	}
	for _, channel := range e.Ingress {
		t.Add("/data/ingress", channel, n, Known)
	}
	for _, class := range e.Classes {
		t.Add("/data/classes", class, n, Known)
	}
	if e.Remembers {
		t.Draft.Set("/memory/persistent", true, n, Known)
	}
	if e.Agents {
		t.Draft.Set("/peers/multi_agent", true, n, Known)
	}
}

// Catalogue knows what tools can do.
type Catalogue interface {
	// Tools are the tools that every agent of a host has, in an order.
	Tools(host string) []Entry
	// Tool is a tool that a host has built in, by one of its names.
	Tool(host, name string) (Entry, bool)
	// Server is a server by how it is known, such as package:mcp-server-git.
	Server(is string) (Entry, bool)
	// Own is the file that it was read from; it is not ok where it is the program's own.
	Own() (f File, ok bool)
}

// Catalogue is what the draft knows of tools by their names.
func (d *Draft) Catalogue() Catalogue { return d.catalogue }
