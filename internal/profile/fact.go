package profile

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"

	"github.com/audition-dev/audition/internal/document"
)

// Fact is one leaf of a profile. An undisclosed fact has a pointer and no value.
type Fact[T bool | string | int] struct {
	// Pointer is the JSON pointer of the fact, RFC 6901.
	Pointer string
	// Value holds only when Disclosed.
	Value     T
	Disclosed bool
	// Moot is who says that the fact does not apply, BySubject or ByProfile: that it is
	// not disclosed is no silence then. "" where it applies.
	Moot string
}

// List is a list of facts. It proves presence; it proves absence only when
// Closed.
type List[T any] struct {
	Pointer   string
	Items     []T
	Disclosed bool
	Moot      string
	// Complete is the sibling …_complete.
	Complete Fact[bool]
}

// Closed tells whether the list is declared to be exhaustive.
func (l List[T]) Closed() bool { return l.Disclosed && l.Complete.Value }

// leaf is a fact or a list of facts that can read itself from its parent object.
type leaf interface {
	read(parent map[string]any, pointer, name string)
}

func (f *Fact[T]) read(parent map[string]any, pointer, name string) {
	f.set(document.Join(pointer, name), parent[name])
}

// set takes a value whose type the schema has already checked.
func (f *Fact[T]) set(pointer string, v any) {
	f.Pointer = pointer
	switch p := any(&f.Value).(type) {
	case *bool:
		*p, f.Disclosed = v.(bool)
	case *string:
		*p, f.Disclosed = v.(string)
	case *int:
		if n, ok := v.(json.Number); ok {
			*p, f.Disclosed = whole(n)
		}
	}
}

// whole reads a whole number as JSON Schema does, for which 30.0 and 3e1 are
// some too. From 2^53 on only digits alone are exact.
func whole(n json.Number) (int, bool) {
	if i, err := strconv.Atoi(n.String()); err == nil {
		return i, true
	}
	f, err := n.Float64()
	if err != nil || f != math.Trunc(f) || math.Abs(f) >= 1<<53 {
		return 0, false
	}
	return int(f), true
}

func (l *List[T]) read(parent map[string]any, pointer, name string) {
	l.Pointer = document.Join(pointer, name)
	l.Complete.read(parent, pointer, name+"_complete")
	items, ok := parent[name].([]any)
	if !ok {
		return
	}
	l.Disclosed = true
	l.Items = make([]T, len(items))
	for i, item := range items {
		p := document.JoinIndex(l.Pointer, i)
		if f, ok := any(&l.Items[i]).(interface{ set(string, any) }); ok {
			f.set(p, item)
			continue
		}
		object, _ := item.(map[string]any)
		decode(object, p, reflect.ValueOf(&l.Items[i]).Elem())
	}
}

// decode fills a struct of facts from an object; the tag fact names the key.
func decode(object map[string]any, pointer string, into reflect.Value) {
	for i := range into.NumField() {
		name := into.Type().Field(i).Tag.Get("fact")
		field := into.Field(i).Addr()
		if l, ok := field.Interface().(leaf); ok {
			l.read(object, pointer, name)
			continue
		}
		section, _ := object[name].(map[string]any)
		decode(section, document.Join(pointer, name), field.Elem())
	}
}
