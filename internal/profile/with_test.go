package profile

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
)

func TestWith(t *testing.T) {
	const tools = "/tools /tools/0/id /tools/1/access /tools/1/access/0 /tools/1/id"
	const in = head + "tools: [{id: t}, {id: u, access: [read]}]\nmodel: {card: true}\n"
	for name, c := range map[string]struct {
		pointer string
		value   any
		left    string
		get     func(Facts) any
		want    any
	}{
		"new section":      {"/memory/expiry", true, "/memory/expiry /model/card " + tools, func(f Facts) any { return f.Memory.Expiry.Value }, true},
		"two new sections": {"/execution/sandbox/kind", "vm", "/execution/sandbox/kind /model/card " + tools, func(f Facts) any { return f.Execution.Sandbox.Kind.Value }, "vm"},
		"beside another":   {"/model/provider_retention", json.Number("7"), "/model/card /model/provider_retention " + tools, func(f Facts) any { return f.Model.ProviderRetention.Value }, 7},
		"in its place":     {"/model/card", false, "/model/card " + tools, func(f Facts) any { return f.Model.Card.Value }, false},
		"at the top":       {"/tools_complete", true, "/model/card " + tools + " /tools_complete", func(f Facts) any { return f.Tools.Closed() }, true},
		"in an item":       {"/tools/1/kind", "mcp", "/model/card " + tools + " /tools/1/kind", func(f Facts) any { return f.Tools.Items[1].Kind.Value }, "mcp"},
		"a list":           {"/tools/0/access", []any{"pay", "send"}, "/model/card /tools /tools/0/access /tools/0/access/0 /tools/0/access/1 /tools/0/id /tools/1/access /tools/1/access/0 /tools/1/id", func(f Facts) any { return f.Tools.Items[0].Access.Items[1].Value }, "send"},
		"a missing item":   {"/tools/2/kind", "mcp", "/model/card " + tools, func(f Facts) any { return len(f.Tools.Items) }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, in)
			before, digest := pointers(t, p), p.Digest()
			q := p.With(c.pointer, c.value)
			if got := pointers(t, q); got != c.left {
				t.Errorf("got  %s\nwant %s", got, c.left)
			}
			if got := c.get(q.Facts); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
			if pointers(t, p) != before || p.Digest() != digest {
				t.Error("the profile itself was changed")
			}
			if q.Metadata.Name != "a" || q.Source != "f" {
				t.Errorf("the copy is %v", q.Input())
			}
		})
	}
}

// TestClosedNeedsTheList: that a list is complete says nothing while it is undisclosed.
func TestClosedNeedsTheList(t *testing.T) {
	p := load(t, head).With("/tools_complete", true)
	if p.Facts.Tools.Closed() || !p.With("/tools", []any{}).Facts.Tools.Closed() {
		t.Error("a list is closed exactly when it is there and complete")
	}
}

// TestWithAfterDemand: the pointer of an answer counts what is left.
func TestWithAfterDemand(t *testing.T) {
	p := load(t, head+"compliance: {certifications: [{id: soc2}, {id: aiuc1}]}\n"+sources+"  default: v\n  facts: {/compliance/certifications/0: c}\n")
	q, _, _ := p.Demand(Demand{Minimum: "verified", Vouched: vouched})
	r := q.With("/compliance/certifications/0/scope", false)
	got := r.Facts.Compliance.Certifications.Items[0]
	if got.ID.Value != "aiuc1" || !got.Scope.Disclosed || r.Original(got.Scope.Pointer) != "/compliance/certifications/1/scope" {
		t.Errorf("got %+v at %s", got, r.Original(got.Scope.Pointer))
	}
	if q.Facts.Compliance.Certifications.Items[0].Scope.Disclosed || p.Facts.Compliance.Certifications.Items[1].Scope.Disclosed {
		t.Error("the answer is in the question too")
	}
}

func TestLookupTellsWhatIsDisclosed(t *testing.T) {
	p := load(t, head+"model: {card: false, name: }\ntools: []\nmemory: {}")
	for pointer, want := range map[string]bool{
		"/model/card": true, "/tools": true, "/model": true, "/model/name": false, "/model/hosting": false, "/tools/0": false, "/rag/used": false,
	} {
		if v, got := p.Lookup(pointer); got != want || got != (v != nil) {
			t.Errorf("Lookup(%s) = %v, %v", pointer, v, got)
		}
	}
}

