// Package value has the values of Rego: small, compared by content, and ordered as
// OPA orders them, so that whatever is listed comes in the order that OPA has.
//
// A value is changed only by who makes it, and only before anybody else has it.
// After that it is safe for concurrent use.
package value

import (
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/util"
)

// Kind is what a value is. Kinds are in the order of values of different kinds.
type Kind uint8

// Kinds of values.
const (
	Null Kind = iota
	Boolean
	Number
	String
	Array
	Object
	Set
)

// String returns the word that OPA has for the kind.
func (k Kind) String() string {
	return [...]string{"null", "boolean", "number", "string", "array", "object", "set"}[k]
}

// Value is a value; nil is none, which Rego calls undefined.
type Value struct {
	kind Kind
	// whole numbers are in n. Their literal is in text only where it is another one
	// than n has, such as 1.0; that of other numbers always.
	whole bool
	// loose counts the items at the end that are in order, but not in that of the
	// others.
	loose int32
	n     int64 // 1 is true
	text  string
	items []*Value // elements, or keys
	vals  []*Value // values of the keys
}

// Kind returns what v is.
func (v *Value) Kind() Kind { return v.kind }

// True tells whether v is anything but false.
func (v *Value) True() bool { return v.kind != Boolean || v.n != 0 }

// Text returns a string, and whether v is one.
func (v *Value) Text() (string, bool) { return v.text, v.kind == String }

// Int returns a whole number of 64 bits, and whether v is one.
func (v *Value) Int() (int64, bool) { return v.n, v.whole }

// Literal returns a number as it was written.
func (v *Value) Literal() string {
	if v.whole && v.text == "" {
		return strconv.FormatInt(v.n, 10)
	}
	return v.text
}

// Canonical tells whether v is a whole number that is written in the usual way.
func (v *Value) Canonical() bool { return v.whole && v.text == "" }

// Len returns the number of elements or keys.
func (v *Value) Len() int { return len(v.Items()) }

// Items returns the elements of an array in their order, those of a set and the
// keys of an object in that of values. They are not the caller's to change.
func (v *Value) Items() []*Value {
	v.settle()
	return v.items
}

// Values returns the values of the keys of an object, in the order of these.
func (v *Value) Values() []*Value {
	v.settle()
	return v.vals
}

// Get returns the value of a key, the element at an index, or the element itself
// if it is in a set; nil where there is none.
func (v *Value) Get(key *Value) *Value {
	switch v.kind {
	case Array:
		if key.whole && uint64(key.n) < uint64(len(v.items)) {
			return v.items[key.n]
		}
	case Object:
		if i, ok := v.find(key); ok {
			return v.vals[i]
		}
	case Set:
		if i, ok := v.find(key); ok {
			return v.items[i]
		}
	}
	return nil
}

// Arena makes values, several at once. The zero Arena is ready; it is not safe for
// concurrent use.
type Arena struct {
	free []Value
	ptrs []*Value
}

// block is how many values an arena allocates at once. What one of them is reached
// by keeps all of them.
const block = 32

func (a *Arena) new(k Kind) *Value {
	if len(a.free) == 0 {
		a.free = make([]Value, block)
	}
	v := &a.free[0]
	a.free = a.free[1:]
	v.kind = k
	return v
}

// list returns an empty list for n values.
func (a *Arena) list(n int) []*Value {
	switch {
	case n == 0:
		return nil
	case n > block:
		return make([]*Value, 0, n)
	case n > len(a.ptrs):
		a.ptrs = make([]*Value, 4*block)
	}
	l := a.ptrs[:0:n]
	a.ptrs = a.ptrs[n:]
	return l
}

// String makes a string.
func (a *Arena) String(s string) *Value {
	v := a.new(String)
	v.text = s
	return v
}

// Int makes a number.
func (a *Arena) Int(n int64) *Value {
	if 0 <= n && n < int64(len(small)) {
		return &small[n]
	}
	v := a.new(Number)
	v.n, v.whole = n, true
	return v
}

// Number makes a number of its literal, which it keeps. One that OPA does not take
// is an error.
func (a *Arena) Number(literal string) (*Value, error) {
	if n, ok := util.Atoi64(literal); ok && strconv.FormatInt(n, 10) == literal {
		return a.Int(n), nil
	}
	if _, err := ast.NumberChecked(literal); err != nil {
		return nil, err
	}
	v := a.new(Number)
	v.text = literal
	v.n, v.whole = util.Atoi64(literal)
	return v, nil
}

// Array makes an empty array with room for n elements.
func (a *Arena) Array(n int) *Value {
	v := a.new(Array)
	v.items = a.list(n)
	return v
}

// Object makes an empty object with room for n keys.
func (a *Arena) Object(n int) *Value {
	v := a.new(Object)
	v.items, v.vals = a.list(n), a.list(n)
	return v
}

// Set makes an empty set with room for n elements.
func (a *Arena) Set(n int) *Value {
	v := a.new(Set)
	v.items = a.list(n)
	return v
}

var (
	null     = &Value{kind: Null}
	booleans = [2]Value{{kind: Boolean}, {kind: Boolean, n: 1}}
	small    = func() (all [256]Value) {
		for i := range all {
			all[i] = Value{kind: Number, whole: true, n: int64(i)}
		}
		return all
	}()
)

// Nothing returns null.
func Nothing() *Value { return null }

// Bool returns a boolean.
func Bool(b bool) *Value {
	if b {
		return &booleans[1]
	}
	return &booleans[0]
}

// Exceeds tells whether writing v takes more than n values.
func (v *Value) Exceeds(n int) bool { return v.count(n+1) > n }

// count returns how many values writing v takes, at most a bound or a little more.
func (v *Value) count(most int) int {
	n := 1
	for _, list := range [][]*Value{v.items, v.vals} {
		for _, item := range list {
			if n >= most {
				return n
			}
			n += item.count(most - n)
		}
	}
	return n
}
