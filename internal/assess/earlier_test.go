package assess

import (
	"context"
	"encoding/json"
	"math/rand"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/subject"
	"github.com/audition-dev/audition/internal/undisclosed"
)

// roundabout are rules that read the input in ways that no path of it says.
const roundabout = `# METADATA
# title: t
# description: d
# custom:
#   kind: weakness
#   severity: high
#   possible: medium
#   layers: [L1]
#   controls: [/monitoring/action_log]
#   remediation: r
#   message: "{term}"
`

var roundabouts = map[string]string{
	"whole":    `some path; walk(input, [path, true]); count(path) == 2`,
	"alias":    `i := input; not i.execution.sandbox.kind`,
	"part":     `e := input.execution; not e.sandbox`,
	"section":  `not input.memory`,
	"any":      `some section; input[section].alerting`,
	"given":    `not checked with input.oversight as {"approval": input.secrets.storage}`,
	"called":   `held(input.identity, "per_agent")`,
	"gathered": `count({k | some k; input.peers[k]}) > 2`,
	"derived":  `some name; input.derived[name] == false`,
	"keys":     `"stop" in object.keys(input.oversight)`,
}

const gates = `package org.acme.gate

reject contains {"message": "remembers"} if {
	input.profile.memory.persistent
	not input.derived.autonomous
}

review contains {"message": sprintf("%d found", [count(input.findings)])}

review contains {"message": n.fact} if some n in input.not_applicable
`

// TestAfter: what changes cannot touch stays as it is, so that what comes of them is the
// same as of an agent that was so from the beginning.
func TestAfter(t *testing.T) {
	ctx := context.Background()
	files := fstest.MapFS{"org/acme/gate.rego": &fstest.MapFile{Data: []byte(gates)}}
	for name, body := range roundabouts {
		files["org/acme/"+name+".rego"] = &fstest.MapFile{Data: []byte(roundabout + "package org.acme." + name +
			"\n\nfindings contains {\"term\": \"it\", \"facts\": [[\"monitoring\", \"alerting\"]]} if {\n\t" + body + "\n}\n\n" +
			"checked if input.oversight.approval\n\nheld(section, name) if section[name]\n")}
	}
	a := assessor(t, rego.Source{Name: "acme", FS: files})
	if mode := a.Engine().Mode(); mode != rego.Compiled {
		t.Fatalf("engine %s has nothing to leave out", mode)
	}
	for seed := range golden.Rounds(80) {
		r := rand.New(rand.NewSource(int64(seed)))
		p := randomAgent(t, r)
		if seed%2 == 1 {
			s := subject.All()[r.Intn(len(subject.All()))]
			p = named(t, s.ID, "")
		}
		j, err := a.Judge(ctx, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range facts.Vocabulary(p) {
			for _, value := range slices.Concat(undisclosed.Answers(f), f.Safer.Values) {
				if r.Intn(3) == 0 {
					j = after(t, a, j, undisclosed.Saying(f.Pointer, value))
				}
			}
		}
		back, err := a.Again(ctx, j, p)
		if err != nil {
			t.Fatal(err)
		}
		same(t, a, back, p)
	}
}

// after makes changes to what was judged, in both ways, and goes on from some.
func after(t *testing.T, a *Assessor, j Judgement, changes []document.Change) Judgement {
	t.Helper()
	ctx := context.Background()
	got, ok, err := a.After(ctx, j, changes...)
	if err != nil {
		t.Fatal(err)
	}
	p := j.Profile.WithAll(changes...)
	if ok == p.Contradicts() {
		t.Fatalf("%v: judged %v", changes, ok)
	}
	if !ok {
		return j
	}
	same(t, a, got, p)
	return got
}

// same compares a judgement with one that knows of none before.
func same(t *testing.T, a *Assessor, got Judgement, p *profile.Profile) {
	t.Helper()
	want, err := a.Judge(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	x, y := written(t, a, p, got), written(t, a, p, want)
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] || len(x) != len(y) && i == min(len(x), len(y))-1 {
			from := max(0, i-300)
			t.Fatalf("%s: %v:\ngot  …%.600s\nwant …%.600s", p.Metadata.Name, p.Input(), x[from:], y[from:])
		}
	}
}

func written(t *testing.T, a *Assessor, p *profile.Profile, j Judgement) []byte {
	t.Helper()
	out, err := json.Marshal(a.document(p, j.Written(), nil))
	if err != nil {
		t.Fatal(err)
	}
	return out
}
