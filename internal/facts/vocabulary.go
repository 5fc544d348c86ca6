package facts

import (
	"slices"
	"strconv"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
)

// Vocabulary returns the facts of the vocabulary as a profile can state them: an
// item's facts once per item, without ids.
func Vocabulary(p *profile.Profile) []profile.FactType {
	all := profile.Vocabulary()
	out := make([]profile.FactType, 0, len(all))
	for _, f := range all {
		list, rest, isItem := strings.Cut(f.Pointer, "/*")
		switch {
		case rest == "/id":
		case !isItem:
			out = append(out, f)
		default:
			items, _ := p.Lookup(list)
			values, _ := items.([]any)
			for i := range values {
				g := f
				g.Pointer = list + "/" + strconv.Itoa(i) + rest
				out = append(out, g)
			}
		}
	}
	return out
}

// Among tells whether a pointer is one of others or below one.
func Among(pointer string, others []string) bool {
	return slices.ContainsFunc(others, func(a string) bool { return document.Within(pointer, a) })
}

// Applies tells whether a fact has a meaning for the subject of a profile: it is
// stated, or neither what the subject is, nor the profile, nor another fact says
// that it has none.
func Applies(f *maestro.Framework, p *profile.Profile, pointer string) bool {
	if !p.Applies(pointer) {
		return false
	}
	for _, a := range f.Applicability {
		if !Among(pointer, a.Facts) {
			continue
		}
		switch v, _ := p.Lookup(a.Unless); v := v.(type) {
		case bool:
			if !v {
				return false
			}
		case []any:
			complete, _ := p.Lookup(a.Unless + "_complete")
			if len(v) == 0 && complete == true {
				return false
			}
		}
	}
	return true
}

// Open returns what a profile leaves open and can be answered from a list:
// booleans, enumerations, and whether a list is complete.
func Open(framework *maestro.Framework, p *profile.Profile) []profile.FactType {
	return slices.DeleteFunc(Vocabulary(p), func(f profile.FactType) bool {
		if !Applies(framework, p, f.Pointer) {
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

// With gives a profile an answer.
func With(p *profile.Profile, pointer string, value any) *profile.Profile {
	return p.WithAll(Saying(pointer, value)...)
}
