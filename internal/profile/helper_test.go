package profile

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
)

// head begins every profile here; what follows is in line 4 and after.
const head = "apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a}\n"

// load reads one profile that must be legal.
func load(t testing.TB, in string) *Profile {
	t.Helper()
	profiles, err := Load("f", []byte(in))
	if err != nil {
		t.Fatalf("%v\n%s", err, in)
	}
	if len(profiles) != 1 {
		t.Fatalf("got %d profiles", len(profiles))
	}
	return profiles[0]
}

// walk calls fact for every fact of v and list for every list, depth first,
// with the pointer that its tags spell.
func walk(v reflect.Value, pointer string, fact, list func(pointer string, v reflect.Value)) {
	switch {
	case strings.HasPrefix(v.Type().Name(), "Fact["):
		fact(pointer, v)
	case strings.HasPrefix(v.Type().Name(), "List["):
		list(pointer, v)
		fact(pointer+"_complete", v.FieldByName("Complete"))
		for i := range v.FieldByName("Items").Len() {
			walk(v.FieldByName("Items").Index(i), document.JoinIndex(pointer, i), fact, list)
		}
	default:
		for i := range v.NumField() {
			walk(v.Field(i), document.Join(pointer, v.Type().Field(i).Tag.Get("fact")), fact, list)
		}
	}
}

// items is what disclosed says of a list: the number of its items.
type items int

// disclosed gives the value of every disclosed fact by its pointer. It fails the test when a fact does
// not carry its own pointer or carries a value without being disclosed.
func disclosed(t testing.TB, p *Profile) map[string]any {
	t.Helper()
	out := map[string]any{}
	at := func(pointer string, v reflect.Value) bool {
		if got := v.FieldByName("Pointer").String(); got != pointer {
			t.Errorf("the fact at %s carries the pointer %q", pointer, got)
		}
		return v.FieldByName("Disclosed").Bool()
	}
	walk(reflect.ValueOf(p.Facts), "", func(pointer string, v reflect.Value) {
		if at(pointer, v) {
			out[pointer] = v.FieldByName("Value").Interface()
		} else if !v.FieldByName("Value").IsZero() {
			t.Errorf("%s is undisclosed and %v", pointer, v.FieldByName("Value"))
		}
	}, func(pointer string, v reflect.Value) {
		if at(pointer, v) {
			out[pointer] = items(v.FieldByName("Items").Len())
		} else if v.FieldByName("Items").Len() > 0 {
			t.Errorf("%s is undisclosed and has items", pointer)
		}
	})
	return out
}

// pointers are the sorted pointers of the disclosed facts of p, in one line.
func pointers(t testing.TB, p *Profile) string {
	t.Helper()
	return strings.Join(slices.Sorted(maps.Keys(disclosed(t, p))), " ")
}
