package value

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/golden"
)

// numbers are literals that are equal, close, large or written in another way.
var numbers = []string{"0", "1", "1.0", "1e0", "-1", "2", "0.1", "0.10", "255", "256", "9223372036854775807", "9223372036854775808", "1e21", "-0", "18446744073709551616.5"}

func random(r *rand.Rand, depth int) *ast.Term {
	n := r.Intn(9)
	if depth == 0 {
		n = r.Intn(6)
	}
	switch n {
	case 0:
		return ast.NullTerm()
	case 1:
		return ast.BooleanTerm(r.Intn(2) == 0)
	case 2, 3:
		return ast.NewTerm(ast.Number(numbers[r.Intn(len(numbers))]))
	case 4, 5:
		return ast.StringTerm(strings.Repeat("k", r.Intn(3)) + fmt.Sprint(r.Intn(30)))
	}
	terms := make([]*ast.Term, r.Intn(20))
	for i := range terms {
		terms[i] = random(r, depth-1)
	}
	switch n {
	case 6:
		return ast.ArrayTerm(terms...)
	case 7:
		return ast.SetTerm(terms...)
	}
	object := ast.NewObject()
	for i := 1; i < len(terms); i += 2 {
		if object.Get(terms[i-1]) == nil {
			object.Insert(terms[i-1], terms[i])
		}
	}
	return ast.NewTerm(object)
}

