package judged

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/audition-dev/audition/internal/rego/value"
)

// filled gives every field of a struct a value, and every list an item.
func filled(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			filled(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		filled(v.Index(0))
		filled(v.Index(1))
	case reflect.String:
		v.SetString("7.50")
	}
}

// TestJudgedAsItsJSON: what gates read has the shape that the tags say.
func TestJudgedAsItsJSON(t *testing.T) {
	var all Input
	filled(reflect.ValueOf(&all).Elem())
	for _, j := range []Input{{Findings: []Finding{}, NotApplicable: []Inapplicable{}}, all} {
		data, err := json.Marshal(j)
		if err != nil {
			t.Fatal(err)
		}
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.UseNumber()
		var plain any
		if err := dec.Decode(&plain); err != nil {
			t.Fatal(err)
		}
		want, err := value.From(plain)
		if err != nil {
			t.Fatal(err)
		}
		var w writer
		if got := w.judged(j); w.err != nil || got.AST().String() != want.AST().String() {
			t.Errorf("%v\ngot  %s\nwant %s", w.err, got.AST(), want.AST())
		}
	}
}
