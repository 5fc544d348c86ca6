// Package undisclosed says what a profile leaves open, how that can be answered, and
// what the agent would be at worst.
package undisclosed

import (
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
)

// Facts returns what a profile leaves open and can be answered from a list:
// booleans, enumerations, and whether a list is complete.
func Facts(framework *maestro.Framework, p *profile.Profile) []profile.FactType {
	return slices.DeleteFunc(facts.Vocabulary(p), func(f profile.FactType) bool {
		if !facts.Applies(framework, p, f.Pointer) {
			return true
		}
		_, disclosed := p.Lookup(f.Pointer)
		disclosed = disclosed || p.IsOptional(f.Pointer)
		if list, ok := strings.CutSuffix(f.Pointer, "_complete"); ok {
			_, listed := p.Lookup(list)
			return disclosed || !listed
		}
		return disclosed || len(Answers(f)) == 0
	})
}

// Answers returns the legal values of a fact, for a list the least one that is
// complete. A name or a number has no list of values.
func Answers(f profile.FactType) []any {
	switch {
	case strings.HasSuffix(f.Pointer, "_complete"):
		return []any{true}
	case f.Type == "boolean":
		return []any{true, false}
	case strings.HasSuffix(f.Pointer, "/access"):
		return []any{[]any{"read"}} // a tool that gives no access is no tool
	case f.Type == "array":
		return []any{[]any{}}
	}
	var out []any
	for _, v := range f.Values {
		out = append(out, v)
	}
	return out
}

// Saying is what it takes to answer a question; a list is given as complete.
func Saying(pointer string, value any) []document.Change {
	answer := document.Change{Pointer: pointer, Value: value}
	if _, isList := value.([]any); isList {
		return []document.Change{answer, {Pointer: pointer + "_complete", Value: true}}
	}
	return []document.Change{answer}
}
