// Package gemini reads the settings of Gemini CLI in a project, and its subagents.
//
// Settings of the system and of the user count beside them, so a key that is absent
// leaves its fact open, and only what the program is, such as that it has a shell, is its
// default. Source: https://geminicli.com/docs/reference/configuration.
package gemini

import (
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/importer/mcp"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of settings.
const (
	ID           = "gemini-settings"
	Title        = "Gemini CLI settings"
	settingsPath = ".gemini/settings.json"
	host         = "gemini-cli"
	shell        = "run_shell_command"
)

// Is tells whether a document is the settings of a project, by its place or by the schema
// that it names.
func Is(name string, root draft.Node) bool {
	return strings.HasSuffix("/"+name, "/"+settingsPath) || strings.HasSuffix(root.Get("$schema").Text(), "/gemini-cli/main/schemas/settings.schema.json")
}

// keys are those of settings by their section, and why nothing follows from some. A
// section that is not here says nothing.
var keys = map[string]map[string]string{
	"": {
		"$schema": nothing, "mcpServers": "", "general": "", "model": "", "tools": "", "mcp": "", "security": "", "context": "", "hooks": "", "hooksConfig": "", "experimental": "",
		"telemetry": "", "policyPaths": "", "adminPolicyPaths": "", "admin": "counts where an administrator sets it", "agents": "which agents it starts, whose own files describe them",
		"skills": "skills, which are judged by themselves", "extensions": "extensions, which are judged by themselves", "output": nothing, "ui": nothing, "ide": nothing, "privacy": nothing,
		"billing": nothing, "modelConfigs": "how models are called", "useWriteTodos": nothing, "advanced": nothing, "voice": nothing,
	},
	"model": {"name": "", "maxSessionTurns": "", "summarizeToolOutput": nothing, "compressionThreshold": nothing, "disableLoopDetection": nothing, "skipNextSpeakerCheck": nothing},
	"tools": {
		"sandbox": "", "sandboxAllowedPaths": "", "sandboxNetworkAccess": "", "core": "", "allowed": "", "exclude": "", "confirmationRequired": "", "discoveryCommand": "", "callCommand": "how tools are called that discoveryCommand finds",
		"autoAccept": "calls that only read do not ask", "shell": nothing, "useRipgrep": nothing, "truncateToolOutputThreshold": nothing, "enableToolOutputTruncation": nothing, "disableLLMCorrection": nothing,
	},
	"mcp": {"serverCommand": "", "allowed": "", "excluded": ""},
	"security": {
		"toolSandboxing": "", "disableYoloMode": "sessions cannot be started so that nothing asks", "disableAlwaysAllow": "what is allowed once asks again", "environmentVariableRedaction": "",
		"enablePermanentToolApproval": "what is allowed once may not ask again", "autoAddToPolicyByDefault": "what is allowed once may not ask again", "blockGitExtensions": "which extensions can be installed",
		"allowedExtensions": "which extensions can be installed", "folderTrust": "whether projects are asked about first", "auth": "how it signs in", "enableConseca": "a model checks calls",
	},
}

const nothing = "nothing of a profile"

// moved are keys that stood at the top before there were sections.
var moved = map[string]string{
	"sandbox": "tools.sandbox", "autoAccept": "tools.autoAccept", "coreTools": "tools.core", "allowedTools": "tools.allowed", "excludeTools": "tools.exclude",
	"toolDiscoveryCommand": "tools.discoveryCommand", "toolCallCommand": "tools.callCommand", "allowMCPServers": "mcp.allowed", "excludeMCPServers": "mcp.excluded",
	"maxSessionTurns": "model.maxSessionTurns", "folderTrust": "security.folderTrust", "includeDirectories": "context.includeDirectories", "defaultApprovalMode": "general.defaultApprovalMode",
}

// settings are those of a project.
type settings struct {
	*draft.Draft
	root draft.Node
	// only are the built-in tools that there are of all; nil is all.
	only []string
}

// Settings reads the agent that the settings of a project describe.
func Settings(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(ID, Title)
	if err != nil {
		return nil, err
	}
	s := &settings{Draft: d, root: root}
	s.Name(in.Called(host), draft.Node{})
	s.note()
	s.model()
	s.tools()
	s.servers()
	s.sandbox()
	s.approval()
	s.rest()
	return []*draft.Draft{s.Draft}, nil
}

// note says of each key why it is in no fact.
func (s *settings) note() {
	top := s.root
	for _, key := range s.root.Keys() {
		if to, ok := moved[key]; ok {
			s.Note(origin.Misplaced, s.root.Get(key), "not heeded here, it counts as %s", to)
			top = top.Without(key)
		}
	}
	s.Keys(top, keys[""])
	for section, known := range keys {
		if section != "" {
			s.Keys(s.root.Get(section), known)
		}
	}
}

func (s *settings) model() {
	s.stateModel(s.root.Get("model", "name"))
	switch n := s.root.Get("model", "maxSessionTurns"); {
	case !n.Is():
	case strings.HasPrefix(number(n), "-"):
		s.Set("/orchestration/limits/steps", false, n, draft.Configured)
	case number(n) != "":
		s.Set("/orchestration/limits/steps", true, n, draft.Configured)
	}
}

func (s *settings) stateModel(n draft.Node) {
	name := n.Text()
	if name == "" {
		return
	}
	s.Set("/model/name", name, n, draft.Configured)
	if by := catalogue.Maker(name); by != "" {
		s.Set("/model/provider", by, n, draft.Known)
	}
}

// rule is a name of a tool and, in brackets, what of its uses is meant.
type rule struct {
	draft.Node
	tool, of string
}

// rules are those of a list that are about tools that there are.
func (s *settings) rules(key string) (out []rule) {
	for _, n := range s.root.Get("tools", key).Items() {
		tool, of, _ := strings.Cut(strings.TrimSpace(n.Text()), "(")
		if e, ok := s.Catalogue().Tool(host, tool); ok {
			tool = e.Names[0]
		}
		if s.only == nil || slices.Contains(s.only, tool) {
			out = append(out, rule{n, tool, strings.TrimSuffix(of, ")")})
		}
	}
	return out
}

// find returns the first rule about all uses of a tool.
func find(rules []rule, tool string) (rule, bool) {
	i := slices.IndexFunc(rules, func(r rule) bool { return r.tool == tool && r.of == "" })
	if i < 0 {
		return rule{}, false
	}
	return rules[i], true
}

// tools states the built-in tools that are listed, or all without a list, but those that
// are excluded.
func (s *settings) tools() {
	if core := s.root.Get("tools", "core"); core.Is() {
		for _, r := range s.rules("core") {
			s.listed(r)
		}
	} else {
		for _, e := range s.Catalogue().Tools(host) {
			s.builtin(e.Names[0], e, s.root, draft.Default)
		}
	}
	if n := s.root.Get("tools", "discoveryCommand"); n.Is() {
		s.Set("/orchestration/dynamic_tools", true, n, draft.Configured)
		s.Note(origin.Open, n, "finds more tools; what they do is not said")
	}
}

// listed states a tool of the list of those that there are.
func (s *settings) listed(r rule) {
	e, known := s.Catalogue().Tool(host, r.tool)
	if !known {
		s.Note(origin.Open, r.Node, "no tool that is known, so what it does is not said")
	}
	if s.builtin(document.Clip(r.tool), e, r.Node, draft.Configured) && r.of != "" {
		s.Tool(document.Clip(r.tool), r.Node, draft.Configured).Scope(document.Clip(r.of), r.Node, draft.Configured)
	}
}

// builtin states a tool that is not excluded.
func (s *settings) builtin(name string, e draft.Entry, n draft.Node, basis draft.Basis) bool {
	if _, gone := find(s.rules("exclude"), name); gone {
		return false
	}
	t := s.Tool(name, n, basis)
	if e.Kind != "" {
		e.State(t, n)
	}
	if name == shell {
		s.Set("/execution/runs_code", true, n, basis)
	}
	return true
}

// servers states the servers that no list rejects.
func (s *settings) servers() {
	allowed, excluded := s.root.Get("mcp", "allowed"), s.root.Get("mcp", "excluded")
	mcp.State(s.Draft, s.root, func(server string) bool {
		return !slices.Contains(excluded.Texts(), server) && (!allowed.Is() || slices.Contains(allowed.Texts(), server))
	})
	if n := s.root.Get("mcp", "serverCommand"); n.Is() {
		s.Note(origin.Open, n, "starts a server; what it is and does is not said")
	}
}
