package kagent

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// common is the name of the model that an agent has where it names none.
const common = "default-model-config"

// providers are those who serve a model at an address of their own, by what a
// ModelConfig calls them, with the section and the key by which it is another.
var providers = map[string]struct{ name, section, key string }{
	"OpenAI":            {"OpenAI", "openAI", "baseUrl"},
	"Anthropic":         {"Anthropic", "anthropic", "baseUrl"},
	"AzureOpenAI":       {"Microsoft Azure", "azureOpenAI", ""},
	"Foundry":           {"Microsoft Azure", "foundry", ""},
	"Gemini":            {"Google", "gemini", ""},
	"GeminiVertexAI":    {"Google Cloud", "geminiVertexAI", ""},
	"AnthropicVertexAI": {"Google Cloud", "anthropicVertexAI", ""},
	"Bedrock":           {"Amazon Web Services", "bedrock", ""},
	"SAPAICore":         {"SAP", "sapAICore", ""},
}

// model states the model, by the ModelConfig that the agent names.
func (a *agent) model() error {
	at := a.inner.Get("modelConfig").Or(a.inner)
	namespace, name := split(cmp.Or(a.inner.Get("modelConfig").Text(), common))
	spec, ok, err := a.find("ModelConfig", cmp.Or(namespace, a.namespace), name)
	if err != nil {
		return err
	}
	if !ok {
		a.Note(origin.Open, at, "which model that is, another resource says: the ModelConfig %s", name)
		return nil
	}
	a.Keys(spec, modelKeys)
	if n := spec.Get("model"); n.Text() != "" {
		a.Set("/model/name", n.Text(), n, draft.Configured)
		if catalogue.Dated(n.Text()) {
			a.Set("/model/version_pinned", true, n, draft.Configured)
		}
	}
	a.provider(spec)
	a.tls(spec)
	for _, name := range spec.Get("defaultHeaders").Keys() {
		a.Credential(name, spec.Get("defaultHeaders", name))
	}
	a.Credential("azureAdToken", spec.Get("azureOpenAI", "azureAdToken"))
	for _, key := range []string{"apiKeySecret", "apiKeySecretRef"} {
		if n := spec.Get(key); n.Text() != "" { // the agent gets it as a variable
			a.Set("/secrets/storage", "env", n, draft.Default)
		}
	}
	if n := spec.Get("apiKeyPassthrough"); n.Value == true {
		a.Note(origin.Open, n, "the token of whoever calls the agent goes to who serves the model")
	}
	if n := spec.Get("bedrock", "guardrail"); n.Is() {
		a.Note(origin.Open, n, "a guardrail, of which what it filters is kept elsewhere")
	}
	return nil
}

// provider states who serves the model and where.
func (a *agent) provider(spec draft.Node) {
	at, basis := spec.Get("provider"), draft.Configured
	if !at.Is() {
		at, basis = spec, draft.Default
	}
	name := cmp.Or(spec.Get("provider").Text(), "OpenAI")
	p, ok := providers[name]
	other := spec.Get(p.section, p.key)
	switch {
	case name == "Ollama":
		a.Note(origin.Open, spec.Get("ollama", "host").Or(at), "where the model runs is not said")
	case !ok:
		a.Note(origin.Invalid, at, "expected a provider such as OpenAI")
	case other.Is():
		a.CredentialIn("", other.Text(), other)
		a.Note(origin.Open, other, "served at an address of its own; by whom is not said")
	default:
		a.Set("/model/provider", p.name, at, basis)
		a.Set("/model/hosting", "vendor_api", at, basis)
	}
}

// pod states what the pod of the agent may, and the credentials that it gets.
func (a *agent) pod() {
	for _, d := range []draft.Node{a.spec.Get("deployment"), a.spec.Get("declarative", "deployment"), a.spec.Get("byo", "deployment"), a.spec.Get("declarative"), a.spec.Get("byo")} {
		a.container(d)
	}
}

func (a *agent) container(d draft.Node) {
	for _, e := range d.Get("env").Items() {
		name := e.Get("name").Text()
		if secret := e.Get("valueFrom", "secretKeyRef"); secret.Is() {
			a.Set("/secrets/storage", "env", secret, draft.Configured)
		}
		a.Credential(name, e.Get("value"))
	}
	for _, e := range d.Get("envFrom").Items() {
		if secret := e.Get("secretRef"); secret.Is() {
			a.Set("/secrets/storage", "env", secret, draft.Configured)
		}
	}
	a.privilege(d.Get("securityContext"), d.Get("podSecurityContext"))
	for _, v := range d.Get("volumes").Items() {
		if host := v.Get("hostPath"); host.Is() {
			a.Note(origin.Open, host, "gives the container a part of the host")
		}
	}
	for _, key := range []string{"extraContainers", "serviceAccountName"} {
		if n := d.Get(key); n.Is() {
			a.Note(origin.Open, n, "what it may is not said here")
		}
	}
}

// privilege states the rights on the host: all of them, or what the strictest of the
// standards for pods leaves.
func (a *agent) privilege(container, pod draft.Node) {
	a.Keys(container, contextKeys)
	a.Keys(pod, contextKeys)
	own := container.Get("runAsNonRoot").Or(pod.Get("runAsNonRoot"))
	added := container.Get("capabilities", "add").Texts()
	dropped := slices.Contains(container.Get("capabilities", "drop").Texts(), "ALL")
	switch n := container.Get("privileged"); {
	case n.Value == true:
		a.Set("/execution/host_privilege", "root", n, draft.Configured)
	case own.Value == true && dropped && len(added) == 0 && container.Get("allowPrivilegeEscalation").Value == false:
		a.Set("/execution/host_privilege", "restricted", container, draft.Configured)
	}
	for _, user := range []draft.Node{container.Get("runAsUser"), pod.Get("runAsUser")} {
		if user.Value == json.Number("0") {
			a.Note(origin.Open, user, "runs as root in its container")
		}
	}
}
