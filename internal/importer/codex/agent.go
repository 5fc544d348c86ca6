package codex

import (
	"path"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
)

// The format of agents that Codex starts:
// https://developers.openai.com/codex/subagents.
const (
	AgentID    = "codex-agent"
	AgentTitle = "a Codex agent"
)

// IsAgent tells whether a document is an agent that Codex starts.
func IsAgent(name string, root draft.Node) bool {
	return path.Ext(name) == ".toml" && (strings.Contains("/"+name, "/.codex/agents/") || root.Get("name").Text() != "" && root.Get("developer_instructions").Text() != "")
}

// Agent reads an agent that Codex starts. What its file leaves out it has from the
// session that starts it, which the configuration of the project counts for.
func Agent(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(AgentID, AgentTitle)
	if err != nil {
		return nil, err
	}
	s := &session{Draft: d, base: root, layers: []draft.Node{root.Without(keys().User...)}}
	name := root.Get("name").Text()
	if name == "" {
		name = strings.TrimSuffix(path.Base(in.Name), ".toml")
	}
	s.Name(in.Called(host, name), root.Get("name"))
	s.Describe("summary", root.Get("description"))
	note(s.Draft, root, "", true, "name", "description", "nickname_candidates")
	f, ok, err := in.Open(configPath)
	if err != nil {
		return nil, err
	}
	if ok {
		config, err := f.Document()
		if err != nil {
			return nil, err
		}
		s.Reads(f)
		s.layers = append(s.layers, draft.Root(config).Without(keys().User...))
	}
	s.Set("/peers/multi_agent", true, root, draft.Default) // another agent starts it
	s.state()
	return []*draft.Draft{s.Draft}, nil
}
