package profile

import (
	"encoding/json"
	"slices"
)

// Safer says which answers to a fact speak for the agent: the annotation x-safer
// of the schema. They need the evidence that is demanded; every other answer is
// against the agent's interest, and counts whoever gives it.
type Safer struct {
	// Direction is less or more for lists, numbers and the ids of items, none where
	// no answer is safer than another, "" where Values say it.
	Direction string
	// Values are those that speak for the agent, the safest first.
	Values []any
}

const (
	// Less: the fewer the safer. An item counts, that there is none needs evidence.
	Less = "less"
	// More: the more the safer. An item needs evidence.
	More = "more"
	// Neither: to disclose the fact is all that speaks for the agent.
	Neither = "none"
)

func readSafer(v any) Safer {
	switch v := v.(type) {
	case bool:
		return Safer{Values: []any{v}}
	case []any:
		return Safer{Values: v}
	case string:
		return Safer{Direction: v}
	}
	return Safer{}
}

// Favours tells whether a value speaks for the agent.
func (s Safer) Favours(value any) bool {
	switch s.Direction {
	case "":
		return slices.Contains(s.Values, value)
	case Less:
		n, isNumber := value.(json.Number)
		items, isList := value.([]any)
		return isNumber && number(n) == 0 || isList && len(items) == 0
	}
	return true
}

func number(n json.Number) int {
	i, _ := whole(n)
	return i
}

// member follows keys through objects, nil where they lead nowhere.
func member(v any, keys ...string) any {
	for _, key := range keys {
		object, _ := v.(map[string]any)
		v = object[key]
	}
	return v
}
