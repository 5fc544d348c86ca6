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
