package profile

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
)

// TestContradictions: each is refused with both lines.
func TestContradictions(t *testing.T) {
	for in, want := range map[string]string{
		"rag:\n  used: false\n  agent_writes: true\n":                                                  "f:6:3: rag.agent_writes: true contradicts rag.used: false (line 5)",
		"memory: {expiry: true}\nexecution: {runs_code: true}\n":                                       "",
		"execution:\n  sandbox:\n    present: false\n    kind: gvisor\n":                               "f:7:5: execution.sandbox.kind: gvisor contradicts execution.sandbox.present: false (line 6)",
		"oversight:\n  approval: never\n  informed_approval: true\n":                                   "f:6:3: oversight.informed_approval: true contradicts oversight.approval: never (line 5)",
		"self_modification:\n  allowed: false\n  surfaces: [code]\n":                                   "f:6:14: self_modification.surfaces[0]: code contradicts self_modification.allowed: false (line 5)",
		"self_modification: {allowed: false, surfaces: [], surfaces_complete: true}\n":                 "",
		"data: {ingress: [web, peer]}\npeers: {multi_agent: false}\n":                                  "f:4:23: data.ingress[1]: peer contradicts peers.multi_agent: false (line 5)",
		"data: {ingress: [web]}\npeers: {multi_agent: false}\n":                                        "",
		"execution: {runs_code: false}\ntools:\n- {id: t, kind: shell, access: [read, execute]}\n":     "f:6:39: tools[0].access[1]: execute on a tool of kind shell contradicts execution.runs_code: false (line 4)",
		"execution: {runs_code: false}\ntools:\n- {id: t, kind: infra, access: [execute]}\n":           "",
		"execution: {runs_code: true}\ntools:\n- {id: t, kind: code, access: [execute]}\n":             "",
		"tools:\n- id: bank\n  kind: payment\n  access: [read]\n  access_complete: true\n":             `f:6:3: tools[0].kind: payment contradicts tools[0].access: ["read"] (line 7)`,
		"tools:\n- {id: bank, kind: payment, access: [read]}\n- {id: s, kind: saas, access: [read]}\n": "",
		"tools: [{id: bank, kind: payment, access: [read, pay], access_complete: true}]\n":             "",
	} {
		_, err := Load("f", []byte(head+in))
		if got := fmt.Sprint(err); got != want && (want != "" || err != nil) {
			t.Errorf("%s\ngot  %v\nwant %s", in, err, want)
		}
		docs, err := document.Read("f", []byte(head+in))
		if err != nil {
			t.Fatal(err)
		}
		p, _ := newProfile(docs[0])
		for pointer := range p.Leaves() {
			if without := p.With(pointer, nil); len(without.Contradictions()) != len(p.Contradictions()) && !MayContradict(pointer, slices.Collect(maps.Keys(p.Leaves()))) {
				t.Errorf("%s\nis otherwise without %s, which may not contradict", in, pointer)
			}
		}
	}
}

// TestImplications: every pair of the table is refused, each half alone is not,
// and both are facts with values that the schema has.
func TestImplications(t *testing.T) {
	for _, i := range implications() {
		value := i.value
		switch v := value.(type) {
		case nil:
			of, _ := TypeOf(i.fact)
			value = of.Values[0]
		case item:
			if len(v) == 0 {
				v = item{itemSchema(t, i.fact).Enum.Values[0].(string)}
			}
			value = []any{v[0]}
		}
		p := load(t, head)
		for _, half := range []*Profile{p.With(i.fact, value), p.With(i.denial, i.denied)} {
			if half.Contradicts() {
				t.Errorf("%s or %s contradicts nothing alone", i.fact, i.denial)
			}
		}
		both := p.With(i.fact, value).With(i.denial, i.denied)
		errs := both.Contradictions()
		if len(errs) != 1 || !strings.Contains(errs[0].Error(), " contradicts "+document.PathOf(i.denial)+": ") {
			t.Errorf("%s with %s: %v", i.fact, i.denial, errs)
		}
		if got := both.doc.Validate(schema()); len(got) > 0 {
			t.Errorf("%s with %s: %v", i.fact, i.denial, got)
		}
	}
}