// TestWithOfNoFact: what leads nowhere changes nothing.
func TestWithOfNoFact(t *testing.T) {
	p := load(t, head+"model: {card: true}\ntools: [{id: t}]\n")
	for _, pointer := range []string{"", "model", "/model/card/x", "/tools/-1", "/tools/-1/id", "/tools/00/id", "/tools/9/id", "/tools/x/id"} {
		if q := p.With(pointer, true); q.Digest() != p.Digest() {
			t.Errorf("%q changes the profile to %v", pointer, q.Input())
		}
	}
	q, _, _ := load(t, head+"compliance: {certifications: [{id: soc2}, {id: aiuc1}]}\n"+sources+"  default: v\n  facts: {/compliance/certifications/0: c}\n").
		Demand(Demand{Minimum: "verified", Vouched: vouched})
	if got := q.Original("tools/0"); got != "tools/0" {
		t.Errorf("Original is %s", got)
	}
	if got := q.Position("tools/0").Line; got != 0 {
		t.Errorf("Position is in line %d", got)
	}
	// A new list has nothing to do with the one that lost items.
	const first = "/compliance/certifications/0"
	if q.Original(first) == first {
		t.Error("no item was lost")
	}
	if got := q.With("/compliance/certifications", []any{}).Original(first); got != first {
		t.Errorf("Original is %s", got)
	}
}

// TestAgreeing: changes made at once are those that agree when made one after the other.
func TestAgreeing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	left := 0
	for range 300 {
		p := load(t, head+"tools: [{id: t}]\n")
		var changes []document.Change
		for _, i := range implications() {
			if value, ok := i.value.(bool); ok {
				changes = append(changes, document.Change{Pointer: i.fact, Value: value})
			}
			changes = append(changes, document.Change{Pointer: i.denial, Value: i.denied})
		}
		r.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
		seen := map[string]bool{}
		changes = slices.DeleteFunc(changes, func(c document.Change) bool { twice := seen[c.Pointer]; seen[c.Pointer] = true; return twice })
		want := p
		for _, c := range changes {
			if q := want.With(c.Pointer, c.Value); !q.Contradicts() {
				want = q
			} else {
				left++
			}
		}
		got, refused := p.Agreeing(changes...)
		if !reflect.DeepEqual(got.Input(), want.Input()) {
			t.Fatalf("%v\ngot  %v\nwant %v", changes, got.Input(), want.Input())
		}
		for _, c := range refused {
			if !got.With(c.Pointer, c.Value).Contradicts() {
				t.Fatalf("%v: %v was refused", changes, c)
			}
		}
		left -= len(refused)
	}
	if left != 0 {
		t.Errorf("%d changes are refused one by one and not at once", left)
	}
}

// TestWithReadsWhatChanged: what was not changed is not read again, and all is as if it were.
func TestWithReadsWhatChanged(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	for _, subject := range []string{"agent", "skill", "framework"} {
		p := load(t, strings.Replace(head, "name: a", "name: a, subject: "+subject, 1)+"tools: [{id: t, kind: payment, access: [read]}, {id: u}]\nmodel: {provider_retention: 7}\n")
		for range 400 {
			f := Vocabulary()[r.IntN(len(Vocabulary()))]
			values := append(slices.Clone(f.Safer.Values), nil)
			if f.Pointer == "/tools" {
				values = []any{[]any{}, []any{map[string]any{"id": "t"}, map[string]any{"id": "v", "access": []any{"pay"}}}}
			} else if f.Type == "array" && len(f.Items) > 0 {
				values = []any{[]any{}, []any{f.Items[0]}}
			} else if f.Type == "boolean" {
				values = []any{true, false}
			}
			change := document.Change{Pointer: strings.Replace(f.Pointer, "*", strconv.Itoa(r.IntN(2)), 1), Value: values[r.IntN(len(values))]}
			q := p.WithAll(change)
			for _, read := range []*Profile{p, q} {
				again := *read
				again.read(nil)
				if !reflect.DeepEqual(read.Facts, again.Facts) {
					t.Fatalf("%v:\ngot  %+v\nwant %+v", change, read.Facts, again.Facts)
				}
			}
			between := func(p *Profile) string { return p.Contradictions()[len(p.unlikeSubject()):].Error() }
			if a, b := between(p), between(q); a != b && !MayContradict(change.Pointer, slices.Collect(maps.Keys(p.Leaves()))) {
				t.Fatalf("%v: contradictions were %s, now %s", change, a, b)
			}
			p = q
		}
	}
}
