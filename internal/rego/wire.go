package rego

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Value and Array are values of Rego, for who carries them elsewhere.
type (
	Value = ast.Value
	Array = ast.Array
)

// maxValues bounds how many values are written for another process: few steps of a
// policy make one that would take years to write.
const maxValues = 1 << 20

// EncodeValue writes a value with all its types: JSON for what JSON has, and
// {"set": […]} and {"object": [[key, value], …]} for the others.
func EncodeValue(v Value) ([]byte, error) {
	left := maxValues
	plain, err := encoded(v, &left)
	if err != nil {
		return nil, err
	}
	return json.Marshal(plain)
}

func encoded(v Value, left *int) (any, error) {
	if *left--; *left < 0 {
		return nil, fmt.Errorf("evaluation: expected at most %d values", maxValues)
	}
	var err error
	list := []any{}
	add := func(t *ast.Term) {
		var one any
		if err == nil {
			one, err = encoded(t.Value, left)
		}
		list = append(list, one)
	}
	switch v := v.(type) {
	case ast.Null:
		return nil, nil
	case ast.Boolean:
		return bool(v), nil
	case ast.Number:
		return json.Number(v), nil
	case ast.String:
		return string(v), nil
	case *ast.Array:
		v.Foreach(add)
		return list, err
	case ast.Set:
		v.Foreach(add)
		return map[string]any{"set": list}, err
	case ast.Object:
		v.Foreach(func(key, value *ast.Term) { add(key); add(value) })
		return map[string]any{"object": list}, err
	}
	return nil, fmt.Errorf("evaluation: expected a value, got %s", ast.ValueName(v))
}

// DecodeValue reads what EncodeValue wrote.
func DecodeValue(data []byte) (Value, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var plain any
	if err := dec.Decode(&plain); err != nil {
		return nil, fmt.Errorf("evaluation: expected a value: %w", err)
	}
	t, err := decoded(plain)
	if err != nil {
		return nil, err
	}
	return t.Value, nil
}

// DecodeArray is DecodeValue of an array.
func DecodeArray(data []byte) (*Array, error) {
	v, err := DecodeValue(data)
	if err != nil {
		return nil, err
	}
	array, ok := v.(*ast.Array)
	if !ok {
		return nil, fmt.Errorf("evaluation: expected an array, got %s", ast.ValueName(v))
	}
	return array, nil
}

func decoded(v any) (*ast.Term, error) {
	switch v := v.(type) {
	case []any:
		items, err := decodedAll(v)
		return ast.ArrayTerm(items...), err
	case map[string]any:
		if list, ok := v["set"].([]any); ok {
			items, err := decodedAll(list)
			return ast.SetTerm(items...), err
		}
		list, _ := v["object"].([]any)
		items, err := decodedAll(list)
		if err != nil {
			return nil, err
		}
		if len(items)%2 != 0 {
			return nil, errors.New("evaluation: expected a value for every key")
		}
		pairs := make([][2]*ast.Term, len(items)/2)
		for i := range pairs {
			pairs[i] = [2]*ast.Term{items[2*i], items[2*i+1]}
		}
		return ast.ObjectTerm(pairs...), nil
	}
	value, err := ast.InterfaceToValue(v)
	return ast.NewTerm(value), err
}

func decodedAll(list []any) ([]*ast.Term, error) {
	out := make([]*ast.Term, len(list))
	for i, v := range list {
		var err error
		if out[i], err = decoded(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}