func from(t *testing.T, term *ast.Term) *Value {
	t.Helper()
	var a Arena
	v, err := a.FromAST(term.Value)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestAsOPA: values are written, compared and looked up as those of OPA.
func TestAsOPA(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	var last *ast.Term
	for range 3000 {
		term := random(r, 3)
		v := from(t, term)
		if v.AST().String() != term.String() {
			t.Fatalf("got %s, want %s", v.AST(), term)
		}
		data, err := Encode(v)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(data)
		if err != nil || back.AST().String() != term.String() {
			t.Fatalf("%s: got %v, %v, want %s", data, back.AST(), err, term)
		}
		if last != nil {
			want := ast.Compare(term, last)
			if got := Compare(v, from(t, last)); got < 0 != (want < 0) || got > 0 != (want > 0) || Equal(v, from(t, last)) != (want == 0) {
				t.Fatalf("%s and %s: got %d, want %d", term, last, got, want)
			}
		}
		last = term
		key := random(r, 1)
		var want *ast.Term
		switch x := term.Value.(type) {
		case *ast.Array:
			want = x.Get(key)
		case ast.Object:
			want = x.Get(key)
		case ast.Set:
			if x.Contains(key) {
				want = key
			}
		}
		got := v.Get(from(t, key))
		if (got == nil) != (want == nil) || got != nil && !got.AST().Equal(want) {
			t.Fatalf("%s at %s: got %v, want %v", term, key, got, want)
		}
	}
}

// TestMaking: in whatever order items come, and whenever they are looked at, they are
// those of OPA in its order.
func TestMaking(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for _, n := range []int{0, 3, 70, 5000} {
		var a Arena
		set, object := a.Set(0), a.Object(0)
		keys, pairs := ast.NewSet(), ast.NewObject()
		for i := range n {
			key := ast.StringTerm(fmt.Sprint(r.Intn(n)))
			if r.Intn(4) == 0 {
				key = ast.IntNumberTerm(r.Intn(n))
			}
			a.Add(set, from(t, key))
			a.Insert(object, from(t, key), a.Int(int64(i)))
			keys.Add(key)
			pairs.Insert(key, ast.IntNumberTerm(i))
			if r.Intn(50) == 0 {
				if got := object.Get(from(t, key)); Compare(got, a.Int(int64(i))) != 0 {
					t.Fatalf("%d: got %s at %s", i, got.AST(), key)
				}
			}
			if r.Intn(n) == 0 && set.Len() != keys.Len() {
				t.Fatalf("%d: %d of %d items", i, set.Len(), keys.Len())
			}
		}
		if got, want := set.AST().String(), keys.String(); got != want {
			t.Errorf("%d: got  %s\nwant %s", n, got, want)
		}
		if got, want := object.AST().String(), pairs.String(); got != want {
			t.Errorf("%d: got  %s\nwant %s", n, got, want)
		}
		again := a.Copy(object)
		a.Insert(again, a.String("new"), Nothing())
		if n > 0 && object.Get(a.String("new")) != nil || again.Len() != object.Len()+1 {
			t.Errorf("%d: a copy is not one", n)
		}
	}
}

// TestManyOfFew: a list of the same list twice, and so on, stays as small as it is.
func TestManyOfFew(t *testing.T) {
	var a Arena
	v := a.Int(1)
	for range 60 {
		pair := a.Array(2)
		a.Append(pair, v)
		a.Append(pair, v)
		v = pair
	}
	if back := from(t, v.AST()); !v.Exceeds(1000) || !back.Exceeds(1000) {
		t.Error("it is not what it was")
	}
	if _, err := Encode(v); err == nil || err.Error() != "evaluation: expected at most 1048576 values" {
		t.Errorf("got %v", err)
	}
}

func TestFrom(t *testing.T) {
	v, err := From(map[string]any{"b": []any{1, 1.5, json.Number("1.0"), nil, true}, "a": "x"})
	if want := `{"a": "x", "b": [1, 1.5, 1.0, null, true]}`; err != nil || v.AST().String() != want {
		t.Errorf("got %v, %v, want %s", v.AST(), err, want)
	}
	for x, want := range map[any]string{
		json.Number("1e999999999"): "invalid number: number too big",
		struct{}{}:                 "evaluation: expected JSON, got struct {}",
	} {
		for _, within := range []any{x, []any{x}, map[string]any{"a": x}} {
			if _, err := From(within); err == nil || err.Error() != want {
				t.Errorf("%v: got %v, want %s", within, err, want)
			}
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "expected a value",
		"a\x010":                "",
		"a\x01":                 "expected a length",
		"00":                    "expected one value",
		"s\x02x":                "expected a length",
		"o\x010":                "expected a value",
		"o\x01a\x01o\x01t":      "expected a value",
		"e\x01n\x0b1e999999999": "number too big",
		"e\x02n\x030A0n\x03000": "expected a number, got \"0A0\"",
		"n\x04true":             "expected a number",
		"n\x010":                "",
		"x\x00":                 "unknown kind of value 'x'",
		"s\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01": "expected a length",
		strings.Repeat("a\x01", 20_000) + "0":       "at most 10000 deep",
		strings.Repeat("a\x7f", 200):                "expected as many values as are announced",
	} {
		_, err := Decode([]byte(text))
		if got := fmt.Sprint(err); want == "" && err != nil || !strings.Contains(got, want) {
			t.Errorf("%.40q: got %v, want %s", text, err, want)
		}
	}
}

// FuzzDecode: what is read is written again.
func FuzzDecode(f *testing.F) {
	for _, text := range []string{"0", "a\x02n\x011e\x02s\x01as\x01a", "o\x02a\x01s\x01an\x031.0n\x012f"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := Decode(data)
		if err != nil {
			return
		}
		one, err := Encode(v)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(one)
		if err != nil {
			t.Fatal(err)
		}
		if two, err := Encode(back); err != nil || !slices.Equal(one, two) {
			t.Errorf("got %q, %v, want %q", two, err, one)
		}
	})
}

// TestAgain: a value made with the one before is that made without, and shares what
// content shares.
func TestAgain(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	var anything func(depth int) any
	anything = func(depth int) any {
		switch n := r.Intn(4); {
		case depth == 0 || n == 0:
			return fmt.Sprint(r.Intn(9))
		case n == 1:
			list := make([]any, r.Intn(4))
			for i := range list {
				list[i] = anything(depth - 1)
			}
			return list
		default:
			object := map[string]any{}
			for range r.Intn(5) {
				object[fmt.Sprint(r.Intn(9))] = anything(depth - 1)
			}
			return object
		}
	}
	for range golden.Rounds(200) {
		content := map[string]any{"kept": map[string]any{"a": "b"}, "x": anything(3)}
		before, err := From(content)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			pointer := ""
			for range 1 + r.Intn(4) {
				pointer += "/" + fmt.Sprint(r.Intn(9))
			}
			next, _ := document.With(content, document.Change{Pointer: "/x" + pointer, Value: anything(2)}).(map[string]any)
			got, err := Again(next, content, before)
			if err != nil {
				t.Fatal(err)
			}
			want, err := From(next)
			if err != nil || Compare(got, want) != 0 {
				t.Fatalf("%s of %v:\ngot  %v\nwant %v", pointer, content, got.AST(), want.AST())
			}
			var a Arena
			if kept := a.String("kept"); got.Get(kept) != before.Get(kept) {
				t.Fatal("what is shared was made again")
			}
			content, before = next, got
		}
	}
}
