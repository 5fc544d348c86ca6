package catalogue

import (
	"regexp"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// day is at the end of names of builds.
var day = regexp.MustCompile(`[-@](20[0-9]{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])(-v[0-9]+(:[0-9]+)?)?$`)

// Dated tells whether the name of a model ends in a day, as those of builds do that do
// not change.
func Dated(model string) bool { return day.MatchString(model) }

// services are those who serve models, by the words before the names of models in
// frameworks that speak to many.
var services = map[string]string{
	"openai": "OpenAI", "anthropic": "Anthropic", "gemini": "Google", "google": "Google", "vertex_ai": "Google Cloud", "azure": "Microsoft Azure",
	"bedrock": "Amazon Web Services", "groq": "Groq", "mistral": "Mistral AI", "cohere": "Cohere", "openrouter": "OpenRouter",
}

// families are the beginnings of names of models of one maker.
var families = map[string]string{"gpt-": "OpenAI", "claude-": "Anthropic", "gemini-": "Google"}

// Model states a model by its name, which may begin with who serves it and a slash. A
// name that is not known as that of a model it notes: it may be one of the code.
func Model(d *draft.Draft, n draft.Node) {
	service, _, served := strings.Cut(n.Text(), "/")
	maker := ""
	for start, of := range families {
		if strings.HasPrefix(n.Text(), start) {
			maker = of
		}
	}
	if !served && maker == "" {
		d.Note(origin.Open, n, "a model, or a name in the code")
		return
	}
	d.Set("/model/name", n.Text(), n, draft.Configured)
	if by := services[strings.ToLower(service)]; served && by != "" {
		d.Set("/model/provider", by, n, draft.Known)
		d.Set("/model/hosting", "vendor_api", n, draft.Known)
	}
	if Dated(n.Text()) {
		d.Set("/model/version_pinned", true, n, draft.Configured)
	}
}
