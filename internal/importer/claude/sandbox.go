package claude

import (
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// sandbox states what isolates commands. That it is on does not mean that every command
// runs in it: only where nothing leads out of it, it is present for certain.
func (s *settings) sandbox() {
	at := s.first("sandbox", "enabled")
	on, ok := at.Flag()
	switch {
	case !ok && s.first("sandbox").Is():
		s.Note(origin.Open, s.first("sandbox"), "nothing here says whether the sandbox is on")
		return
	case !ok:
		return
	case !on:
		s.Set("/execution/sandbox/present", false, at, draft.Configured)
		return
	}
	s.Set("/execution/sandbox/default_on", true, at, draft.Configured)
	s.Set("/execution/sandbox/kind", "process", at, draft.Configured)
	present := any(true)
	for _, way := range s.waysOut() {
		present = "optional"
		n := way.at
		if !n.Is() {
			n = at
		}
		s.Note(origin.Open, n, "%s", way.said)
	}
	s.Set("/execution/sandbox/present", present, at, draft.Configured)
	for _, n := range s.all("sandbox", "network", "allowedDomains") {
		if n.Text() == "*" {
			s.Set("/network/egress", "open", n, draft.Configured)
		}
	}
	if !s.States("/network/egress") {
		s.Note(origin.Open, at, "limits what commands reach; other tools are not in the sandbox, so what the agent reaches is not said")
	}
}

// wayOut is how a command can run outside of the sandbox.
type wayOut struct {
	at   draft.Node
	said string
}

func (s *settings) waysOut() (out []wayOut) {
	for _, n := range s.all("sandbox", "excludedCommands") {
		out = append(out, wayOut{n, "runs outside of the sandbox"})
	}
	if retry, set := s.first("sandbox", "allowUnsandboxedCommands").Flag(); retry || !set {
		out = append(out, wayOut{s.first("sandbox", "allowUnsandboxedCommands"), "a command that fails in the sandbox can be tried outside of it, unless allowUnsandboxedCommands is false"})
	}
	if fail, _ := s.first("sandbox", "failIfUnavailable").Flag(); !fail {
		out = append(out, wayOut{s.first("sandbox", "failIfUnavailable"), "where the sandbox cannot start commands run without it, unless failIfUnavailable is true"})
	}
	for _, key := range []string{"enableWeakerNestedSandbox", "enableWeakerNetworkIsolation"} {
		if weak, _ := s.first("sandbox", key).Flag(); weak {
			out = append(out, wayOut{s.first("sandbox", key), "the sandbox is weaker than it can be"})
		}
	}
	return out
}

// model states the model that the project sets.
func (s *settings) model() {
	n := s.first("env", "ANTHROPIC_MODEL")
	if n.Text() == "" {
		n = s.first("model")
	}
	stateModel(s.Draft, n, s.first("env", "ANTHROPIC_BASE_URL").Is())
}

// aliases stand for the newest model of a family.
var aliases = []string{"default", "best", "sonnet", "opus", "haiku", "fable", "opusplan", "sonnet[1m]", "opus[1m]"}

// stateModel states a model by its name or alias. Behind a gateway the name is that of
// the gateway, so who provides it is not said.
func stateModel(d *draft.Draft, n draft.Node, gateway bool) {
	name := n.Text()
	if name == "" || name == "inherit" || name == "default" {
		return
	}
	d.Set("/model/name", name, n, draft.Configured)
	alias := slices.Contains(aliases, name)
	if (alias || strings.HasPrefix(name, "claude-")) && !gateway {
		d.Set("/model/provider", "Anthropic", n, draft.Known)
	}
	switch {
	case alias:
		d.Set("/model/version_pinned", false, n, draft.Configured)
	case catalogue.Dated(name):
		d.Set("/model/version_pinned", true, n, draft.Configured)
	}
}

// rest states what single keys say.
func (s *settings) rest() {
	if n := s.first("autoMemoryEnabled"); n.Value == true {
		s.Set("/memory/persistent", true, n, draft.Configured)
	} else if n.Is() {
		s.Note(origin.Open, n, "without notes of its own; what files such as CLAUDE.md keep stays")
	}
	if n := s.first("autoUpdatesChannel"); n.Text() != "" {
		s.Set("/supply/update_channel", "auto", n, draft.Configured)
	}
	for _, sc := range s.scopes {
		hooks := sc.root.Get("hooks")
		for _, event := range hooks.Keys() {
			s.Note(origin.Open, hooks.Get(event), "runs commands of its own at this event; what they do is not said")
		}
	}
	for _, key := range []string{"enableAllProjectMcpServers", "enabledMcpjsonServers"} {
		if n := s.first(key); n.Is() && n.Value != false {
			s.Note(origin.Open, n, "starts servers of the project without asking")
		}
	}
	s.credentials()
}

// credentials states where the credentials are kept that settings put into the
// environment.
func (s *settings) credentials() {
	for _, sc := range s.scopes {
		env := sc.root.Get("env")
		for _, name := range env.Keys() {
			s.Credential(name, env.Get(name))
		}
	}
}
