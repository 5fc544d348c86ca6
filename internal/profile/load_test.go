package profile

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/override"
	"github.com/audition-dev/audition/internal/subject"
)

// asYAML and asJSON are one profile in two forms.
const asYAML = `
# A comment.
apiVersion: audition/v1
kind: AgentProfile
metadata:
  name: a
  version: "1.10"
  labels: {team: "7"}
tools: &tools
  - {id: t, access: [read, "write"], access_complete: true}
tools_complete: true
model: {provider_retention: 30, card: true, name: x–y}
scoring: {cvss: 8.5, factors: {opacity: {value: 0.50, because: so}}}
`

const asJSON = `{
	"model": {"name": "x\u2013y", "card": true, "provider_retention": 30},
	"scoring": {"factors": {"opacity": {"because": "so", "value": 0.50}}, "cvss": 8.5},
	"tools_complete": true,
	"tools": [{"access_complete": true, "id": "t", "access": ["read", "write"]}],
	"metadata": {"labels": {"team": "7"}, "version": "1.10", "name": "a"},
	"kind": "AgentProfile", "apiVersion": "audition/v1"
}`

// texts are what a profile decides about its score.
func texts(s override.Scoring) (out []string) {
	for _, e := range s.Decided() {
		out = append(out, e.Name+" "+e.Text+" "+e.Because)
	}
	return out
}

func TestYAMLAndJSONAreOneProfile(t *testing.T) {
	y, j := load(t, asYAML), load(t, asJSON)
	if !reflect.DeepEqual(y.Input(), j.Input()) {
		t.Errorf("Input:\n%v\n%v", y.Input(), j.Input())
	}
	if !reflect.DeepEqual(y.Facts, j.Facts) {
		t.Error("Facts differ")
	}
	if !reflect.DeepEqual(texts(y.Scoring), texts(j.Scoring)) {
		t.Errorf("Scoring:\n%+v\n%+v", y.Scoring, j.Scoring)
	}
	if want := (Metadata{Name: "a", Subject: subject.Agent, Version: "1.10", Labels: map[string]string{"team": "7"}}); !reflect.DeepEqual(y.Metadata, want) {
		t.Errorf("Metadata: %+v", y.Metadata)
	}
	if y.Digest() != j.Digest() {
		t.Errorf("digests %s and %s", y.Digest(), j.Digest())
	}
}

func TestDigest(t *testing.T) {
	base := head + "model: {card: true, name: x}\ntools: [{id: t}, {id: u}]\n"
	want := load(t, base).Digest()
	if len(want) != len("sha256:")+64 || !strings.HasPrefix(want, "sha256:") {
		t.Errorf("digest %q", want)
	}
	for name, in := range map[string]string{
		"comments":     "# one\n" + base + "# two\n",
		"order":        "tools: [{id: t}, {id: u}]\nmodel: {name: x, card: true}\n" + head,
		"nulls":        strings.Replace(base, "name: x", "name: x, provider: null", 1) + "network:\n",
		"x- keys":      base + "x-note: {a: [1]}\n",
		"quotes":       strings.Replace(base, "name: x", `"name": 'x'`, 1),
		"x- in a tool": strings.Replace(base, "{id: t}", "{id: t, x-a: 1}", 1),
	} {
		if load(t, in).Digest() != want {
			t.Errorf("%s changes the digest", name)
		}
	}
	for name, in := range map[string]string{
		"a value":        strings.Replace(base, "true", "false", 1),
		"a fact":         base + "listing: {card_signed: true}",
		"order of items": strings.Replace(base, "{id: t}, {id: u}", "{id: u}, {id: t}", 1),
		"metadata":       strings.Replace(base, "{name: a}", "{name: b}", 1),
	} {
		if load(t, in).Digest() == want {
			t.Errorf("%s does not change the digest", name)
		}
	}
}

func TestSeveralDocuments(t *testing.T) {
	profiles, err := Load("f", []byte(head+"model: {card: true}\n---\n"+strings.Replace(head, "name: a", "name: b", 1)+"model: {card: false}\n"))
	if err != nil || len(profiles) != 2 {
		t.Fatalf("%d profiles, %v", len(profiles), err)
	}
	a, b := profiles[0], profiles[1]
	if a.Metadata.Name != "a" || b.Metadata.Name != "b" || !a.Facts.Model.Card.Value || b.Facts.Model.Card.Value || !b.Facts.Model.Card.Disclosed {
		t.Errorf("got %+v and %+v", a.Metadata, b.Metadata)
	}
	if got, want := b.Position("/model/card"), (document.Position{Line: 9, Column: 9}); got != want {
		t.Errorf("second document: got %v, want %v", got, want)
	}
}

const noFact = `expected the JSON pointer of a fact that this profile discloses, such as /execution/runs_code`

