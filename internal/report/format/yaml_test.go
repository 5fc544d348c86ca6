package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

// tree is a value of YAML or JSON as far as both have it, with keys in order.
type tree struct {
	kind, text string
	below      []tree
}

func yamlTree(n *yaml.Node) tree {
	out := tree{kind: n.ShortTag(), text: n.Value}
	if out.kind == "!!int" || out.kind == "!!float" {
		out.kind = "number"
	}
	for _, c := range n.Content {
		out.below = append(out.below, yamlTree(c))
	}
	return out
}

func jsonTree(t *testing.T, dec *json.Decoder) tree {
	t.Helper()
	token, err := dec.Token()
	if err != nil {
		t.Fatal(err)
	}
	switch token := token.(type) {
	case json.Delim:
		out := tree{kind: "!!map"}
		if token == '[' {
			out.kind = "!!seq"
		}
		for dec.More() {
			out.below = append(out.below, jsonTree(t, dec))
		}
		if _, err := dec.Token(); err != nil {
			t.Fatal(err)
		}
		return out
	case string:
		return tree{kind: "!!str", text: token}
	case json.Number:
		return tree{kind: "number", text: token.String()}
	case bool:
		return tree{kind: "!!bool", text: map[bool]string{true: "true", false: "false"}[token]}
	}
	return tree{kind: "!!null", text: "null"}
}

// TestYAMLIsTheJSON: the same keys in the same order, every text a text, every
// number as it is written.
func TestYAMLIsTheJSON(t *testing.T) {
	all := append(reporttest.Golds(t), reporttest.Hostile(t))
	for _, s := range []string{
		"", "yes", "No", "on", "y", "true", "null", "~", "1:20", "-1_0:30.5", "010", "0x1f", "1e3", ".inf", ".nan", "9.0", "2026-01-01", "=", "<<", "- a", "a: b",
		"a #b", " a", "a ", "a\nb\n", "\ta", "'a'", `"a"`, "*a", "&a", "!a", "%a", "@a", "`a", "{a", "[a", "a,b", "|", ">", "?", ":", "…", "\U000e0041", "\ufeff", strings.Repeat("long ", 200),
	} {
		v := reporttest.Copied(t, all[0])
		v.Subject.Title = s
		all = append(all, v)
	}
	got := reporttest.PrintIn(t, YAML, print.Options{}, all...)
	dec := yaml.NewDecoder(bytes.NewReader(got))
	for _, v := range all {
		var doc yaml.Node
		if err := dec.Decode(&doc); err != nil {
			t.Fatal(err)
		}
		want := json.NewDecoder(bytes.NewReader(reporttest.PrintIn(t, JSON, print.Options{}, v)))
		want.UseNumber()
		if x, y := yamlTree(doc.Content[0]), jsonTree(t, want); !reflect.DeepEqual(x, y) {
			t.Errorf("%s, title %q: the YAML differs from the JSON", v.Subject.Name, v.Subject.Title)
		}
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		t.Errorf("more documents than verdicts: %v", err)
	}
	for _, want := range []string{`title: "yes"`, `title: "1:20"`, `title: "2026-01-01"`, `title: "9.0"`, "\n---\n", "\n  low: 2.6\n", "\n  mitigation_factor: 1.0\n"} {
		if !bytes.Contains(got, []byte(want)) {
			t.Errorf("no %q", want)
		}
	}
}

// TestYAMLIsReadAgain: one YAML verdict is a verdict.
func TestYAMLIsReadAgain(t *testing.T) {
	v := reporttest.Golds(t)[3]
	read, err := verdict.Read("v.yaml", reporttest.PrintIn(t, YAML, print.Options{}, v))
	if err != nil {
		t.Fatal(err)
	}
	if want, got := reporttest.PrintIn(t, JSON, print.Options{}, v), reporttest.PrintIn(t, JSON, print.Options{}, read...); !bytes.Equal(want, got) {
		t.Error("another verdict than was written")
	}
}

func TestNDJSONIsOneVerdictALine(t *testing.T) {
	all := append(reporttest.Golds(t), reporttest.Hostile(t))
	lines := strings.Split(strings.TrimSuffix(string(reporttest.PrintIn(t, NDJSON, print.Options{}, all...)), "\n"), "\n")
	if len(lines) != len(all) {
		t.Fatalf("%d lines for %d verdicts", len(lines), len(all))
	}
	for i, line := range lines {
		read, err := verdict.Read("line", []byte(line))
		if err != nil {
			t.Fatal(err)
		}
		if want, got := reporttest.PrintIn(t, JSON, print.Options{}, all[i]), reporttest.PrintIn(t, JSON, print.Options{}, read...); !bytes.Equal(want, got) {
			t.Errorf("line %d is another verdict", i+1)
		}
	}
}

// TestJSONShowsWhatIsHidden: as an escape, which means the same.
func TestJSONShowsWhatIsHidden(t *testing.T) {
	v := reporttest.Copied(t, reporttest.Golds(t)[0])
	v.Subject.Title = "a\u202eb\u009bc\x7fd\U000e0041e\u00a0é\U0001f600"
	got := reporttest.PrintIn(t, JSON, print.Options{}, v)
	if want := `a\u202eb\u009bc\u007fd\udb40\udc41e\u00a0é😀`; !bytes.Contains(got, []byte(want)) {
		t.Errorf("no %s", want)
	}
	if read, err := verdict.Read("v", got); err != nil || read[0].Subject.Title != v.Subject.Title {
		t.Errorf("another title is read, %v", err)
	}
}
