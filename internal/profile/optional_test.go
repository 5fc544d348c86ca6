package profile

import (
	"reflect"
	"slices"
	"testing"
)

// TestOptional: a control that is optional is neither a yes nor a no, wherever
// facts are read; that it was said stays.
func TestOptional(t *testing.T) {
	const facts = "oversight: {stop: optional, undo: true}\ntools: [{id: optional, pinned: optional}]\nmodel: {name: optional}\n"
	p := load(t, head+facts)
	if p.Facts.Oversight.Stop.Disclosed || p.Facts.Tools.Items[0].Pinned.Disclosed || !p.Facts.Oversight.Undo.Value {
		t.Errorf("facts: %+v", p.Facts.Oversight)
	}
	for pointer, want := range map[string]bool{
		"/oversight/stop": true, "/tools/0/pinned": true,
		"/oversight/undo": false, "/oversight/approval": false, "/tools/0/id": false, "/model/name": false, "/tools/1/pinned": false,
	} {
		if got := p.IsOptional(pointer); got != want {
			t.Errorf("IsOptional(%s) = %v", pointer, got)
		}
	}
	if _, ok := p.Lookup("/oversight/stop"); ok {
		t.Error("what is optional is disclosed")
	}
	if v, _ := p.Lookup("/oversight"); !reflect.DeepEqual(v, map[string]any{"undo": true}) {
		t.Errorf("the section is %v", v)
	}
	silent := load(t, head+"oversight: {undo: true}\ntools: [{id: optional}]\nmodel: {name: optional}\n")
	if !reflect.DeepEqual(p.Input(), silent.Input()) {
		t.Errorf("rules read %v", p.Input())
	}
	if p.Digest() == silent.Digest() || p.Leaves()["/oversight/stop"] != Optional {
		t.Error("it is as if nothing was said")
	}
	if q := p.With("/oversight/stop", true); !q.Facts.Oversight.Stop.Value || q.IsOptional("/oversight/stop") {
		t.Error("an answer does not replace it")
	}
	q, dropped, err := p.Demand(Demand{Minimum: "verified"})
	if err != nil || !q.IsOptional("/oversight/stop") || len(dropped) != 2 {
		t.Errorf("it needs evidence: %v, %v", dropped, err)
	}
	// The word contradicts nothing.
	load(t, head+"oversight: {approval: never, informed_approval: optional}\n")
}

func TestOptionalIsForControls(t *testing.T) {
	var never []string
	for _, f := range Vocabulary() {
		if f.Type == "boolean" && !f.Optional {
			never = append(never, f.Pointer)
		}
	}
	if len(never) < 20 || !slices.Contains(never, "/tools_complete") || !slices.Contains(never, "/execution/runs_code") {
		t.Errorf("got %v", never)
	}
	for in, want := range map[string]string{
		"oversight: {stop: optionl}\n":        `f:4:13: oversight.stop: expected true, false or optional, got the text "optionl"`,
		"oversight: {stop: yes}\n":            `f:4:13: oversight.stop: expected true, false or optional, got the text "yes"; write true`,
		"oversight: {stop: 1}\n":              `f:4:13: oversight.stop: expected true, false or optional, got the number 1`,
		"oversight: {unattended: optional}\n": `f:4:13: oversight.unattended: expected true or false, got the text "optional"`,
	} {
		if _, err := Load("f", []byte(head+in)); err == nil || err.Error() != want {
			t.Errorf("%s\ngot  %v\nwant %s", in, err, want)
		}
	}
}
