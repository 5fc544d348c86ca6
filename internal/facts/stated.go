package facts

import (
	"encoding/json"
	"fmt"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
)

// Stated returns every fact that a profile states, and its value as JSON, by
// path. An item that has an id stands under it and not under its place, so that
// another order is no other fact.
func Stated(p *profile.Profile) map[string]string {
	out := map[string]string{}
	for key, v := range p.Document().Root {
		if profile.Known("/" + key) {
			statedBelow(out, key, v)
		}
	}
	return out
}

func statedBelow(out map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, item := range v {
			statedBelow(out, path+"."+key, item)
		}
	case []any:
		if len(v) == 0 {
			out[path] = "[]"
		}
		for i, item := range v {
			object, _ := item.(map[string]any)
			if id, ok := object["id"].(string); ok {
				statedBelow(out, fmt.Sprintf("%s[%s]", path, document.Clip(id)), item)
			} else {
				statedBelow(out, fmt.Sprintf("%s[%d]", path, i), item)
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
