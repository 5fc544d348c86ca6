package importer

import (
	"github.com/audition-dev/audition/internal/importer/a2a"
	"github.com/audition-dev/audition/internal/importer/adk"
	"github.com/audition-dev/audition/internal/importer/bom"
	"github.com/audition-dev/audition/internal/importer/claude"
	"github.com/audition-dev/audition/internal/importer/codex"
	"github.com/audition-dev/audition/internal/importer/copilot"
	"github.com/audition-dev/audition/internal/importer/crewai"
	"github.com/audition-dev/audition/internal/importer/dockeragent"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/gemini"
	"github.com/audition-dev/audition/internal/importer/kagent"
	"github.com/audition-dev/audition/internal/importer/m365"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/importer/oasf"
	"github.com/audition-dev/audition/internal/importer/opencode"
)

// Format is a kind of descriptor.
type Format struct {
	ID, Title string
	// Paths are patterns of where a tool keeps such a descriptor, below the home of a
	// project: a search looks there, and a broken file is told. Elsewhere it is known
	// by its shape alone, if it is YAML or JSON.
	Paths []string
	// Takes are paths, below the home, of files that are read as a part of the same
	// agent and are no agent of their own beside it.
	Takes []string
	// Marks are texts of which a descriptor has at least one.
	Marks []string
	// Is tells by the shape whether a document, or the front matter of a text, is such
	// a descriptor.
	Is func(name string, root draft.Node) bool
	// Read reads the agents that a descriptor describes.
	Read func(draft.Input) ([]*draft.Draft, error)
}

// Formats is the table of formats; of several that know a shape the first counts.
func Formats() []Format {
	return []Format{
		{
			ID: claude.SettingsID, Title: claude.SettingsTitle,
			Paths: []string{".claude/settings.json", ".claude/settings.local.json"},
			Takes: []string{".claude/settings.local.json", ".mcp.json"},
			Marks: []string{`"permissions"`, `McpjsonServers"`, `ProjectMcpServers"`},
			Is:    claude.IsSettings, Read: claude.Settings,
		},
		{
			ID: claude.SkillID, Title: claude.SkillTitle,
			Paths: []string{".claude/skills/**/SKILL.md", "skills/**/SKILL.md", "SKILL.md"},
			Marks: []string{"name:", "description:"},
			Is:    claude.IsSkill, Read: claude.Skill,
		},
		{
			ID: copilot.ID, Title: copilot.Title,
			Paths: []string{".github/agents/**/*.md", ".github/chatmodes/*.chatmode.md", "*.agent.md"},
			Is:    copilot.Is, Read: copilot.Agent,
		},
		{
			ID: gemini.SubagentID, Title: gemini.SubagentTitle,
			Paths: []string{".gemini/agents/*.md"},
			Is:    gemini.IsSubagent, Read: gemini.Subagent,
		},
		{
			ID: claude.SubagentID, Title: claude.SubagentTitle,
			Paths: []string{".claude/agents/**/*.md", "agents/**/*.md"},
			Marks: []string{"description:"},
			Is:    claude.IsSubagent, Read: claude.Subagent,
		},
		{
			ID: claude.PluginID, Title: claude.PluginTitle,
			Paths: []string{".claude-plugin/plugin.json"},
			Takes: []string{".mcp.json"},
			Marks: []string{"claude-code-plugin-manifest"},
			Is:    claude.IsPlugin, Read: claude.Plugin,
		},
		{
			ID: codex.AgentID, Title: codex.AgentTitle,
			Paths: []string{".codex/agents/*.toml"},
			Marks: []string{"developer_instructions"},
			Is:    codex.IsAgent, Read: codex.Agent,
		},
		{
			ID: codex.ConfigID, Title: codex.ConfigTitle,
			Paths: []string{".codex/config.toml"},
			Marks: []string{"approval_policy", "sandbox_mode", "mcp_servers", "model_provider"},
			Is:    codex.IsConfig, Read: codex.Config,
		},
		{
			ID: gemini.ID, Title: gemini.Title,
			Paths: []string{".gemini/settings.json"},
			Marks: []string{"/gemini-cli/"},
			Is:    gemini.Is, Read: gemini.Settings,
		},
		{
			ID: opencode.AgentID, Title: opencode.AgentTitle,
			Paths: []string{".opencode/agent/**/*.md", ".opencode/agents/**/*.md"},
			Is:    opencode.IsAgent, Read: opencode.Agent,
		},
		{
			ID: opencode.ConfigID, Title: opencode.ConfigTitle,
			Paths: []string{"opencode.json", "opencode.jsonc", ".opencode/opencode.json", ".opencode/opencode.jsonc"},
			Takes: []string{".opencode/opencode.json", ".opencode/opencode.jsonc"},
			Marks: []string{"opencode.ai/config.json"},
			Is:    opencode.IsConfig, Read: opencode.Config,
		},
		{
			ID: dockeragent.ID, Title: dockeragent.Title,
			Marks: []string{"instruction", "toolsets", "harness", "sub_agents"},
			Is:    dockeragent.Is, Read: dockeragent.Agents,
		},
		{
			ID: mcp.ConfigID, Title: mcp.ConfigTitle,
			Paths: []string{".cursor/mcp.json", ".vscode/mcp.json", ".mcp.json"},
			Marks: []string{"mcpServers", `"servers"`, `"context_servers"`},
			Is:    mcp.IsConfig, Read: mcp.Config,
		},
		{
			ID: mcp.ServerID, Title: mcp.ServerTitle,
			Marks: []string{`"packages"`, `"remotes"`},
			Is:    mcp.IsServer, Read: mcp.Entry,
		},
		{
			ID: mcp.ToolsID, Title: mcp.ToolsTitle,
			Marks: []string{"inputSchema"},
			Is:    mcp.IsTools, Read: mcp.Tools,
		},
		{
			ID: kagent.ID, Title: kagent.Title,
			Marks: []string{"kagent.dev/"},
			Is:    kagent.Is, Read: kagent.Read,
		},
		{
			ID: a2a.ID, Title: a2a.Title,
			Paths: []string{".well-known/agent-card.json", ".well-known/agent.json", "agent-card.json"},
			Marks: []string{"capabilities"},
			Is:    a2a.Is, Read: a2a.Read,
		},
		{
			ID: crewai.ID, Title: crewai.Title,
			Marks: []string{"backstory"},
			Is:    crewai.Is, Read: crewai.Read,
		},
		{
			ID: m365.ID, Title: m365.Title,
			Paths: []string{"appPackage/declarativeAgent.json"},
			Marks: []string{`"instructions"`},
			Is:    m365.Is, Read: m365.Read,
		},
		{
			ID: adk.ID, Title: adk.Title,
			Paths: []string{"root_agent.yaml"},
			Marks: []string{"instruction", "agent_class"},
			Is:    adk.Is, Read: adk.Read,
		},
		{
			ID: oasf.ID, Title: oasf.Title,
			Marks: []string{"schema_version"},
			Is:    oasf.Is, Read: oasf.Read,
		},
		{
			ID: bom.CycloneDXID, Title: bom.CycloneDXTitle,
			Marks: []string{"machine-learning-model"},
			Is:    bom.IsCycloneDX, Read: bom.CycloneDX,
		},
		{
			ID: bom.SPDXID, Title: bom.SPDXTitle,
			Marks: []string{"AIPackage"},
			Is:    bom.IsSPDX, Read: bom.SPDX,
		},
	}
}
