package answer

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/undisclosed"
)

const head = "apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a}\n"

// TestPut writes one answer into texts of many forms.
func TestPut(t *testing.T) {
	for _, c := range []struct{ name, fact, text, before, after string }{
		{"a section of its own", "execution.runs_code", "true", "", "execution:\n  runs_code: true\n"},
		{"below a section", "execution.sandbox.present", "true", "execution:\n  runs_code: true # yes\n\n# end\n", "execution:\n  runs_code: true # yes\n  sandbox:\n    present: true\n\n# end\n"},
		{"before the next section", "execution.environment", "saas", "execution:\n    runs_code: true\n\noversight: {stop: true}\n", "execution:\n    runs_code: true\n    environment: saas\n\noversight: {stop: true}\n"},
		{"in braces", "execution.sandbox.present", "optional", "execution: {runs_code: true}\n", "execution: {sandbox: {present: optional}, runs_code: true}\n"},
		{"in empty braces", "execution.runs_code", "false", "execution: {}\n", "execution: {runs_code: false}\n"},
		{"a value of its own", "execution.runs_code", "false", "execution:\n  runs_code: true   # said by Jane\n", "execution:\n  runs_code: false   # said by Jane\n"},
		{"an imported value", "execution.runs_code", "false", "execution:\n  runs_code: true # a/.mcp.json:3, default\n", "execution:\n  runs_code: false\n"},
		{"a quoted value", "model.name", "it's #1, or 2", "model: {name: \"m\", provider: p}\n", "model: {name: 'it''s #1, or 2', provider: p}\n"},
		{"a value that is null", "execution.runs_code", "true", "execution:\n  runs_code: ~\n", "execution:\n  runs_code: true\n"},
		{"a value that is missing", "execution.runs_code", "true", "execution:\n  runs_code:  # yes or no\n", "execution:\n  runs_code: true  # yes or no\n"},
		{"a section without a value", "execution.runs_code", "true", "execution: # where it runs\n", "execution: # where it runs\n  runs_code: true\n"},
		{"a commented place", "execution.sandbox.present", "true", "# execution:\n#   runs_code: # b\n#   sandbox:\n#     present: # c\n#     kind: # d\n", "execution:\n#   runs_code: # b\n  sandbox:\n    present: true # c\n#     kind: # d\n"},
		{"comments that are no places", "execution.runs_code", "true", "# note: this\n#   is: odd\n# execution: yes\n", "execution:\n  runs_code: true\n# note: this\n#   is: odd\n# execution: yes\n"},
		{"a list", "data.classes", "pii, financial", "data:\n  classes: [public] # b\n", "data:\n  classes: [pii, financial] # b\n"},
		{"a list without items", "tools", "none", "", "tools: []\n"},
		{"a number", "model.provider_retention", "30", "", "model:\n  provider_retention: 30\n"},
		{"text that looks like something else", "model.name", "1.10", "", "model:\n  name: \"1.10\"\n"},
		{"a tool", "tools[1].kind", "saas", "tools:\n- id: a\n- id: b\n  access: [read]\ntools_complete: true\n", "tools:\n- id: a\n- id: b\n  access: [read]\n  kind: saas\ntools_complete: true\n"},
		{"lines of Windows", "execution.runs_code", "true", "execution:\r\n  environment: saas\r\n", "execution:\r\n  environment: saas\r\n  runs_code: true\r\n"},
		{"a last line without end", "execution.runs_code", "true", "execution:\n  environment: saas", "execution:\n  environment: saas\n  runs_code: true\n"},
		{"evidence", "execution.runs_code", "true", "evidence:\n  sources: {doc: {kind: document}}\n  default: doc\n", "evidence:\n  sources: {answers: {kind: correspondence, title: answers}, doc: {kind: document}}\n  default: doc\n  facts:\n    /execution/runs_code: answers\nexecution:\n  runs_code: true\n"},
		{"evidence of other facts", "execution.runs_code", "true", "oversight: {stop: true}\nevidence:\n  sources: {doc: {kind: document}}\n  facts: {/oversight: doc}\n", "oversight: {stop: true}\nevidence:\n  sources: {doc: {kind: document}}\n  facts: {/oversight: doc}\nexecution:\n  runs_code: true\n"},
		{"a name that is taken", "execution.runs_code", "false", "execution: {runs_code: true}\nevidence: {sources: {answers: {kind: contract}}, default: answers}\n", "execution: {runs_code: false}\nevidence: {facts: {/execution/runs_code: answers-2}, sources: {answers-2: {kind: correspondence, title: answers}, answers: {kind: contract}}, default: answers}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := put(t, head+c.before, c.fact, c.text)
			if err != nil {
				t.Fatal(err)
			}
			if want := head + c.after; got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// put writes one answer.
func put(t *testing.T, text, name, value string) (string, error) {
	profiles, err := profile.Load("p.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	pointer, f, err := Fact(profiles[0], name)
	if err != nil {
		return "", err
	}
	out, _, err := Put("p.yaml", []byte(text), []Answer{{pointer, Value(f, value)}})
	return string(out), err
}

// TestRefused says why an answer is not written.
func TestRefused(t *testing.T) {
	for _, c := range []struct{ text, fact, value, want string }{
		{"", "execution.runs_cod", "true", `unknown fact "execution.runs_cod", did you mean "execution.runs_code"?`},
		{"", "metadata.title", "A", `unknown fact "metadata.title"`},
		{"", "execution.runs_code", "yes", `p.yaml: execution.runs_code: expected true or false, got the text "yes"; write true`},
		{"", "data.classes", "pii,financal", `p.yaml: data.classes[1]: unknown value "financal", did you mean "financial"?`},
		{"tools: [{id: a}]\n", "tools[1].kind", "saas", `p.yaml: tools[1].kind: there is no item 1, the list has 1`},
		{"data:\n  classes:\n  - pii\n", "data.classes", "none", `p.yaml: data.classes: stands in a form that only a person can edit`},
		{"model:\n  name: of two\n    lines\n", "model.name", "m", `p.yaml: model.name: stands in a form that only a person can edit`},
		{"model: {name: a\n}\n", "execution.runs_code", "true", `p.yaml: execution.runs_code: cannot be written without changing something else; edit the file by hand`},
	} {
		_, err := put(t, head+c.text, c.fact, c.value)
		if got := message(err); got != c.want {
			t.Errorf("%s=%s on %q: got %q, want %q", c.fact, c.value, c.text, got, c.want)
		}
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// examples are two profiles of the repository and one as JSON.
func examples(t testing.TB) map[string][]byte {
	out := map[string][]byte{"json": []byte(`{"apiVersion": "audition/v1", "kind": "AgentProfile", "metadata": {"name": "a"}, "execution": {"sandbox": {}}}`)}
	for _, file := range []string{"../../examples/lutra-ai/profile.yaml", "../../examples/orchestrator/profile.yaml"} {
		var err error
		if out[file], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestEveryFact answers every fact that an example leaves open, all of them in turn, and
// finds every comment where it was.
func TestEveryFact(t *testing.T) {
	for file, data := range examples(t) {
		before, n := comments(data), 0
		profiles, err := profile.Load(file, data)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range facts.Vocabulary(profiles[0]) {
			_, stated := profiles[0].Lookup(f.Pointer)
			answers := undisclosed.Answers(f)
			if stated || profiles[0].IsOptional(f.Pointer) || !profiles[0].Applies(f.Pointer) || len(answers) == 0 {
				continue
			}
			out, p, err := Put(file, data, []Answer{{f.Pointer, answers[0]}})
			if err != nil {
				if !strings.Contains(err.Error(), "contradict") {
					t.Error(err)
				}
				continue
			}
			n++
			got, _ := p.Lookup(f.Pointer)
			if x, y := encoded(got), encoded(answers[0]); x != y {
				t.Errorf("%s: %s: got %s, want %s", file, f.Pointer, x, y)
			}
			data = out
		}
		if after := comments(data); after != before {
			t.Errorf("%s: comments before:\n%s\nand after:\n%s", file, before, after)
		}
		if n < 20 {
			t.Errorf("%s: %d facts answered", file, n)
		}
	}
}

func encoded(v any) string {
	data, _ := json.Marshal(v)
	return string(data)
}

// comments are the lines that are one.
func comments(data []byte) (out string) {
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			out += line
		}
	}
	return out
}

// FuzzPut holds that whatever a text looks like, an answer either is in the profile that
// comes of it, or leaves an error.
func FuzzPut(f *testing.F) {
	for _, data := range examples(f) {
		f.Add(data, "/execution/sandbox/present")
	}
	f.Add([]byte(head+"# execution:\n#   sandbox:\n#     present: # b\n"), "/execution/sandbox/present")
	f.Fuzz(func(t *testing.T, data []byte, fact string) {
		if _, err := profile.Load("p.yaml", data); err != nil || !profile.IsFact(fact) {
			return
		}
		of, _ := profile.TypeOf(fact)
		value := Value(of, "true")
		out, p, err := Put("p.yaml", data, []Answer{{fact, value}})
		if err != nil {
			return
		}
		if got, _ := p.Lookup(fact); encoded(got) != encoded(value) {
			t.Errorf("got %v, want %v", got, value)
		}
		if again, _, err := Put("p.yaml", out, []Answer{{fact, value}}); err == nil && !bytes.Equal(again, out) {
			t.Errorf("said twice:\n%s\n%s", out, again)
		}
	})
}

func BenchmarkPut(b *testing.B) {
	data := examples(b)["../../examples/lutra-ai/profile.yaml"]
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Put("p.yaml", data, []Answer{{"/execution/sandbox/present", true}}); err != nil {
			b.Fatal(err)
		}
	}
}
