package profile

import (
	"slices"

	"github.com/audition-dev/audition/internal/document"
)

// Optional is the third answer to a control: it exists, and whoever deploys the
// agent may leave it off. That is neither yes nor no, so to whatever judges it is
// undisclosed; that it was said words the sentences only.
const Optional = "optional"

// IsOptional tells whether the profile says of a control that it is optional.
func (p *Profile) IsOptional(pointer string) bool {
	return p.doc.Value(pointer) == Optional && isControl(pointer)
}

// isControl tells whether a fact can be optional: a text of that word can be a
// name elsewhere.
func isControl(pointer string) bool {
	of, _ := TypeOf(pointer)
	return of.Optional
}

// certain returns a value without what is optional, itself where nothing is.
func (p *Profile) certain(v any, pointer string) any {
	if !p.hedged || !mentions(v) {
		return v
	}
	switch v := v.(type) {
	case map[string]any:
		kept := map[string]any{}
		for key, item := range v {
			below := document.Join(pointer, key)
			if item != Optional || !isControl(below) {
				kept[key] = p.certain(item, below)
			}
		}
		return kept
	case []any:
		kept := slices.Clone(v)
		for i := range v {
			kept[i] = p.certain(v[i], document.JoinIndex(pointer, i))
		}
		return kept
	}
	return v
}

// mentions tells whether the word is anywhere.
func mentions(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for _, item := range v {
			if mentions(item) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, mentions)
	}
	return v == Optional
}
