package rego

import (
	"fmt"
	"math"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego/value"
)

// paths reads a list of path arrays as JSON pointers. A derived fact stands for
// the facts behind it.
func (r reader) paths(v *value.Value) (out []string, err error) {
	paths, err := elements(v)
	for _, path := range paths {
		tokens, err := tokensOf(path)
		if err != nil {
			return nil, err
		}
		if len(tokens) == 2 && tokens[0] == "derived" {
			c, ok := r.derived.Claims[tokens[1]]
			if !ok {
				return nil, fmt.Errorf("%s is no derived fact with facts of its own", shown(path))
			}
			out = append(out, c.Because()...)
			continue
		}
		pointer := ""
		for _, token := range tokens {
			pointer = document.Join(pointer, token)
		}
		if !profile.Known(pointer) || !r.exists(tokens) {
			return nil, fmt.Errorf("%s is no fact", shown(path))
		}
		out = append(out, pointer)
	}
	return out, err
}

func tokensOf(path *value.Value) ([]string, error) {
	items, err := elements(path)
	tokens := make([]string, len(items))
	for i, token := range items {
		switch token.Kind() {
		case value.String:
			tokens[i], _ = token.Text()
		case value.Number:
			tokens[i] = token.Literal()
		default:
			return nil, fmt.Errorf("expected texts and numbers in a path, got %s", shown(token))
		}
	}
	return tokens, err
}

// exists tells whether every index of a path is one of a list of the profile.
func (r reader) exists(tokens []string) bool {
	pointer := ""
	for _, token := range tokens {
		pointer = document.Join(pointer, token)
		_, isIndex := document.Index(token, math.MaxInt)
		if _, ok := r.profile.Lookup(pointer); !ok && (isIndex || token == "*") {
			return false
		}
	}
	return true
}
