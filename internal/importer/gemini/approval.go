package gemini

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// number is a number as it is written, "" for what is none.
func number(n draft.Node) string {
	v, _ := n.Value.(json.Number)
	return v.String()
}

// kinds are the ways to isolate the program, and what they are.
var kinds = map[string]string{
	"docker": "container", "podman": "container", "lxc": "container", "runsc": "gvisor", "sandbox-exec": "process", "windows-native": "process",
}

// sandbox states what isolates the program: all of it runs in the sandbox.
func (s *settings) sandbox() {
	n := s.root.Get("tools", "sandbox")
	command := n
	if n.Get("enabled").Is() || n.Get("command").Is() {
		if command = n.Get("command"); n.Get("enabled").Is() && n.Get("enabled").Value != true {
			command = n.Get("enabled")
		}
	}
	network := s.root.Get("tools", "sandboxNetworkAccess")
	if n.Get("networkAccess").Is() {
		network = n.Get("networkAccess")
	}
	switch {
	case !n.Is():
		if on := s.root.Get("security", "toolSandboxing"); on.Value == true {
			s.Set("/execution/sandbox/present", "optional", on, draft.Configured)
			s.Note(origin.Open, on, "isolates single tools, as far as that is built")
		}
		return
	case command.Value == false || command.Text() == "false":
		s.Set("/execution/sandbox/present", false, command, draft.Configured)
		return
	}
	s.Set("/execution/sandbox/present", true, n, draft.Configured)
	s.Set("/execution/sandbox/default_on", true, n, draft.Configured)
	if kind := kinds[command.Text()]; kind != "" {
		s.Set("/execution/sandbox/kind", kind, command, draft.Configured)
	}
	switch {
	case network.Value == true:
		s.Set("/network/egress", "open", network, draft.Configured)
	case network.Is():
		s.Note(origin.Open, network, "what the sandbox reaches depends on its kind, which can let more through")
	}
	for _, path := range append(s.root.Get("tools", "sandboxAllowedPaths").Items(), n.Get("allowedPaths").Items()...) {
		s.Note(origin.Open, path, "within reach of the sandbox too; what it is is not said")
	}
}

// approval states which actions wait for a person.
func (s *settings) approval() {
	n := s.root.Get("general", "defaultApprovalMode")
	mode := n.Text()
	modes := []string{"default", "auto_edit", "plan"}
	policies := s.root.Get("policyPaths")
	required := s.rules("confirmationRequired")
	if len(required) > 0 {
		s.Set("/guardrails/tool_policy", true, required[0].Node, draft.Configured)
	} else if slices.Contains(modes, mode) {
		s.Set("/guardrails/tool_policy", true, n, draft.Configured)
	}
	free := s.unasked(required)
	_, gone := find(s.rules("exclude"), shell)
	whole, all := find(s.rules("allowed"), shell)
	_, asked := find(required, shell)
	switch {
	case len(policies.Texts()) > 0:
		s.Note(origin.Open, policies, "rules of their own say what asks, in files that are not read here")
	case all && !gone && !asked:
		s.Set("/oversight/approval", "never", whole.Node, draft.Configured)
	case !n.Is():
	case strings.EqualFold(mode, "yolo"):
		s.Note(origin.Misplaced, n, "not heeded here, it counts on the command line")
	case !slices.Contains(modes, mode):
		s.Note(origin.Invalid, n, "no mode, expected %s", strings.Join(modes, ", "))
	case mode == "plan":
		s.Note(origin.Open, n, "asks before it changes something; whoever approves the plan chooses what asks after that")
	case free.Is():
		s.Note(origin.Open, free, "runs without asking; whether it is risky is not said")
	case mode == "auto_edit":
		s.Set("/oversight/approval", "risky", n, draft.Configured)
	default:
		s.Set("/oversight/approval", "always", n, draft.Configured)
	}
}

// unasked is where something may run without asking that is more than reading.
func (s *settings) unasked(required []rule) draft.Node {
	for _, r := range s.rules("allowed") {
		if _, asks := find(required, r.tool); !asks && !slices.Contains(harmless, r.tool) {
			return r.Node
		}
	}
	list := s.root.Get("mcpServers")
	for _, name := range list.Keys() {
		if n := list.Get(name, "trust"); n.Value == true {
			return n
		}
	}
	return draft.Node{}
}

// harmless are tools that read, and change the session at most.
var harmless = []string{"read_file", "read_many_files", "list_directory", "glob", "grep_search", "google_web_search", "write_todos"}

// rest states what single keys say.
func (s *settings) rest() {
	general := s.root.Get("general")
	s.Keys(general.Without("defaultApprovalMode", "enableAutoUpdate"), map[string]string{
		"preferredEditor": nothing, "vimMode": nothing, "devtools": nothing, "enableAutoUpdateNotification": nothing, "enableNotifications": nothing, "checkpointing": nothing, "plan": nothing,
		"retryFetchErrors": nothing, "maxAttempts": nothing, "debugKeystrokeLogging": nothing, "sessionRetention": nothing, "enablePromptCompletion": nothing, "disableAutoUpdate": nothing, "topicUpdateNarration": nothing,
	})
	switch n := general.Get("enableAutoUpdate"); n.Value {
	case true:
		s.Set("/supply/update_channel", "auto", n, draft.Configured)
	case false:
		s.Set("/supply/update_channel", "manual", n, draft.Configured)
	}
	if n := s.root.Get("experimental", "enableAgents"); n.Value == true {
		s.Set("/peers/multi_agent", true, n, draft.Configured)
	}
	for _, n := range s.root.Get("context", "includeDirectories").Items() {
		s.Note(origin.Open, n, "files there are within reach too; what they are is not said")
	}
	if n := s.root.Get("security", "environmentVariableRedaction", "enabled"); n.Value == true {
		s.Note(origin.Open, n, "variables that look like credentials are kept from commands; others are not")
	}
	if n := s.root.Get("telemetry", "enabled"); n.Value == true {
		s.Note(origin.Open, n, "what it does is recorded; whether that is all of every call is not said")
	}
	hooks := s.root.Get("hooks")
	for _, event := range hooks.Keys() {
		if s.root.Get("hooksConfig", "enabled").Value != false {
			s.Note(origin.Open, hooks.Get(event), "runs commands of its own at this event; what they do is not said")
		}
	}
}
