package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// maxValues bounds how many values are written: few steps of a policy make one that
// would take years to write.
const maxValues = 1 << 20

// Encode writes a value with all its types: JSON for what JSON has, and
// {"set": […]} and {"object": [[key, value], …]} for the others. No value is null.
func Encode(v *Value) ([]byte, error) {
	left := maxValues
	plain, err := encoded(v, &left)
	if err != nil {
		return nil, err
	}
	return json.Marshal(plain)
}

func encoded(v *Value, left *int) (any, error) {
	if *left--; *left < 0 {
		return nil, fmt.Errorf("evaluation: expected at most %d values", maxValues)
	}
	if v == nil {
		return nil, nil
	}
	switch v.kind {
	case Null:
		return nil, nil
	case Boolean:
		return v.n != 0, nil
	case Number:
		return json.Number(v.Literal()), nil
	case String:
		return v.text, nil
	}
	list := make([]any, 0, v.Len())
	for i, item := range v.items {
		one, err := encoded(item, left)
		if err != nil {
			return nil, err
		}
		if list = append(list, one); v.kind != Object {
			continue
		}
		if one, err = encoded(v.vals[i], left); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	switch v.kind {
	case Set:
		return map[string]any{"set": list}, nil
	case Object:
		return map[string]any{"object": list}, nil
	}
	return list, nil
}

// Decode reads what Encode wrote.
func Decode(data []byte) (*Value, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var plain any
	if err := dec.Decode(&plain); err != nil {
		return nil, fmt.Errorf("evaluation: expected a value: %w", err)
	}
	var a Arena
	return a.decoded(plain)
}

func (a *Arena) decoded(plain any) (*Value, error) {
	switch plain := plain.(type) {
	case []any:
		list := a.Array(len(plain))
		return list, a.each(plain, func(v *Value) { a.Append(list, v) })
	case map[string]any:
		if items, ok := plain["set"].([]any); ok {
			set := a.Set(len(items))
			return set, a.each(items, func(v *Value) { a.Add(set, v) })
		}
		items, _ := plain["object"].([]any)
		if len(items)%2 != 0 {
			return nil, errors.New("evaluation: expected a value for every key")
		}
		object, key := a.Object(len(items)/2), (*Value)(nil)
		return object, a.each(items, func(v *Value) {
			if key == nil {
				key = v
				return
			}
			a.Insert(object, key, v)
			key = nil
		})
	}
	return a.from(plain, made{})
}

func (a *Arena) each(list []any, do func(*Value)) error {
	for _, item := range list {
		v, err := a.decoded(item)
		if err != nil {
			return err
		}
		do(v)
	}
	return nil
}
