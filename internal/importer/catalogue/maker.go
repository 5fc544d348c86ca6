package catalogue

import "regexp"

// makers have the names of models that only their makers provide, or name to others.
var makers = []struct {
	name *regexp.Regexp
	by   string
}{
	{regexp.MustCompile(`(?i)^claude\b`), "Anthropic"},
	{regexp.MustCompile(`(?i)^(gpt-[0-9]|o[0-9]\b|codex-)`), "OpenAI"},
	{regexp.MustCompile(`(?i)^gemini\b`), "Google"},
	{regexp.MustCompile(`(?i)^grok\b`), "xAI"},
}

// Maker is who makes the model of a name, "" where the name does not tell, as with one
// that anybody may run.
func Maker(model string) string {
	for _, m := range makers {
		if m.name.MatchString(model) {
			return m.by
		}
	}
	return ""
}

// providers have ids that are no names, "" for programs that run models on the machine.
var providers = map[string]string{
	"anthropic": "Anthropic", "openai": "OpenAI", "chatgpt": "OpenAI", "google": "Google", "google-vertex": "Google Vertex AI", "xai": "xAI", "amazon-bedrock": "Amazon Bedrock",
	"azure": "Microsoft Azure", "github-copilot": "GitHub Copilot", "openrouter": "OpenRouter", "mistral": "Mistral AI", "groq": "Groq", "opencode": "OpenCode Zen",
	"gemini": "Google", "vertex_ai": "Google Cloud", "bedrock": "Amazon Web Services", "cohere": "Cohere",
	"ollama": "", "lmstudio": "", "llama.cpp": "", "dmr": "",
}

// Provider is the name of who provides models, by the id that hosts have for it, and
// whether that is a program on the machine, which has no name. One that is not known is
// named by its id.
func Provider(id string) (name string, local bool) {
	name, known := providers[id]
	if !known {
		return id, false
	}
	return name, name == ""
}
