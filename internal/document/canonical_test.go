package document

import (
	"encoding/json"
	"math"
	"testing"
)

// FuzzCanonical: it is what encoding/json writes, to the byte.
func FuzzCanonical(f *testing.F) {
	for _, text := range []string{
		`null`, `{"b": [1, 1.50, true, false, null, "x"], "a": {}, "": []}`, `"<é\u0000\"\\&>\u2028\u007f"`, `{"<": {"é": -0e3}}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v := any(text)
		if doc, err := ReadData("f.json", []byte(text)); err == nil {
			v = doc.Root
		}
		for _, v := range []any{v, map[string]any{text: []any{v, text, json.Number("1.0"), 7, nil}}} {
			got, errGot := Canonical(v)
			want, errWant := json.Marshal(v)
			if string(got) != string(want) || errGot != nil || errWant != nil {
				t.Fatalf("got %s, %v, want %s, %v", got, errGot, want, errWant)
			}
		}
	})
}

func TestCanonicalRefuses(t *testing.T) {
	for _, v := range []any{math.NaN(), []any{math.NaN()}, map[string]any{"a": math.Inf(1)}} {
		if got, err := Canonical(v); err == nil {
			t.Errorf("got %s", got)
		}
	}
}
