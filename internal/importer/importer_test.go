package importer

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
)

func TestFormats(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Formats() {
		if f.ID == "" || f.Title == "" || f.Is == nil || f.Read == nil || len(f.Marks)+len(f.Paths) == 0 || seen[f.ID] {
			t.Errorf("%q, %q", f.ID, f.Title)
		}
		seen[f.ID] = true
	}
}

func TestHome(t *testing.T) {
	for name, want := range map[string]string{
		".claude/settings.json": "", "a/.claude/agents/b/c.md": "a", "a/agents/c.md": "a", "a/.codex/config.toml": "a",
		"a/.codex/agents/c.toml": "a", ".codex/agents/c.toml": "", "skills/s/SKILL.md": "", "skills/s/.mcp.json": "skills/s",
		"a/agents/notes.txt": "a/agents", "/home/a/.codex/config.toml": "/home/a", "/home/a/b/.claude/settings.json": "/home/a/b", "mcp.json": "",
		"a/b/.claude/settings.json": "a/b", "/x/.cursor/worktrees/r/.mcp.json": "/x/.cursor/worktrees/r", "../.claude/agents/a/b.md": "..", ".claude/agents/agents/x.md": "",
		"plugins/p/agents/x.md": "plugins/p", "plugins/p/skills/s/SKILL.md": "plugins/p", ".claude/skills/s/SKILL.md": "", "a/SKILL.md": "a",
		"x.json": "", "a/x.json": "a", "-": "", "a/.claude-plugin/plugin.json": "a",
	} {
		if got := Home(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestKept(t *testing.T) {
	for name, want := range map[string]bool{
		".claude/settings.json": true, "a/.claude/settings.local.json": true, ".claude/other.json": false, "settings.json": false, ".mcp.json": true, "a/b/.mcp.json": true, "mcp.json": false,
		".claude/agents/a.md": true, ".claude/agents/a/b.md": true, "agents/a.md": true, "a.md": false, "x/SKILL.md": true, ".vscode/mcp.json": true, ".vscode/settings.json": false,
	} {
		if got := Kept(name); got != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	for base, want := range map[string]bool{".claude": true, ".cursor": true, ".git": false, "agents": true, ".mcp.json": false, ".claud": false} {
		if got := Directory(base); got != want {
			t.Errorf("%s: got %v", base, got)
		}
	}
}

// TestOf: a document of ours is no descriptor, and neither is what only mentions words
// that descriptors have.
func TestOf(t *testing.T) {
	ours, err := filepath.Glob("../../examples/*/[a-z]*.*")
	if err != nil || len(ours) < 10 {
		t.Fatalf("%d examples, %v", len(ours), err)
	}
	for _, name := range ours {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if f, ok := Of(draft.File{Name: name, Data: data}); ok {
			t.Errorf("%s: %s", name, f.ID)
		}
	}
	for name, c := range map[string]struct{ name, data, want string }{
		"servers by shape":       {"x.json", `{"mcpServers": {"a": {"command": "a"}}}`, "mcp-config"},
		"YAML too":               {"x.yaml", "mcpServers: {a: {url: https://a.example.com}}", "mcp-config"},
		"settings by shape":      {"x.json", `{"permissions": {"allow": ["Bash"]}}`, "claude-settings"},
		"broken where it stands": {".mcp.json", `{"mcpServers"`, "mcp-config"},
		"broken elsewhere":       {"x.json", `{"mcpServers"`, ""},
		"a profile":              {"x.yaml", "apiVersion: audition/v1\nmcpServers: {a: {command: a}}", ""},
		"a lock file":            {"x.json", `{"packages": {"a": {}}, "name": "a", "version": "1"}`, ""},
		"AsyncAPI":               {"x.yaml", "asyncapi: 3.0.0\n\"servers\": {a: {url: https://a.example.com, protocol: mqtt}}", ""},
		"a web server":           {"x.json", `{"servers": [{"url": "https://example.com"}]}`, ""},
		"permissions of others":  {"x.json", `{"permissions": ["read"]}`, ""},
		"a skill by its name":    {"04.SKILL.md", "---\nname: a\ndescription: b\n---\n", "agent-skill"},
		"a page":                 {"x.md", "---\ntitle: a\ndescription: b\n---\n", ""},
		"a plugin":               {".claude-plugin/plugin.json", `{"name": "a", "mcpServers": {}}`, "claude-plugin"},
	} {
		f, _ := Of(draft.File{Name: c.name, Data: []byte(c.data)})
		if f.ID != c.want {
			t.Errorf("%s: got %q, want %q", name, f.ID, c.want)
		}
	}
}

// BenchmarkLoad reads a project with settings and servers, and a file that is none.
func BenchmarkLoad(b *testing.B) {
	read := func(name string) []byte {
		data, err := os.ReadFile("../../examples/claude-project/" + name)
		if err != nil {
			b.Fatal(err)
		}
		return data
	}
	in := draft.Input{
		Catalogue: catalogue.Builtin(),
		File:      draft.File{Name: ".claude/settings.json", Data: read(".claude/settings.json")},
		Beside:    func(below string) ([]byte, bool, error) { return read(".mcp.json"), below == ".mcp.json", nil },
	}
	b.Run("settings", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if profiles, err := Load(in); err != nil || len(profiles) != 1 {
				b.Fatal(err)
			}
		}
	})
	none := draft.File{Name: "package.json", Data: []byte(`{"name": "a", "version": "1.0.0", "dependencies": {"b": "^1.0.0"}}`)}
	b.Run("none", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, ok := Of(none); ok {
				b.Fatal("a descriptor")
			}
		}
	})
}

// TestMatcher: many goroutines can ask what nobody has asked before.
func TestMatcher(t *testing.T) {
	for range 100 {
		m := newMatcher([]string{".claude/agents/**/*.md", "**/.claude/agents/**/*.md", "*.agent.md"})
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for name, want := range map[string]bool{"a/.claude/agents/b/c.md": true, "x.agent.md": true, "c.md": false} {
					if got := m.matches(name); got != want {
						t.Errorf("%s: %t", name, got)
					}
				}
			})
		}
		wg.Wait()
	}
}
