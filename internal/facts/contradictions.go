package facts

import (
	"fmt"
	"math"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/origin"
)

// contradictions are what rules read as input.derived.contradictions.
func contradictions(all []origin.Contradiction) []any {
	out := make([]any, len(all))
	for i, c := range all {
		var path, said []any
		for _, token := range document.Split(c.Fact) {
			if n, ok := document.Index(token, math.MaxInt); ok {
				path = append(path, n)
			} else {
				path = append(path, token)
			}
		}
		for _, s := range c.Said {
			said = append(said, s)
		}
		out[i] = map[string]any{"term": document.PathOf(c.Fact), "fact": path, "said": said, "favours": c.Favours}
	}
	return out
}

// Contradictions reads what the test of a rule says that input.derived.contradictions is:
// no facts of a profile by itself lead to any. What has not that form is left out.
func Contradictions(v any) (out []origin.Contradiction) {
	all, _ := v.([]any)
	for _, item := range all {
		object, _ := item.(map[string]any)
		c := origin.Contradiction{Favours: object["favours"] == true}
		path, _ := object["fact"].([]any)
		for _, token := range path {
			c.Fact = document.Join(c.Fact, fmt.Sprint(token))
		}
		said, _ := object["said"].([]any)
		for _, s := range said {
			c.Said = append(c.Said, fmt.Sprint(s))
		}
		out = append(out, c)
	}
	return out
}
