package value

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/audition-dev/audition/internal/document"
)

// From returns what encoding/json and its like make of JSON as a value. A number
// that OPA does not take is an error.
func From(x any) (*Value, error) { return Again(x, nil, nil) }

// Again is From where before was made of something that x may share objects and lists
// with: what it shares is not made again.
func Again(x, was any, before *Value) (*Value, error) {
	var a Arena
	return a.from(x, made{was, before})
}

// made is what a value was made of.
type made struct {
	of any
	*Value
}

func (m made) item(i int) made {
	if of, ok := m.of.([]any); ok && i < len(of) {
		return made{of[i], m.items[i]}
	}
	return made{}
}

func (m made) member(key string) made {
	if of, ok := m.of.(map[string]any); ok && of[key] != nil {
		return made{of[key], m.Get(&Value{kind: String, text: key})}
	}
	return made{}
}

func (a *Arena) from(x any, before made) (*Value, error) {
	switch x := x.(type) {
	case nil:
		return null, nil
	case bool:
		return Bool(x), nil
	case string:
		return a.String(x), nil
	case int:
		return a.Int(int64(x)), nil
	case float64:
		return a.Number(strconv.FormatFloat(x, 'g', -1, 64))
	case json.Number:
		return a.Number(string(x))
	case []any:
		if of, ok := before.of.([]any); ok && document.SameList(x, of) {
			return before.Value, nil
		}
		list := a.Array(len(x))
		for i, item := range x {
			v, err := a.from(item, before.item(i))
			if err != nil {
				return nil, err
			}
			list.items = append(list.items, v)
		}
		return list, nil
	case map[string]any:
		if of, ok := before.of.(map[string]any); ok && document.SameObject(x, of) {
			return before.Value, nil
		}
		object := a.Object(len(x))
		for _, key := range slices.Sorted(maps.Keys(x)) {
			v, err := a.from(x[key], before.member(key))
			if err != nil {
				return nil, err
			}
			object.items, object.vals = append(object.items, a.String(key)), append(object.vals, v)
		}
		return object, nil
	}
	return nil, fmt.Errorf("evaluation: expected JSON, got %T", x)
}
