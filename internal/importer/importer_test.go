package importer

import "testing"

// TestHome: a descriptor belongs to the project that has the tool's own directory, and
// what only lies below a directory of that name to its own.
func TestHome(t *testing.T) {
	for name, want := range map[string]string{
		".claude/settings.json":           "",
		"a/.claude/agents/b/c.md":         "a",
		"a/agents/c.md":                   "a",
		"a/.codex/config.toml":            "a",
		"a/.codex/agents/c.toml":          "a",
		".codex/agents/c.toml":            "",
		"skills/s/SKILL.md":               "",
		"skills/s/.mcp.json":              "skills/s",
		"a/agents/notes.txt":              "a/agents",
		"/home/a/.codex/config.toml":      "/home/a",
		"/home/a/b/.claude/settings.json": "/home/a/b",
		"mcp.json":                        "",
	} {
		if got := Home(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
