// Package answer puts what somebody says about facts into the text of a profile, and
// leaves the rest of the text as it is: comments, order and blank lines.
package answer

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/suggest"
)

// Answer is what somebody says about a fact: a claim.
type Answer struct {
	// Fact is a JSON pointer.
	Fact string
	// Value is a JSON value, as documents have them.
	Value any
}

// index is an index as people write it, after the name of a list.
var index = regexp.MustCompile(`\[([0-9]+)\]`)

// Fact returns the pointer and the type of a fact that a profile can state, by a JSON
// pointer or a path such as execution.sandbox.present or tools[0].kind.
func Fact(p *profile.Profile, name string) (string, profile.FactType, error) {
	pointer := name
	if !strings.HasPrefix(name, "/") {
		pointer = "/" + strings.ReplaceAll(index.ReplaceAllString(name, ".$1"), ".", "/")
	}
	if f, ok := profile.TypeOf(pointer); ok {
		return pointer, f, nil
	}
	var paths []string
	for _, f := range facts.Vocabulary(p) {
		paths = append(paths, document.PathOf(f.Pointer))
	}
	hint := ""
	if near := suggest.Closest(document.PathOf(pointer), paths); near != "" {
		hint = fmt.Sprintf(", did you mean %q?", near)
	}
	return "", profile.FactType{}, fmt.Errorf("unknown fact %q%s", document.Clip(name), hint)
}

// number is a whole number.
var number = regexp.MustCompile(`^-?[0-9]{1,15}$`)

// Value reads what a person writes for a value of a fact: words of a list have commas
// between them, and none is a list without any. Whether the fact takes the value is the
// schema's business.
func Value(f profile.FactType, text string) any {
	text = strings.TrimSpace(text)
	switch {
	case f.Type == "boolean" && (text == "true" || text == "false"):
		return text == "true"
	case f.Type == "integer" && number.MatchString(text):
		return json.Number(text)
	case f.Type == "array":
		items := []any{}
		for _, word := range strings.Split(text, ",") {
			if word = strings.TrimSpace(word); word != "" && text != "none" {
				items = append(items, word)
			}
		}
		return items
	}
	return text
}

// Legal says in a few words which values a fact takes.
func Legal(f profile.FactType) string {
	switch {
	case f.Optional:
		return "true, false or optional"
	case f.Type == "boolean":
		return "true or false"
	case f.Type == "integer":
		return "a whole number"
	case len(f.Values) > 0:
		return "one of " + strings.Join(f.Values, ", ")
	case len(f.Items) > 0:
		return "a list of " + strings.Join(f.Items, ", ")
	case f.Type == "array":
		return "a list"
	}
	return "a text"
}