// loadCases are profiles that are refused; the text of in follows head.
var loadCases = map[string]struct{ in, want string }{
	"syntax":                    {"a: [", "f:4:1: not YAML or JSON: did not find expected node content"},
	"unknown section":           {"modle: {}", `f:4:1: modle: unknown field, did you mean "model"?`},
	"unknown null section":      {"modle:", `f:4:1: modle: unknown field, did you mean "model"?`},
	"tools_complete alone":      {"tools_complete: true", "f:4:1: tools_complete: expected tools beside it; a declared none is an empty list"},
	"tools null":                {"tools:\ntools_complete: true", "f:5:1: tools_complete: expected tools beside it; a declared none is an empty list"},
	"classes_complete alone":    {"data: {classes_complete: true}", "f:4:8: data.classes_complete: expected data.classes beside it; a declared none is an empty list"},
	"access_complete alone":     {"tools: [{id: a, access: []}, {id: b, access_complete: true}]", "f:4:38: tools[1].access_complete: expected tools[1].access beside it; a declared none is an empty list"},
	"tool id twice":             {"tools: [{id: a}, {id: b}, {id: a}]", `f:4:28: tools[2].id: "a" is already tools[0].id`},
	"tool id three times":       {"tools: [{id: a}, {id: a}, {id: a}]", "f:4:19: tools[1].id: \"a\" is already tools[0].id\nf:4:28: tools[2].id: \"a\" is already tools[0].id"},
	"certification twice":       {"compliance: {certifications: [{id: soc2}, {id: soc2}]}", `f:4:44: compliance.certifications[1].id: "soc2" is already compliance.certifications[0].id`},
	"valid until no day":        {"compliance: {certifications: [{id: soc2, valid_until: 2026-02-30}]}", `f:4:42: compliance.certifications[0].valid_until: expected a day such as 2026-01-31, got "2026-02-30"`},
	"retrieved on no day":       {"evidence: {sources: {s: {kind: test, retrieved: 2025-02-29}}}", `f:4:38: evidence.sources.s.retrieved: expected a day such as 2026-01-31, got "2025-02-29"`},
	"unknown default, near":     {"evidence: {default: sauce, sources: {source: {kind: test}}}", `f:4:12: evidence.default: unknown source "sauce", did you mean "source"?`},
	"unknown default, far":      {"evidence: {default: x, sources: {source: {kind: test}, other: {kind: test}}}", `f:4:12: evidence.default: unknown source "x", expected one of other, source`},
	"unknown source":            {"model: {card: true}\nevidence: {sources: {source: {kind: test}}, facts: {/model: sauce}}", `f:5:53: evidence.facts./model: unknown source "sauce", did you mean "source"?`},
	"unknown source in a list":  {"model: {card: true}\nevidence: {sources: {source: {kind: test}}, facts: {/model: [source, sauce]}}", `f:5:53: evidence.facts./model: unknown source "sauce", did you mean "source"?`},
	"evidence of undisclosed":   {"model: {card: true}\nevidence: {sources: {s: {kind: test}}, facts: {/model/name: s}}", "f:5:48: evidence.facts./model/name: " + noFact},
	"evidence of null":          {"model: {card: }\nevidence: {sources: {s: {kind: test}}, facts: {/model/card: s}}", "f:5:48: evidence.facts./model/card: " + noFact},
	"evidence of missing item":  {"tools: [{id: a}]\nevidence: {sources: {s: {kind: test}}, facts: {/tools/1: s}}", "f:5:48: evidence.facts./tools/1: " + noFact},
	"evidence of metadata":      {"evidence: {sources: {s: {kind: test}}, facts: {/metadata/name: s}}", "f:4:48: evidence.facts./metadata/name: " + noFact},
	"evidence of scoring":       {"scoring: {cvss: 5}\nevidence: {sources: {s: {kind: test}}, facts: {/scoring/cvss: s}}", "f:5:48: evidence.facts./scoring/cvss: " + noFact},
	"evidence of everything":    {"model: {card: true}\nevidence: {sources: {s: {kind: test}}, facts: {'': s}}", "f:5:48: evidence.facts.: " + noFact},
	"evidence of no pointer":    {"model: {card: true}\nevidence: {sources: {s: {kind: test}}, facts: {model: s}}", "f:5:48: evidence.facts.model: " + noFact},
	"evidence of an x- key":     {"x-a: 1\nevidence: {sources: {s: {kind: test}}, facts: {/x-a: s}}", "f:5:48: evidence.facts./x-a: " + noFact},
	"evidence without sources":  {"evidence: {}", "f:4:1: evidence: expected sources"},
	"retention below zero":      {"model: {provider_retention: -1}", "f:4:9: model.provider_retention: expected at least 0, got -1"},
	"retention too large":       {"model: {provider_retention: 1e30}", "f:4:9: model.provider_retention: expected a smaller whole number, got 1e30"},
	"retention is inexact":      {"model: {provider_retention: 9007199254740993.0}", "f:4:9: model.provider_retention: expected a smaller whole number, got 9007199254740993.0"},
	"unknown default, no other": {"evidence: {default: x, sources: {}}", `f:4:12: evidence.default: unknown source "x"`},
	"version as a number":       {"---\napiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a, version: 1.10}", "f:7:21: metadata.version: expected a text, got the number 1.10; quote it"},
	"errors of every document":  {"modle: 1\n---\n" + head + "moddel: 1", "f:4:1: modle: unknown field, did you mean \"model\"?\nf:9:1: moddel: unknown field, did you mean \"model\"?"},
	"errors are sorted by line": {"tools_complete: true\ntools:\ncompliance: {certifications: [{id: soc2, valid_until: 2026-13-01}]}\nevidence: {default: s, sources: {q: {kind: test}}, facts: {/a: s}}",
		"f:4:1: tools_complete: expected tools beside it; a declared none is an empty list\n" +
			"f:6:42: compliance.certifications[0].valid_until: expected a day such as 2026-01-31, got \"2026-13-01\"\n" +
			"f:7:12: evidence.default: unknown source \"s\", did you mean \"q\"?\n" +
			"f:7:60: evidence.facts./a: " + noFact + "\n" +
			"f:7:60: evidence.facts./a: unknown source \"s\", did you mean \"q\"?"},
}

