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
		out = appendInItems(out, p, f)
	}
	return out
}

// InItems returns one fact of the vocabulary as a profile can state it.
func InItems(p *profile.Profile, f profile.FactType) []profile.FactType {
	return appendInItems(nil, p, f)
}

func appendInItems(out []profile.FactType, p *profile.Profile, f profile.FactType) []profile.FactType {
	list, rest, isItem := strings.Cut(f.Pointer, "/*")
	switch {
	case rest == "/id":
	case !isItem:
		out = append(out, f)
	default:
		items, _ := p.Lookup(list)
		values, _ := items.([]any)
		for i := range values {
			f.Pointer = list + "/" + strconv.Itoa(i) + rest
			out = append(out, f)
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
