package facts

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
)

// Answer is a value for a fact that a profile leaves open.
type Answer struct{ document.Change }

// Against returns the answers to what a profile leaves open that do not speak for
// the subject: of a control that it has none, of a list that is not complete that it
// has all items.
func Against(framework *maestro.Framework, p *profile.Profile) (out []Answer) {
	for _, f := range Vocabulary(p) {
		if !strings.HasSuffix(f.Pointer, "_complete") && Applies(framework, p, f.Pointer) {
			for _, value := range worst(p, f) {
				out = append(out, Answer{document.Change{Pointer: f.Pointer, Value: value}})
			}
		}
	}
	return out
}

func worst(p *profile.Profile, f profile.FactType) (out []any) {
	stated, disclosed := p.Lookup(f.Pointer)
	list, _ := stated.([]any)
	complete, _ := p.Lookup(f.Pointer + "_complete")
	switch {
	case f.Type == "array" && (f.Safer.Direction != profile.Less || complete == true):
		return nil
	case f.Pointer == "/tools":
		return []any{append(slices.Clone(list), worstTool())}
	case f.Type == "array" && len(f.Items) > 0:
		for _, item := range f.Items {
			if !slices.Contains(list, any(item)) {
				list = append(slices.Clone(list), item)
			}
		}
		if len(list) > 0 {
			return []any{list}
		}
	case disclosed:
	case f.Type == "integer":
		return []any{json.Number("36500")}
	case f.Safer.Direction == "":
		for _, value := range Answers(f) {
			if !f.Safer.Favours(value) {
				out = append(out, value)
			}
		}
	}
	return out
}

// worstTool is a tool that a profile may have left out.
func worstTool() map[string]any {
	var access []any
	of, _ := profile.TypeOf("/tools/0/access")
	for _, right := range of.Items {
		access = append(access, right)
	}
	return map[string]any{"id": "another tool", "kind": "infra", "access": access, "audience": "external", "reversible": false}
}

// String is the answer in a few words.
func (a Answer) String() string {
	if list, ok := a.Value.([]any); ok && len(list) > 0 {
		return document.PathOf(a.Pointer) + " with more than is listed"
	}
	return document.PathOf(a.Pointer) + ": " + spelled(a.Value)
}
