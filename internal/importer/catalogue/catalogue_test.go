package catalogue

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/profile"
)

// TestBuiltin: the table says what a profile can say, and knows what it names.
func TestBuiltin(t *testing.T) {
	table := Builtin()
	if len(table.Servers) < 20 || len(table.Tools("claude-code")) < 5 {
		t.Fatalf("%d servers", len(table.Servers))
	}
	words := func(pointer string) []string {
		of, ok := profile.TypeOf(pointer)
		if !ok {
			t.Fatal(pointer)
		}
		return append(of.Values, of.Items...)
	}
	check := func(e draft.Entry) {
		for pointer, values := range map[string][]string{
			"/tools/*/kind": {e.Kind}, "/tools/*/access": e.Access, "/tools/*/audience": {e.Audience}, "/data/ingress": e.Ingress, "/data/classes": e.Classes,
		} {
			for _, v := range values {
				if v != "" && !slices.Contains(words(pointer), v) {
					t.Errorf("%v %v: %s is no %s", e.Names, e.Is, v, pointer)
				}
			}
		}
	}
	for _, e := range table.Servers {
		check(e)
		for _, is := range e.Is {
			if found, ok := table.Server(is); !ok || !slices.Equal(found.Is, e.Is) {
				t.Errorf("%s is not found", is)
			}
		}
	}
	for _, h := range table.Hosts {
		for _, e := range h.Tools {
			check(e)
			for _, name := range slices.Concat(e.Names, e.Was) {
				if _, ok := table.Tool(h.Host, name); !ok {
					t.Errorf("%s is not found", name)
				}
			}
		}
	}
}

func TestServer(t *testing.T) {
	for is, want := range map[string]bool{
		"url:mcp.linear.app/mcp": true, "url:mcp.linear.app/mcp/": true, "url:mcp.linear.app/mcp/x": true, "url:mcp.linear.app/mcpx": false, "url:mcp.linear.app": false,
		"url:mcp.linear.app.evil.example/mcp": false, "package:mcp-server-git": true, "package:mcp-server-gi": false, "package:": false, "": false, "package:mcp-server-git/x": false,
	} {
		if _, ok := Builtin().Server(is); ok != want {
			t.Errorf("%q: got %v", is, ok)
		}
	}
}

func TestParseIsStrict(t *testing.T) {
	data, err := os.ReadFile("../../../policies/tools.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{"kind: shell", "kind: shel", `unknown value "shel", did you mean "shell"?`},
		{"audience: external", "audiance: external", `unknown field, did you mean "audience"?`},
		{"names: [Bash]", "names: [Read]", "Read stands twice"},
		{"package:mcp-server-fetch", "package:mcp-server-git", "package:mcp-server-git stands twice"},
	} {
		_, err := Parse("tools.yaml", []byte(strings.Replace(string(data), c.old, c.new, 1)))
		if err == nil || !strings.HasPrefix(err.Error(), "tools.yaml:") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", c.new, err)
		}
	}
}

// TestOwn: what an organisation says of a host or a server stands above what everybody
// knows, and only of that.
func TestOwn(t *testing.T) {
	own, err := Read("tools.yaml", []byte(`as_of: "2026-11-27"
hosts:
  - {host: gemini-cli, source: "https://acme.example", publisher: Acme, tools: [{names: [till], kind: payment}]}
servers:
  - {id: git, source: "https://acme.example", is: ["package:mcp-server-git"], kind: saas, party: own}
`))
	if err != nil {
		t.Fatal(err)
	}
	if f, ok := own.Own(); !ok || f.Name != "tools.yaml" {
		t.Errorf("own: %v %v", f.Name, ok)
	}
	if _, ok := Builtin().Own(); ok {
		t.Error("the builtin table is nobody's own")
	}
	if tools := own.Tools("gemini-cli"); len(tools) != 1 || tools[0].Publisher != "Acme" {
		t.Errorf("host: %+v", tools)
	}
	if _, ok := own.Tool("gemini-cli", "run_shell_command"); ok {
		t.Error("a host of its own has other tools")
	}
	if _, ok := own.Tool("claude-code", "Bash"); !ok || len(own.Tools("claude-code")) != len(Builtin().Tools("claude-code")) {
		t.Error("another host has lost its tools")
	}
	if e, _ := own.Server("package:mcp-server-git"); e.Party != "own" || e.Kind != "saas" {
		t.Errorf("server: %+v", e)
	}
	if _, ok := own.Server("url:https://mcp.linear.app"); ok {
		t.Error("knows what nobody knows")
	}
	if want, ok := Builtin().Server("url:mcp.linear.app/mcp"); ok {
		if got, _ := own.Server("url:mcp.linear.app/mcp"); got.Publisher != want.Publisher {
			t.Errorf("got %+v, want %+v", got, want)
		}
	} else {
		t.Error("the builtin table has another name for Linear")
	}
}
