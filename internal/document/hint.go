package document

import (
	"slices"
	"strings"
)

// control reports a value of a boolean that has a third answer.
func (v *validation) control(pointer string, value any) {
	v.report(pointer, "expected true, false or optional, got %s%s", TypeName(value), yamlHint([]string{"boolean"}, value))
}

func expected(types []string) string {
	words := map[string]string{"boolean": "true or false", "string": "a text", "array": "a list", "integer": "a whole number", "number": "a number", "object": "an object"}
	out := make([]string, len(types))
	for i, t := range types {
		out[i] = words[t]
	}
	return strings.Join(out, " or ")
}

// yamlHint helps with what YAML 1.1 read as a boolean and YAML 1.2 reads as a
// text, and with numbers where a text is expected.
func yamlHint(want []string, value any) string {
	text, isText := value.(string)
	_, isList := value.([]any)
	_, isObject := value.(map[string]any)
	switch {
	case slices.Contains(want, "boolean") && isText && slices.Contains([]string{"yes", "on", "y"}, strings.ToLower(text)):
		return "; write true"
	case slices.Contains(want, "boolean") && isText && slices.Contains([]string{"no", "off", "n"}, strings.ToLower(text)):
		return "; write false"
	case len(want) == 1 && want[0] == "string" && !isText && !isList && !isObject:
		return "; quote it"
	}
	return ""
}
