package draft

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/origin"
)

// TestCredential: where a credential is kept follows from its name and value, and the
// value is in nothing that comes out.
func TestCredential(t *testing.T) {
	for _, c := range []struct{ name, value, storage, kind string }{
		{"API_KEY", "9f8e7d6c5b4a", "config", "secret"},
		{"apiKey", "9f8e7d6c5b4a", "config", "secret"},
		{"Authorization", "Bearer 9f8e7d6c5b4a", "config", "secret"},
		{"DATABASE_URL", "postgres://app:pa55word@db.example.com/app", "config", "secret"},
		{"ANYTHING", "ghp_0123456789abcdefghij0123456789abcdef", "config", "secret"},
		{"PAGER", "sk-proj-0123456789abcdef", "config", "secret"},
		{"TOKEN", "${TOKEN:-sk-proj-0123456789abcdef}", "config", "secret"},
		{"PGPASSWORD", "$PGPASSWORD", "", ""}, // a name of one word is not looked into
		{"DB_PASSWORD", "$DB_PASSWORD", "env", ""},
		{"X-API-Key", "${env:KEY}", "env", ""},
		{"SECRET", "%SECRET%", "env", ""},
		{"SECRET", "op://vault/item/field", "env", ""},
		{"Authorization", "Bearer ${input:token}", "encrypted_store", ""},
		{"GITHUB_TOKEN", "<your token>", "", "open"},
		{"GITHUB_TOKEN", "YOUR_TOKEN_HERE", "", "open"},
		{"GITHUB_TOKEN", "xxxxxxxx", "", "open"},
		{"GITHUB_TOKEN", "", "", ""},
		{"MAX_OUTPUT_TOKENS", "8000", "", ""},
		{"max_token", "8000", "", ""},
		{"AWS_ACCESS_KEY_ID", "abc", "", ""},
		{"TOKEN_PATH", "/etc/token", "", ""},
		{"KEYBOARD", "de", "", ""},
		{"MONKEY", "see", "", ""},
		{"STRIPE_PUBLIC_KEY", "pk_live_0123", "", ""},
		{"URL", "https://example.com/a:b@c", "", ""},
	} {
		d := Input{File: File{Name: "f"}, Catalogue: nothing{}}.New("f", "f")
		n := Root(document.Assemble("f", map[string]any{c.name: c.value}, nil)).Get(c.name)
		d.Credential(c.name, n)
		d.Name("a", Node{})
		doc, from := d.Finish()
		storage, _ := doc.Lookup([]string{"secrets", "storage"}).(string)
		kind := origin.Kind("")
		for _, note := range from.Notes {
			kind = note.Kind
		}
		if storage != c.storage || string(kind) != c.kind {
			t.Errorf("%s=%s: got %q %q, want %q %q", c.name, c.value, storage, kind, c.storage, c.kind)
		}
		out, err := json.Marshal([]any{doc.Root, from})
		if err != nil || len(c.value) > 8 && strings.Contains(string(out), c.value) {
			t.Errorf("%s: the value is in what comes out, %v", c.name, err)
		}
	}
}

// TestFrontMatter: places are those of the file, and what is no YAML is read as hosts
// read it.
func TestFrontMatter(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":            {"---\na: 1\nb: [x]\n---\ntext", `{"a":1,"b":["x"]} 5:text`},
		"CRLF":             {"---\r\na: x\r\n---\r\ntext\r\n", `{"a":"x"} 4:text`},
		"a colon":          {"---\na: Use it: always\nb: \"q\"\nc: it's\n---\n", `{"a":"Use it: always","b":"q","c":"it's"} 6:`},
		"a star":           {"---\ntools: *\n---\n", `{"tools":"*"} 4:`},
		"nothing in it":    {"---\n---\ntext", `{} 3:text`},
		"nothing after it": {"---\na: 1\n---", `{"a":1} 3:`},
		"none":             {"text\n---\na: 1\n---\n", "none"},
		"not ended":        {"---\na: 1\n", "none"},
		"broken":           {"---\na: [\n---\n", "f.md:"},
	} {
		doc, body, ok, err := File{Name: "f.md", Data: []byte(c.in)}.FrontMatter()
		got := "none"
		switch {
		case err != nil:
			got = err.Error()[:5]
		case ok:
			text, _ := json.Marshal(doc.Root)
			first := body[0].place()
			got = string(text) + " " + string(rune('0'+first.Line)) + ":" + body[0].Text()
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// nothing knows no tool.
type nothing struct{}

func (nothing) Tools(string) []Entry              { return nil }
func (nothing) Tool(string, string) (Entry, bool) { return Entry{}, false }
func (nothing) Server(string) (Entry, bool)       { return Entry{}, false }
func (nothing) Own() (File, bool)                 { return File{}, false }
