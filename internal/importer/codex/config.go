// Package codex reads what configures Codex: the configuration of a project or of a
// user, and the agents of a project.
//
// The files of several places make up a session: managed ones, that of the user, those
// of the directories of a project. So a key that is absent leaves its fact open, whatever
// Codex does where no file has it, and only what Codex is, such as that it has a shell,
// is its default. Source: https://developers.openai.com/codex/config-reference.
package codex

import (
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of configurations.
const (
	ConfigID    = "codex-config"
	ConfigTitle = "Codex configuration"
	configPath  = ".codex/config.toml"
	host        = "codex"
)

// IsConfig tells whether a document is a configuration: by its place, or by keys that no
// other program has.
func IsConfig(name string, root draft.Node) bool {
	if strings.HasSuffix("/"+name, "/"+configPath) {
		return true
	}
	return strings.HasSuffix(name, ".toml") && slices.ContainsFunc([]string{"approval_policy", "sandbox_mode", "mcp_servers", "model_provider"}, func(k string) bool { return root.Get(k).Is() })
}

// session is an agent that files configure.
type session struct {
	*draft.Draft
	// base is where facts stand that no key says.
	base draft.Node
	// layers are the files, that which counts more first.
	layers []draft.Node
	// mode is the mode of the sandbox, "" where it is not said, and modeAt its place.
	mode   string
	modeAt draft.Node
}

// Config reads the agent that a configuration describes. One that does not lie where a
// project has it is taken for that of a user.
func Config(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(ConfigID, ConfigTitle)
	if err != nil {
		return nil, err
	}
	s := &session{Draft: d, base: root}
	s.Name(in.Called(host), draft.Node{})
	project := strings.HasSuffix("/"+in.Name, "/"+configPath)
	note(s.Draft, root, "", project)
	if project {
		s.layers = []draft.Node{root.Without(keys().User...)}
	} else {
		s.user(root)
	}
	s.state()
	return []*draft.Draft{s.Draft}, nil
}

// user takes the configuration of a user, with the profile in it that is chosen.
func (s *session) user(root draft.Node) {
	chosen := root.Get("profile").Text()
	for _, name := range root.Get("profiles").Keys() {
		if profile := root.Get("profiles", name); name == chosen {
			s.layers = append(s.layers, profile)
		} else {
			s.Note(origin.Ignored, profile, "counts where it is chosen")
		}
	}
	s.layers = append(s.layers, root)
}

// first is the value of a key in the file that counts most.
func (s *session) first(keys ...string) draft.Node {
	for _, l := range s.layers {
		if n := l.Get(keys...); n.Is() {
			return n
		}
	}
	return draft.Node{}
}

// state states what the files say.
func (s *session) state() {
	s.findMode()
	s.model()
	s.tools()
	s.servers()
	s.sandbox()
	s.approval()
	s.rest()
}

// model states the model and who provides it.
func (s *session) model() {
	n := s.first("model")
	name := n.Text()
	if name != "" {
		s.Set("/model/name", name, n, draft.Configured)
		if catalogue.Dated(name) {
			s.Set("/model/version_pinned", true, n, draft.Configured)
		}
	}
	at := s.first("model_provider")
	by, local := catalogue.Provider(at.Text())
	if named := s.first("model_providers", at.Text(), "name"); named.Text() != "" {
		by, local = named.Text(), false
	}
	switch {
	case s.first("openai_base_url").Is():
		s.Note(origin.Open, s.first("openai_base_url"), "another address than that of OpenAI, so who provides the model is not said")
	case local:
		s.Set("/model/hosting", "on_device", at, draft.Configured)
	case by != "":
		s.Set("/model/provider", by, at, draft.Configured)
	case catalogue.Maker(name) != "":
		s.Set("/model/provider", catalogue.Maker(name), n, draft.Known)
	}
}

// rest states what single keys say.
func (s *session) rest() {
	if n := s.first("features", "memories"); n.Value == true {
		s.Set("/memory/persistent", true, n, draft.Configured)
	} else if n.Is() {
		s.Note(origin.Open, n, "without memories of its own; what files such as AGENTS.md keep stays")
	}
	if n := s.first("features", "rollout_budget"); n.Get("enabled").Value == true && n.Get("limit_tokens").Is() {
		s.Set("/orchestration/limits/budget", true, n.Get("limit_tokens"), draft.Configured)
	}
	for _, l := range s.layers {
		s.Hooks(l.Get("hooks"))
	}
	for _, key := range []string{"exporter", "trace_exporter"} {
		if n := s.first("otel", key); n.Is() && n.Text() != "none" {
			s.Note(origin.Open, n, "what it does is sent there; whether that is all of every call is not said")
		}
	}
	s.environment()
	s.credentials()
}

// environment states what commands see of the environment of whoever starts the agent.
func (s *session) environment() {
	policy := func(key string) draft.Node { return s.first("shell_environment_policy", key) }
	set := policy("set")
	for _, name := range set.Keys() {
		s.Credential(name, set.Get(name))
	}
	narrow := policy("include_only").Is() || policy("filters").Is() || policy("exclude").Is()
	if n := policy("ignore_default_excludes"); n.Value == true && !narrow && (!policy("inherit").Is() || policy("inherit").Text() == "all") {
		s.Set("/secrets/reach_model", true, n, draft.Configured)
	} else if n := policy("inherit"); n.Is() {
		s.Note(origin.Open, n, "what commands see of the environment; whether credentials are in that is not said")
	}
}

// credentials states where credentials are kept.
func (s *session) credentials() {
	providers := s.base.Get("model_providers") // also those that are not heeded
	for _, id := range providers.Keys() {
		p := providers.Get(id)
		s.CredentialIn("bearer_token", p.Get("experimental_bearer_token").Text(), p.Get("experimental_bearer_token"))
		s.headers(p)
		for _, name := range p.Get("query_params").Keys() {
			s.Credential(name, p.Get("query_params", name))
		}
		if n := p.Get("env_key"); n.Text() != "" && s.first("model_provider").Text() == id {
			s.CredentialIn("api_key", "${"+n.Text()+"}", n)
		}
	}
	for _, key := range []string{"exporter", "trace_exporter", "metrics_exporter"} {
		exporter := s.base.Get("otel", key)
		for _, kind := range exporter.Keys() {
			for _, name := range exporter.Get(kind, "headers").Keys() {
				s.Credential(name, exporter.Get(kind, "headers", name))
			}
		}
	}
	for _, key := range []string{"cli_auth_credentials_store", "mcp_oauth_credentials_store"} {
		switch n := s.first(key); n.Text() {
		case "keyring":
			s.Set("/secrets/storage", "keychain", n, draft.Configured)
		case "file":
			s.Set("/secrets/storage", "client_config", n, draft.Configured)
		}
	}
}

// headers states where credentials in the headers of a server or a provider are kept.
func (s *session) headers(n draft.Node) {
	for _, name := range n.Get("http_headers").Keys() {
		s.Credential(name, n.Get("http_headers", name))
	}
	for _, name := range n.Get("env_http_headers").Keys() {
		if variable := n.Get("env_http_headers", name); variable.Text() != "" {
			s.CredentialIn(name, "${"+variable.Text()+"}", variable)
		}
	}
}
