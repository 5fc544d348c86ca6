package profile

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
)

// FuzzLoad: whatever the bytes are, Load does not panic and gives either placed
// errors or profiles that hold together.
func FuzzLoad(f *testing.F) {
	for _, c := range loadCases {
		f.Add([]byte(head + c.in))
	}
	f.Add([]byte(asYAML))
	f.Add([]byte(asJSON))
	f.Add([]byte(head + "tools: [{id: t, access: [read, pay]}, {id: u, access: [pay]}]\n" + sources + "  default: v\n  facts: {/tools/0/access/0: c, /tools/0/id: v}\n"))
	examples, err := filepath.Glob("../../examples/*/profile.yaml")
	if err != nil || len(examples) == 0 {
		f.Fatalf("no examples: %v", err)
	}
	for _, name := range examples {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		profiles, err := Load("f", data)
		if err != nil {
			placed(t, err)
			return
		}
		for _, p := range profiles {
			agree(t, p)
			again(t, p)
			nothingMore(t, p)
		}
	})
}

// placed fails the test unless err is one or several errors with a source and,
// unless they are about the whole file, with a line and a column.
func placed(t *testing.T, err error) {
	t.Helper()
	var errs document.Errors
	if one := new(document.Error); errors.As(err, &one) {
		errs = document.Errors{one}
	} else if !errors.As(err, &errs) || len(errs) == 0 {
		t.Fatalf("%T: %v", err, err)
	}
	for _, e := range errs {
		whole := e.Position == document.Position{} && e.Pointer == ""
		if e.Source != "f" || e.Message == "" || !whole && (e.Line < 1 || e.Column < 1) {
			t.Errorf("%#v", e)
		}
	}
}

// agree holds the two forms of a profile together: every leaf of Input is a
// disclosed fact of the same value, and there is no other.
func agree(t *testing.T, p *Profile) {
	t.Helper()
	inInput := map[string]any{}
	var visit func(pointer string, v any)
	visit = func(pointer string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, c := range v {
				visit(document.Join(pointer, key), c)
			}
		case []any:
			inInput[pointer] = fmt.Sprint(len(v))
			for i, c := range v {
				visit(document.JoinIndex(pointer, i), c)
			}
		case json.Number:
			if r, ok := new(big.Rat).SetString(v.String()); ok {
				inInput[pointer] = r.RatString() // -0 is 0
			}
		default:
			inInput[pointer] = fmt.Sprint(v)
		}
	}
	for key, v := range p.Input() {
		if isFact("/" + key) {
			visit("/"+key, v)
		}
	}
	inFacts := map[string]any{}
	for pointer, v := range disclosed(t, p) {
		if inFacts[pointer] = fmt.Sprint(v); p.Position(pointer).Line < 1 {
			t.Errorf("%s has no place", pointer)
		}
	}
	if !reflect.DeepEqual(inInput, inFacts) {
		t.Errorf("Input %v\nFacts %v", inInput, inFacts)
	}
}

// again writes a profile as JSON and loads that.
func again(t *testing.T, p *Profile) {
	t.Helper()
	data, err := json.Marshal(p.Input())
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > document.MaxBytes {
		return
	}
	profiles, err := Load("g", data)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if len(profiles) != 1 || profiles[0].Digest() != p.Digest() {
		t.Errorf("the digest changes with %s", data)
	}
}

// nothingMore: whatever is demanded, what is left was there, at the pointer of
// the source and with the same value.
func nothingMore(t *testing.T, p *Profile) {
	t.Helper()
	q, discounted, err := p.Demand(Demand{Minimum: "verified"})
	if err != nil {
		t.Fatal(err)
	}
	before := disclosed(t, p)
	for pointer, v := range disclosed(t, q) {
		was, ok := before[q.Original(pointer)]
		if _, isList := v.(items); !ok || !isList && v != was {
			t.Errorf("%s is %v and was, at %s, %v", pointer, v, q.Original(pointer), was)
		}
	}
	for _, d := range discounted {
		if strings.HasPrefix(d.Fact, "/evidence/sources/") {
			continue
		}
		v, ok := p.Lookup(d.Fact)
		if !ok || !favours(d.Fact, v) || !strings.HasSuffix(d.Why, ", expected verified or better") {
			t.Errorf("discounted %+v", d)
		}
	}
	agree(t, q)
}
