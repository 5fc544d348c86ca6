package find

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
)

const agent = "apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a}\n"

// tree writes files into a new working directory and returns its names.
func tree(t *testing.T, files map[string]string) From {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(text), 0o644))
	}
	t.Chdir(dir)
	names, err := file.Here()
	must(t, err)
	return From{Tree: names}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func names(inputs []Input) string {
	var out []string
	for _, in := range inputs {
		out = append(out, in.Name)
	}
	return strings.Join(out, " ")
}

// TestSpelling: a profile is found however its kind is written, as the reader of
// profiles reads it, and what is only nearly one is an error.
func TestSpelling(t *testing.T) {
	const head = "apiVersion: audition/v1\n"
	const tail = "metadata: {name: a}\n"
	utf16 := func(s string) string {
		out := "\xff\xfe"
		for _, b := range []byte(s) {
			out += string([]byte{b, 0})
		}
		return out
	}
	for name, c := range map[string]struct {
		file, text, want string // want is found, passed, or a part of an error
	}{
		"plain":              {"a.yaml", agent, "found"},
		"flow":               {"a.yaml", "{apiVersion: audition/v1, metadata: {name: a}, kind: AgentProfile}", "found"},
		"quoted":             {"a.yaml", head + "kind: 'AgentProfile'\n" + tail, "found"},
		"quoted key":         {"a.yaml", head + "'kind': AgentProfile\n" + tail, "found"},
		"escaped":            {"a.yaml", head + `kind: "\u0041gent` + `\x50rofile"` + "\n" + tail, "found"},
		"tag":                {"a.yaml", head + "kind: !!str AgentProfile\n" + tail, "found"},
		"anchor":             {"a.yaml", head + "x-k: &k AgentProfile\nkind: *k\n" + tail, "found"},
		"comment":            {"a.yaml", head + "kind: # of it\n  AgentProfile\n" + tail, "found"},
		"BOM":                {"a.yaml", "\ufeff" + agent, "found"},
		"CR":                 {"a.yaml", strings.ReplaceAll(agent, "\n", "\r"), "found"},
		"CRLF":               {"a.yml", strings.ReplaceAll(agent, "\n", "\r\n"), "found"},
		"upper case":         {"a.YAML", agent, "found"},
		"JSON":               {"a.Json", `{"apiVersion":"audition/v1","\u006bind":"\u0041gentProfile","metadata":{"name":"a"}}`, "found"},
		"UTF-16":             {"a.yaml", utf16(agent), "found"}, // and then refused
		"the second":         {"a.yaml", "a: 1\n---\n" + agent, "found"},
		"does not parse":     {"a.yaml", agent + "\tx: [", "found"},
		"too large":          {"a.yaml", agent + "#" + strings.Repeat("x", 4<<20), "found"},
		"by its name":        {"my.agent.yaml", "a: 1", "found"},
		"other":              {"a.yaml", "kind: Deployment\napiVersion: v1\n", "passed"},
		"about agents":       {"a.yaml", "kind: Agent\napiVersion: example.com/v1\n", "passed"},
		"ours":               {"a.yaml", head + "kind: Configuration\n", "passed"},
		"talks of it":        {"a.yaml", "text: kind AgentProfile\n", "passed"},
		"broken, other":      {"a.yaml", "agent: [", "passed"},
		"other name":         {"a.txt", agent, "nothing"},
		"misspelt":           {"a.yaml", head + "kind: AgentProfle\n" + tail, `a.yaml:2:1: kind: unknown kind "AgentProfle", did you mean "AgentProfile"?`},
		"misspelt, no head":  {"a.yaml", "kind: agentprofile\n" + tail, `unknown kind "agentprofile", did you mean "AgentProfile"?`},
		"unknown":            {"a.yaml", head + "kind: Robot\n", `unknown kind "Robot", expected one of AgentProfile, `},
		"no kind":            {"a.yaml", head + tail, "a.yaml:1:1: expected kind: AgentProfile"},
		"no apiVersion":      {"a.yaml", "kind: AgentProfile\n" + tail, "found"},
		"another apiVersion": {"a.yaml", "apiVersion: audition/v2\nkind: AgentProfile\n", "found"},
	} {
		t.Run(name, func(t *testing.T) {
			inputs, notes, err := Inputs(context.Background(), tree(t, map[string]string{c.file: c.text}), []string{"."})
			got := "nothing"
			switch {
			case len(inputs) == 1 && inputs[0].Err != nil:
				got = inputs[0].Err.Error()
			case len(inputs) == 1:
				got = "found"
			case fault.KindOf(err) == fault.Open:
				got = err.Error()
			case notes.Passed == 1:
				got = "passed"
			}
			if !strings.Contains(got, c.want) {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestInputs(t *testing.T) {
	files := tree(t, map[string]string{
		"agents/b.yaml": agent, "agents/deep/a.json": agent, "agents/.hidden/c.yaml": agent, "agents/values.yaml": "a: 1",
		"empty/values.yaml": "a: 1", "other.yaml": agent,
	})
	for _, c := range []struct{ args, want, empty string }{
		{"agents", "agents/b.yaml agents/deep/a.json", ""},
		{"agents/deep agents other.yaml ./agents/b.yaml", "agents/deep/a.json agents/b.yaml other.yaml", ""},
		{"agents/.hidden", "agents/.hidden/c.yaml", ""},
		{"agents/*.yaml", "agents/b.yaml agents/values.yaml", ""},
		{"agents empty", "agents/b.yaml agents/deep/a.json", "empty"},
		{"-", "-", ""},
	} {
		inputs, notes, err := Inputs(context.Background(), files, strings.Fields(c.args))
		if got := names(inputs); err != nil || got != c.want || strings.Join(notes.Empty, " ") != c.empty {
			t.Errorf("%s: %s, %v, %v", c.args, got, notes.Empty, err)
		}
	}
	for arg, want := range map[string]string{
		"nosuch": "nosuch: no such file or directory", "no/*.yaml": "no/*.yaml: matches no file", "[.yaml": "[.yaml: expected a pattern such as agents/*.yaml, syntax error in pattern",
		"empty": "empty: nothing to evaluate, expected a file with kind: AgentProfile or a descriptor such as .mcp.json",
	} {
		_, _, err := Inputs(context.Background(), files, []string{arg})
		if kind := fault.KindOf(err); err == nil || err.Error() != want || (kind == fault.Empty) != (arg == "empty") {
			t.Errorf("%s: %v, %v", arg, err, kind)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Inputs(ctx, files, []string{"agents"}); fault.KindOf(err) != fault.Open {
		t.Error(err)
	}
}

// TestLinks are followed once, within the tree.
func TestLinks(t *testing.T) {
	files := tree(t, map[string]string{"real/a.yaml": agent, "agents/b.yaml": agent})
	outside := filepath.Join(t.TempDir(), "x.yaml")
	must(t, os.WriteFile(outside, []byte(agent), 0o644))
	for name, target := range map[string]string{
		"agents/linked": "../real", "agents/again.yaml": "../real", "agents/loop": "..", "link": "real", "agents/.dot": "../real",
		"agents/out": filepath.Dir(outside),
	} {
		must(t, os.Symlink(target, name))
	}
	inputs, notes, err := Inputs(context.Background(), files, []string{"agents", "link", "link/"})
	if got := names(inputs); err != nil || got != "agents/again.yaml/a.yaml agents/b.yaml" {
		t.Errorf("%s, %v", got, err)
	}
	if got := strings.Join(notes.Unfollowed, " "); got != "agents/out" {
		t.Errorf("not followed: %s", got)
	}
	for target, want := range map[string]string{outside: "a link that leads out of ., expected a file in it", "gone": "no such file or directory"} {
		must(t, os.Symlink(target, "agents/z.yaml"))
		inputs, _, err := Inputs(context.Background(), files, []string{"agents"})
		last := inputs[len(inputs)-1]
		if _, errZ := last.Profiles(context.Background(), nil); err != nil || len(inputs) != 3 || fault.KindOf(errZ) != fault.Open || errZ.Error() != "agents/z.yaml: "+want {
			t.Errorf("%v, %v, want %s", inputs, err, want)
		}
		must(t, os.Remove("agents/z.yaml"))
	}
}
