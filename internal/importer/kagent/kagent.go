// Package kagent reads agents of kagent: an Agent or a SandboxAgent as a resource of
// Kubernetes, with the model and the tool servers that it names.
//
// A resource is all that the cluster is told, so what its definition says of an absent
// key is a fact. Only what an image of somebody else's does inside is open.
// The definitions: https://github.com/kagent-dev/kagent/tree/main/go/api/config/crd/bases
package kagent

import (
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of agents of kagent.
const (
	ID    = "kagent"
	Title = "agents of kagent"
	group = "kagent.dev/"
)

const nothing = "nothing of a profile"

// Is tells whether a document has an agent.
func Is(_ string, root draft.Node) bool { return slices.ContainsFunc(resources(root), isAgent) }

func isAgent(r draft.Node) bool {
	return strings.HasPrefix(r.Get("apiVersion").Text(), group) && slices.Contains([]string{"Agent", "SandboxAgent"}, r.Get("kind").Text())
}

// resources are the resources of a document, which may be a list of them.
func resources(root draft.Node) []draft.Node {
	if root.Get("kind").Text() == "List" {
		return root.Get("items").Items()
	}
	return []draft.Node{root}
}

// agent is an agent of a file that is read.
type agent struct {
	*draft.Draft
	*cluster
	root, spec draft.Node
	namespace  string
	// inner is what describes an agent that is no image of somebody else's; it is
	// nothing for one that is.
	inner draft.Node
	// first tells that the resource is of the first version of the format, in which
	// all of it stands below spec.
	first bool
}

// Read reads the agents of a file.
func Read(in draft.Input) (out []*draft.Draft, err error) {
	docs, err := in.Documents()
	if err != nil {
		return nil, err
	}
	c := &cluster{in: in}
	for _, doc := range docs {
		c.own = append(c.own, resources(draft.Root(doc))...)
	}
	for _, root := range c.own {
		if !isAgent(root) {
			continue
		}
		a := &agent{Draft: in.New(ID, Title), cluster: c, root: root, spec: specOf(root), namespace: root.Get("metadata", "namespace").Text()}
		a.first = root.Get("apiVersion").Text() == group+"v1alpha1"
		if err := a.state(); err != nil {
			return nil, err
		}
		out = append(out, a.Draft)
	}
	return out, nil
}

// state states what the resource says.
func (a *agent) state() error {
	name := a.root.Get("metadata", "name")
	if name.Text() == "" {
		a.Note(origin.Invalid, a.root.Get("metadata").Or(a.root), "expected a name")
	}
	a.Name(a.in.Called(ID, a.namespace, name.Text()), name)
	for key, from := range map[string][]string{"summary": {"description"}, "version": {"version"}, "vendor": {"provider", "organization"}, "homepage": {"documentationUrl"}} {
		a.Describe(key, a.spec.Get(from...))
	}
	a.keys()
	switch kind := a.spec.Get("type"); {
	case a.first:
		a.inner = a.spec
	case kind.Text() == "BYO":
		a.Note(origin.Open, a.spec.Get("byo").Or(a.spec), "what the image has for a model, tools, memory and approval is not said")
	case !kind.Is() || kind.Text() == "Declarative":
		if a.inner = a.spec.Get("declarative"); !a.inner.Is() {
			a.Note(origin.Invalid, a.spec, "expected declarative")
		}
	default:
		a.Note(origin.Invalid, kind, "expected Declarative or BYO")
	}
	a.Set("/execution/environment", "customer_host", a.spec, draft.Default)
	a.Add("/network/transports", "http", a.spec, draft.Default)
	a.called()
	if a.inner.Is() {
		a.Set("/orchestration/framework", "kagent", a.inner, draft.Default)
		if err := a.model(); err != nil {
			return err
		}
		if err := a.tools(); err != nil {
			return err
		}
		a.memory()
	}
	a.sandbox()
	a.pod()
	a.secrets()
	return nil
}

// called states that another agent of the file calls this one.
func (a *agent) called() {
	for _, other := range a.own {
		for _, list := range []draft.Node{other.Get("spec", "declarative", "tools"), other.Get("spec", "tools")} {
			for _, item := range list.Items() {
				if ref := item.Get("agent", "name"); isAgent(other) && ref.Text() != "" && ref.Text() == a.root.Get("metadata", "name").Text() {
					a.peers(ref)
				}
			}
		}
	}
}

// peers states that the agent works with another, each in a pod of its own.
func (a *agent) peers(at draft.Node) {
	a.Set("/peers/multi_agent", true, at, draft.Configured)
	a.Set("/peers/protocol", "a2a", at, draft.Default)
	a.Set("/peers/in_process", false, at, draft.Default)
}

// memory states whether the agent remembers across sessions. What it keeps ends after
// 15 days where nothing is said.
func (a *agent) memory() {
	m := a.inner.Get("memory")
	switch {
	case a.first && m.Is():
		a.Set("/rag/used", true, m, draft.Configured) // an index that somebody else fills
	case a.first:
	case m.Is():
		a.Set("/memory/persistent", true, m, draft.Configured)
		basis, at := draft.Default, m
		if days := m.Get("ttlDays"); days.Is() {
			basis, at = draft.Configured, days
		}
		a.Set("/memory/expiry", true, at, basis)
	default:
		a.Set("/memory/persistent", false, a.inner, draft.Default)
	}
}

// sandbox states what isolates the agent. A SandboxAgent runs in a sandbox as such; of
// what an Agent runs in one, spec.sandbox says so.
func (a *agent) sandbox() {
	at := a.spec.Get("sandbox")
	if a.root.Get("kind").Text() == "SandboxAgent" {
		kind := a.root.Get("kind")
		a.Set("/execution/sandbox/present", true, kind, draft.Default)
		a.Set("/execution/sandbox/default_on", true, kind, draft.Default)
		at = at.Or(a.spec)
	} else if at.Is() && a.inner.Is() {
		a.Set("/execution/sandbox/present", true, at, draft.Configured)
	}
	if at.Is() && !a.inner.Is() {
		a.Note(origin.Open, at, "whether the image keeps to it is not said")
	} else if at.Is() {
		a.egress(at)
	}
}

// egress states what can be reached from the sandbox: no domain but those that are
// listed, besides the model and the servers and agents that the agent has.
func (a *agent) egress(at draft.Node) {
	switch domains := a.spec.Get("sandbox", "network", "allowedDomains"); {
	case slices.Contains(domains.Texts(), "*"):
		a.Set("/network/egress", "open", domains, draft.Configured)
	case len(domains.Items()) > 0:
		a.Set("/network/egress", "allowlist", domains, draft.Configured)
	case len(a.inner.Get("tools").Items()) > 0:
		a.Set("/network/egress", "allowlist", at, draft.Default)
	default:
		a.Set("/network/egress", "none", at, draft.Default)
	}
}

// secrets tells of credentials that stand in resources of the file.
func (a *agent) secrets() {
	for _, r := range a.own {
		if r.Get("kind").Text() != "Secret" || r.Get("apiVersion").Text() != "v1" {
			continue
		}
		for _, key := range []string{"stringData", "data"} {
			for _, name := range r.Get(key).Keys() {
				a.kept(r.Get(key, name), key == "data")
			}
		}
	}
}
