package document

import (
	"encoding/json"
	"maps"
	"slices"
)

// Canonical writes a JSON value as encoding/json does, with sorted keys, which is what
// digests are of.
func Canonical(v any) ([]byte, error) { return appendCanonical(nil, v) }

func appendCanonical(out []byte, v any) (_ []byte, err error) {
	switch v := v.(type) {
	case string:
		if plain(v) {
			return append(append(append(out, '"'), v...), '"'), nil
		}
	case bool:
		if v {
			return append(out, "true"...), nil
		}
		return append(out, "false"...), nil
	case []any:
		out = append(out, '[')
		for i, item := range v {
			if i > 0 {
				out = append(out, ',')
			}
			if out, err = appendCanonical(out, item); err != nil {
				return nil, err
			}
		}
		return append(out, ']'), nil
	case map[string]any:
		out = append(out, '{')
		for i, key := range slices.Sorted(maps.Keys(v)) {
			if i > 0 {
				out = append(out, ',')
			}
			if out, err = appendCanonical(out, key); err != nil {
				return nil, err
			}
			if out, err = appendCanonical(append(out, ':'), v[key]); err != nil {
				return nil, err
			}
		}
		return append(out, '}'), nil
	}
	text, err := json.Marshal(v)
	return append(out, text...), err
}

// plain tells whether a text stands in JSON as it is.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return false
		}
	}
	return true
}
