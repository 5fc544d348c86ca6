package profile

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"sync"

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

// object is one that facts are read from, and the one that they were read from before.
// Fresh facts were read from none.
type object struct {
	is, was map[string]any
	fresh   bool
}

func (o object) section(name string) object {
	is, _ := o.is[name].(map[string]any)
	was, _ := o.was[name].(map[string]any)
	return object{is, was, o.fresh}
}

// Same tells whether two lists say the same because they were read once.
func (l List[T]) Same(m List[T]) bool {
	same := l.Pointer == m.Pointer && l.Disclosed == m.Disclosed && l.Moot == m.Moot && l.Complete == m.Complete
	return same && len(l.Items) == len(m.Items) && (len(l.Items) == 0 || &l.Items[0] == &m.Items[0])
}

// leaf is a fact or a list of facts that can read itself from its parent object.
type leaf interface {
	// read takes the value of a name; pointer is that of the fact.
	read(parent object, pointer, name string)
}

func (f *Fact[T]) read(parent object, pointer, name string) { f.set(pointer, parent.is[name]) }

// set takes a value whose type the schema has already checked.
func (f *Fact[T]) set(pointer string, v any) {
	f.Pointer = pointer
	switch p := any(&f.Value).(type) {
	case *bool:
		*p, f.Disclosed = v.(bool)
	case *string:
		*p, f.Disclosed = v.(string)
	case *int:
		n, _ := v.(json.Number)
		*p, f.Disclosed = whole(n)
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

func (l *List[T]) read(parent object, pointer, name string) {
	l.Pointer = pointer
	l.Complete.read(parent, pointer+"_complete", name+"_complete")
	items, ok := parent.is[name].([]any)
	was, _ := parent.was[name].([]any)
	if l.Disclosed && ok && document.SameList(items, was) {
		return
	}
	before := l.Items
	l.Items, l.Disclosed = nil, ok
	if !ok {
		return
	}
	l.Items = make([]T, len(items))
	copy(l.Items, before)
	for i, item := range items {
		p := document.JoinIndex(l.Pointer, i)
		if f, ok := any(&l.Items[i]).(interface{ set(string, any) }); ok {
			f.set(p, item)
			continue
		}
		o := object{fresh: i >= len(before)}
		o.is, _ = item.(map[string]any)
		if !o.fresh {
			o.was, _ = was[i].(map[string]any)
		}
		decode(o, p, reflect.ValueOf(&l.Items[i]).Elem())
	}
}

// field is a field of a struct of facts: a leaf, or a section with fields of its own.
type field struct {
	name string
	// pointer leads to it from the struct that is decoded.
	pointer string
	section []field
}

// shapes are the fields of Facts and of the items of its lists, by type.
var shapes = sync.OnceValue(func() map[reflect.Type][]field {
	out := map[reflect.Type][]field{}
	addShape(out, reflect.TypeFor[Facts]())
	return out
})

func addShape(shapes map[reflect.Type][]field, t reflect.Type) {
	if shapes[t] == nil {
		shapes[t] = fieldsOf(shapes, t, "")
	}
}

func fieldsOf(shapes map[reflect.Type][]field, t reflect.Type, pointer string) []field {
	out := make([]field, t.NumField())
	for i := range out {
		f, of := &out[i], t.Field(i).Type
		f.name = t.Field(i).Tag.Get("fact")
		f.pointer = document.Join(pointer, f.name)
		items, isList := of.FieldByName("Items")
		switch {
		case !reflect.PointerTo(of).Implements(reflect.TypeFor[leaf]()):
			f.section = fieldsOf(shapes, of, f.pointer)
		case isList && !reflect.PointerTo(items.Type.Elem()).Implements(reflect.TypeFor[leaf]()):
			addShape(shapes, items.Type.Elem())
		}
	}
	return out
}

// decode fills a struct of facts from an object; the tag fact names the key.
func decode(from object, pointer string, into reflect.Value) {
	fill(shapes()[into.Type()], from, pointer, into)
}

func fill(of []field, from object, pointer string, into reflect.Value) {
	if !from.fresh && document.SameObject(from.is, from.was) {
		return
	}
	for i, f := range of {
		if f.section == nil {
			into.Field(i).Addr().Interface().(leaf).read(from, pointer+f.pointer, f.name)
			continue
		}
		fill(f.section, from.section(f.name), pointer, into.Field(i))
	}
}
