package profile

import (
	"encoding/json"
	"fmt"

	"github.com/audition-dev/audition/internal/document"
)

// Stated returns every fact that the profile states, and its value as JSON, by
// path. An item that has an id stands under it and not under its place, so that
// another order is no other fact.
func (p *Profile) Stated() map[string]string {
	out := map[string]string{}
	for key, v := range p.doc.Root {
		if isFact("/" + key) {
			state(out, key, v)
		}
	}
	return out
}

func state(out map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, item := range v {
			state(out, path+"."+key, item)
		}
	case []any:
		if len(v) == 0 {
			out[path] = "[]"
		}
		for i, item := range v {
			object, _ := item.(map[string]any)
			if id, ok := object["id"].(string); ok {
				state(out, fmt.Sprintf("%s[%s]", path, document.Clip(id)), item)
			} else {
				state(out, fmt.Sprintf("%s[%d]", path, i), item)
			}
		}
	default:
		text, err := json.Marshal(v)
		if err != nil {
			text = []byte(err.Error())
		}
		out[path] = string(text)
	}
}
