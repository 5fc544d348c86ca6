package compare

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/subject"
)

// seed makes all that is random here: the same agents on every machine.
const seed = 7

// agent is one that is made up.
type agent struct {
	name       string
	json, yaml []byte // the same
	profile    *profile.Profile
}

// newAgent makes agent number i of a kind, always the same one: with so many tools,
// or for -1 with as many as it happens to have. What contradicts the rest of it is
// taken out.
func newAgent(kind string, i, tools int) (a agent, err error) {
	r := rand.New(rand.NewPCG(seed, uint64(i)))
	a.name = fmt.Sprintf("%s-%06d", kind, i)
	content := content(r, a.name, tools)
	for {
		if a.json, err = json.Marshal(content); err != nil {
			return a, err
		}
		profiles, err := profile.Load(a.name, a.json)
		if err == nil {
			a.profile = profiles[0]
			a.yaml, err = writeYAML(r, content)
			return a, err
		}
		var wrong document.Errors
		errors.As(err, &wrong)
		less := false
		for _, e := range wrong {
			less = takeOut(content, e.Pointer) || less
		}
		if !less {
			return a, err
		}
	}
}

// takeOut takes out what is at a pointer, of a list the whole, and tells whether
// something was there.
func takeOut(object map[string]any, pointer string) bool {
	var v any = object
	name := ""
	for _, token := range document.Split(pointer) {
		switch in := v.(type) {
		case map[string]any:
			object, name, v = in, token, in[token]
		case []any:
			i, _ := document.Index(token, len(in))
			v = in[i]
		}
	}
	_, ok := object[name]
	delete(object, name)
	delete(object, name+"_complete")
	return ok
}

// content discloses some facts of the vocabulary, in some agents few and in others
// nearly all. A few are no agents, and some decide on their score.
func content(r *rand.Rand, name string, tools int) map[string]any {
	metadata := map[string]any{
		"name": name, "title": sentence(r, 2), "owner": sentence(r, 1), "version": fmt.Sprintf("%d.%d", r.IntN(9), r.IntN(30)),
		"summary": sentence(r, 4+r.IntN(30)),
	}
	root := map[string]any{"apiVersion": "audition/v1", "kind": "AgentProfile", "metadata": metadata}
	if all := subject.All(); tools < 0 && r.IntN(8) == 0 {
		metadata["subject"] = all[r.IntN(len(all))].ID
	}
	u := r.Float64()
	share := []float64{0.1 + u/2, 0.4 + u/2, 1}[r.IntN(3)]
	safe := []float64{u / 2, r.Float64(), 1}[r.IntN(3)]
	if tools < 0 {
		tools = int(r.ExpFloat64() * 5)
	}
	lists := map[string][]any{}
	for i := range tools {
		lists["/tools"] = append(lists["/tools"], map[string]any{"id": fmt.Sprintf("tool-%03d", i)})
	}
	if tools > 0 || r.Float64() < share {
		root["tools"] = append([]any{}, lists["/tools"]...)
	}
	if held, _ := profile.TypeOf("/compliance/certifications/*/id"); r.IntN(3) == 0 {
		for _, id := range some(r, held.Values) {
			lists["/compliance/certifications"] = append(lists["/compliance/certifications"], map[string]any{"id": id})
		}
		root["compliance"] = map[string]any{"certifications": append([]any{}, lists["/compliance/certifications"]...)}
	}
	for _, f := range profile.Vocabulary() {
		list, field, ofItem := strings.Cut(f.Pointer, "/*/")
		if !ofItem {
			disclose(r, root, strings.Split(f.Pointer[1:], "/"), f, share, safe)
			continue
		}
		for _, item := range lists[list] {
			disclose(r, item.(map[string]any), strings.Split(field, "/"), f, share, safe)
		}
	}
	if r.IntN(4) == 0 {
		root["scoring"] = map[string]any{"factors": map[string]any{"autonomy_of_action": json.Number(fmt.Sprintf("0.%d", r.IntN(10)))}}
	}
	if r.IntN(2) == 0 {
		root["evidence"] = evidence(r, root)
	}
	return root
}

