package opencode

import (
	"path"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
)

// The format of agents that have a file of their own: https://opencode.ai/docs/agents.
const (
	AgentID    = "opencode-agent"
	AgentTitle = "an OpenCode agent"
)

// IsAgent tells whether a text is an agent, by where it lies.
func IsAgent(name string, _ draft.Node) bool {
	return path.Ext(name) == ".md" && (strings.Contains("/"+name, "/.opencode/agent/") || strings.Contains("/"+name, "/.opencode/agents/"))
}

// Agent reads an agent. The configuration of its project counts for it too.
func Agent(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(AgentID, AgentTitle)
	if err != nil {
		return nil, err
	}
	a := &agent{Draft: d, base: root, own: root}
	a.Name(in.Called(host, strings.TrimSuffix(path.Base(in.Name), ".md")), draft.Node{})
	a.Describe("summary", root.Get("description"))
	if err := a.beside(in, paths); err != nil {
		return nil, err
	}
	a.state()
	return []*draft.Draft{a.Draft}, nil
}