func TestLoadRefuses(t *testing.T) {
	for name, c := range loadCases {
		t.Run(name, func(t *testing.T) {
			profiles, err := Load("f", []byte(head+c.in))
			if err == nil || profiles != nil {
				t.Fatalf("got %d profiles, %v", len(profiles), err)
			}
			if err.Error() != c.want {
				t.Errorf("got\n%v\nwant\n%s", err, c.want)
			}
		})
	}
}

// TestEveryListThatIsCompleteIsThere: check names the lists one by one; none
// of the vocabulary may be missing.
func TestEveryListThatIsCompleteIsThere(t *testing.T) {
	count := 0
	for _, f := range Vocabulary() {
		list, ok := strings.CutSuffix(f.Pointer, "_complete")
		if !ok {
			continue
		}
		count++
		in := "{id: t, " + list[strings.LastIndexByte(list, '/')+1:] + "_complete: true}"
		switch tokens := document.Split(list); {
		case len(tokens) == 1:
			in = tokens[0] + "_complete: true"
		case tokens[1] == "*":
			in = tokens[0] + ": [" + in + "]"
		default:
			in = tokens[0] + ": {" + tokens[1] + "_complete: true}"
		}
		_, err := Load("f", []byte(head+in))
		if err == nil || !strings.HasSuffix(err.Error(), "beside it; a declared none is an empty list") {
			t.Errorf("%s: %v", in, err)
		}
	}
	if count < 7 {
		t.Errorf("found %d lists", count)
	}
}

func TestDeclaredNone(t *testing.T) {
	tools := load(t, head+"tools: []\ntools_complete: true").Facts.Tools
	if !tools.Disclosed || !tools.Closed() || len(tools.Items) != 0 {
		t.Errorf("got %+v", tools)
	}
	for _, in := range []string{"tools: []", "tools: []\ntools_complete: false", "tools_complete: false", "tools:"} {
		if load(t, head+in).Facts.Tools.Closed() {
			t.Errorf("%q closes the list", in)
		}
	}
}

func TestExamplesLoad(t *testing.T) {
	for _, name := range []string{"desktop-helper", "lutra-ai", "release-notes"} {
		data, err := os.ReadFile("../../examples/" + name + "/profile.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if p := load(t, string(data)); p.Metadata.Name != name || len(disclosed(t, p)) < 10 {
			t.Errorf("%s: got %s with %d facts", name, p.Metadata.Name, len(disclosed(t, p)))
		}
	}
}

func TestWholeNumbersAreRead(t *testing.T) {
	for in, want := range map[string]int{"30": 30, "30.0": 30, "3e1": 30, "0e0": 0, "-0.0": 0, "3000e-2": 30, "123456789012345678": 123456789012345678} {
		if got := load(t, head+"model: {provider_retention: "+in+"}").Facts.Model.ProviderRetention; got.Value != want || !got.Disclosed {
			t.Errorf("%s is %+v", in, got)
		}
	}
}

// TestErrorsAreBounded, however many documents, sources and facts there are.
func TestErrorsAreBounded(t *testing.T) {
	var facts, ids strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&ids, "%s%d: {kind: test}, ", strings.Repeat("s", 90), i)
	}
	for i := range 300 {
		fmt.Fprintf(&facts, "/model/%d: %s, ", i, strings.Repeat("t", 95))
	}
	one := head + "evidence: {sources: {" + ids.String() + "}, facts: {" + facts.String() + "}}\n"
	_, err := Load("f", []byte(strings.Repeat("---\n"+one, 5)))
	errs, _ := err.(document.Errors)
	if len(errs) != 102 || len(err.Error()) > 200_000 {
		t.Fatalf("got %d errors, %d bytes", len(errs), len(err.Error()))
	}
	if got, want := errs[101].Message, "and 4 more documents, which were not checked"; got != want || errs[101].Line < 6 {
		t.Errorf("got %v", errs[101])
	}
}