// disclose puts a fact into an object with a probability of share, and as speaks
// for the agent the more often the nearer safe is to 1.
func disclose(r *rand.Rand, object map[string]any, path []string, f profile.FactType, share, safe float64) {
	v := scalar(r, f, path[len(path)-1], safe)
	if v == nil || r.Float64() >= share {
		return
	}
	for _, section := range path[:len(path)-1] {
		next, _ := object[section].(map[string]any)
		if next == nil {
			next = map[string]any{}
			object[section] = next
		}
		object = next
	}
	name := path[len(path)-1]
	list, closes := strings.CutSuffix(name, "_complete")
	if object[name] == nil && (!closes || object[list] != nil) {
		object[name] = v
	}
}

// scalar is one that a fact can have; nil for lists of objects.
func scalar(r *rand.Rand, f profile.FactType, name string, safe float64) any {
	switch best := f.Safer.Values; {
	case len(best) > 0 && r.Float64() < safe:
		return best[r.IntN(len(best))]
	case f.Optional && r.IntN(8) == 0:
		return profile.Optional
	case f.Type == "boolean":
		return r.IntN(2) == 0
	case f.Type == "integer":
		return json.Number(strconv.Itoa(r.IntN(90)))
	case f.Values != nil:
		return f.Values[r.IntN(len(f.Values))]
	case name == "valid_until":
		return fmt.Sprintf("2030-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28))
	case f.Type == "string":
		return sentence(r, 1+r.IntN(2))
	case f.Items != nil:
		return some(r, f.Items)
	case name == "scopes":
		return some(r, words)
	}
	return nil
}

// evidence has the sources of what an agent discloses.
func evidence(r *rand.Rand, disclosed map[string]any) map[string]any {
	source := func(kind string) map[string]any {
		return map[string]any{"kind": kind, "title": sentence(r, 3), "url": "https://example.com/" + sentence(r, 1), "retrieved": fmt.Sprintf("2025-%02d-11", 1+r.IntN(12))}
	}
	facts := map[string]any{}
	for _, section := range []string{"model", "execution", "data", "tools", "oversight"} {
		if disclosed[section] != nil && r.IntN(2) == 0 {
			facts["/"+section] = []any{"letter", "page"}
		}
	}
	return map[string]any{"default": "page", "facts": facts, "sources": map[string]any{"page": source("vendor_page"), "letter": source("correspondence")}}
}

// some are up to four of several texts, in the order they have.
func some(r *rand.Rand, of []string) []any {
	var out []any
	for _, i := range slices.Sorted(slices.Values(r.Perm(len(of))[:r.IntN(min(5, len(of)))])) {
		out = append(out, of[i])
	}
	return append([]any{}, out...)
}

// words are of the kind that has to be quoted, and of the kind that has not.
var words = strings.Fields("answers books calendar: contracts drafts e-mails follow-ups invoices #leads notes orders \"quotes\" refunds replies schedules tickets yes über-all 42 0x1F")

func sentence(r *rand.Rand, n int) string {
	var out []string
	for range n {
		out = append(out, words[r.IntN(len(words))])
	}
	return strings.Join(out, " ")
}

// TestAgents: they are the same every time, YAML and JSON of one say the same, and
// they are written in all the ways that people write.
func TestAgents(t *testing.T) {
	var all []byte
	for i := range 20 {
		a, err := newAgent("agent", i, -1)
		if err != nil {
			t.Fatal(err)
		}
		again, err := newAgent("agent", i, -1)
		if err != nil || !bytes.Equal(a.yaml, again.yaml) || !bytes.Equal(a.json, again.json) {
			t.Errorf("%s is another one the second time: %v", a.name, err)
		}
		read, err := profile.Load(a.name, a.yaml)
		if err != nil || read[0].Digest() != a.profile.Digest() {
			t.Errorf("%s: YAML and JSON differ: %v", a.name, err)
		}
		all = append(all, a.yaml...)
	}
	for _, way := range []string{": |-\n", ": >-\n", ": &list-a [", ": &list-b\n", ": *list-", "\n# ", "true # ", ": '", ": \"", ": {", ": []\n", "\n    - ", ": optional\n"} {
		if !bytes.Contains(all, []byte(way)) {
			t.Errorf("nobody writes %q", way)
		}
	}
}

// TestTools: an agent has as many as are asked for.
func TestTools(t *testing.T) {
	for _, n := range []int{0, 300} {
		a, err := newAgent("tools", n, n)
		if err != nil || len(a.profile.Facts.Tools.Items) != n {
			t.Errorf("%d tools: got %d, %v", n, len(a.profile.Facts.Tools.Items), err)
		}
	}
}
