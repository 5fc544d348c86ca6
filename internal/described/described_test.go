package described

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/profile"
)

const settings = `{"permissions": {"defaultMode": "bypassPermissions", "allow": ["Bash"]}, "sandbox": {"enabled": false}}`

// files is a project.
type files map[string]string

func (f files) open(name string) (draft.Input, bool, error) {
	data, ok := f[name]
	in := draft.Input{File: draft.File{Name: name, Data: []byte(data)}, Catalogue: catalogue.Builtin()}
	in.Beside = func(below string) ([]byte, bool, error) {
		data, ok := f[below]
		return []byte(data), ok, nil
	}
	return in, ok, nil
}

func complete(t *testing.T, f files, text string) (*profile.Profile, error) {
	t.Helper()
	p, err := profile.Load("p.yaml", []byte("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a}\n"+text))
	if err != nil {
		t.Fatal(err)
	}
	return Complete(p[0], f.open)
}

// TestWords: what a descriptor only claims does not count against what is configured,
// whichever is named first, and neither passes over the other in silence.
func TestWords(t *testing.T) {
	project := files{
		"card.json": `{"protocolVersion": "0.3.0", "name": "a", "description": "d", "url": "https://a.example", "version": "1", "capabilities": {}, "skills": [],
"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "k"}}, "security": [{"key": []}]}`,
	}
	configured := fmt.Sprintf("evidence: {sources: {s: {kind: configuration, assurance: documented, digest: sha256:%064d}}, default: s}\n", 0)
	for _, c := range []struct{ name, text, value, differ string }{
		{"the same", configured + "identity: {caller_auth: true}\n", "true", ""},
		{"refuted", configured + "identity: {caller_auth: false}\n", "false", "/identity/caller_auth true [p.yaml:6 says false card.json:2 says true], /identity/caller_auth_by true [p.yaml: api_key contradicts identity.caller_auth: false (line 6) card.json:2 says [\"api_key\"]]"},
		{"a word against a word", "identity: {caller_auth: false}\n", "false", "/identity/caller_auth false [p.yaml:5 says false card.json:2 says true], /identity/caller_auth_by true [p.yaml: api_key contradicts identity.caller_auth: false (line 5) card.json:2 says [\"api_key\"]]"},
	} {
		p, err := complete(t, project, "describes: [card.json]\n"+c.text)
		if err != nil {
			t.Fatal(c.name, err)
		}
		if v, _ := p.Lookup("/identity/caller_auth"); fmt.Sprint(v) != c.value {
			t.Errorf("%s: %v, want %s", c.name, v, c.value)
		}
		var differ []string
		for _, d := range p.Origin.Contradictions {
			differ = append(differ, fmt.Sprint(d.Fact, " ", d.Favours, " ", d.Said))
		}
		if got := strings.Join(differ, ", "); got != c.differ {
			t.Errorf("%s: got %s, want %s", c.name, got, c.differ)
		}
	}
	// What is known of a tool by its name is inferred: whoever has the tool may know better.
	project[".mcp.json"] = `{"mcpServers": {"git": {"command": "uvx", "args": ["mcp-server-git"]}}}`
	p, err := complete(t, project, "describes: [.mcp.json]\ntools: [{id: git, kind: saas}]\n")
	if err != nil || p.Facts.Tools.Items[0].Kind.Value != "saas" || len(p.Origin.Contradictions) > 0 {
		t.Errorf("inferred: %+v, %v", p.Origin.Contradictions, err)
	}
}

func TestComplete(t *testing.T) {
	const describes = "describes: [.claude/settings.json]\n"
	for _, c := range []struct {
		name, text string
		facts      string // pointers and values, and where they stand
		differ     string
	}{
		{
			"what only the descriptor says", describes,
			"/execution/runs_code true .claude/settings.json:1, /oversight/approval never .claude/settings.json:1", "",
		},
		{
			"what both say", describes + "oversight: {approval: never}\n",
			"/oversight/approval never .claude/settings.json:1", "",
		},
		{
			"what only the profile says", describes + "oversight: {stop: true}\n",
			"/oversight/stop true p.yaml:5", "",
		},
		{
			"in its favour", describes + "oversight:\n  approval: always\n",
			"/oversight/approval never .claude/settings.json:1",
			"/oversight/approval true [p.yaml:6 says always .claude/settings.json:1 says never]",
		},
		{
			"what may be off is configured", describes + "execution: {sandbox: {present: optional}}\n",
			"/execution/sandbox/present false .claude/settings.json:1", "",
		},
		{
			"a tool by its name", describes + "tools: [{id: mine}, {id: Bash, reversible: true}]\n",
			"/tools/1/kind shell .claude/settings.json:1, /tools/1/reversible true p.yaml:5, /tools/0/id mine p.yaml:5", "",
		},
		{
			"tools that are not all", describes + "tools: [{id: mine}]\ntools_complete: true\n",
			"/tools/1/id Bash .claude/settings.json:1, /tools_complete <nil> p.yaml:6",
			"/tools true [p.yaml:5 says 1 in all .claude/settings.json:1 says 8 in all]",
		},
		{
			"words that are not all", describes + "data: {ingress: [email], ingress_complete: true, classes: [hr]}\n",
			"/data/ingress [email] p.yaml:5, /data/classes [hr source_code] p.yaml:5, /data/classes/1 source_code .claude/settings.json:1", "", // what a tool is known for is no setting
		},
		{
			"what cannot be beside it", describes + "execution: {sandbox: {kind: vm}, runs_code: false}\n",
			"/execution/sandbox/kind <nil> p.yaml:5, /execution/sandbox/present false .claude/settings.json:1, /execution/runs_code true .claude/settings.json:1",
			"/execution/runs_code true [p.yaml:5 says false .claude/settings.json:1 says true], " +
				"/execution/sandbox/kind true [p.yaml:5 says vm .claude/settings.json: vm contradicts execution.sandbox.present: false (line 1)]",
		},
		{
			"what it had from the file", describes + `oversight:
  approval: always
  stop: true
evidence:
  default: .claude/settings.json
  sources: {.claude/settings.json: {kind: configuration, url: .claude/settings.json, digest: "sha256:` + strings.Repeat("0", 64) + `"}}
`,
			"/oversight/approval never .claude/settings.json:1, /oversight/stop <nil> p.yaml:7",
			"/oversight/approval true [p.yaml:6 says always .claude/settings.json:1 says never], " +
				"/oversight/stop true [p.yaml:7 says true .claude/settings.json says nothing of it any more]",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := complete(t, files{".claude/settings.json": settings}, c.text)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range strings.Split(c.facts, ", ") {
				pointer, _, _ := strings.Cut(want, " ")
				v, _ := p.Lookup(pointer)
				at := placeOf(p, pointer)
				if got := fmt.Sprintf("%s %v %s:%d", pointer, v, at.Source, at.Line); got != want {
					t.Errorf("got  %s\nwant %s", got, want)
				}
			}
			var differ []string
			for _, d := range p.Origin.Contradictions {
				differ = append(differ, fmt.Sprint(d.Fact, " ", d.Favours, " ", d.Said))
			}
			if got := strings.Join(differ, ", "); got != c.differ {
				t.Errorf("got  %s\nwant %s", got, c.differ)
			}
		})
	}
}

// TestChanged: a file is told once that is not the one the profile was made of.
func TestChanged(t *testing.T) {
	p, err := complete(t, files{".claude/settings.json": settings}, `describes: [.claude/settings.json]
oversight: {approval: never}
evidence:
  default: a
  sources:
    a: {kind: configuration, url: .claude/settings.json, digest: "sha256:`+strings.Repeat("0", 64)+`"}
    b: {kind: catalogue, url: .claude/settings.json, digest: "sha256:`+strings.Repeat("0", 64)+`"}
`)
	if err != nil {
		t.Fatal(err)
	}
	told := p.Origin.Told()
	if len(told) != 1 || fmt.Sprint(told[0]) != "{changed p.yaml 9 58 .claude/settings.json is not the file any more that the profile was made of}" {
		t.Errorf("%v", told)
	}
}

// TestSeveral: descriptors are read one after the other, and what is a part of another
// with that.
func TestSeveral(t *testing.T) {
	project := files{
		".claude/settings.json": settings,
		".mcp.json":             `{"mcpServers": {"github": {"url": "https://example.com/mcp"}}}`,
		"card.json":             `{"protocolVersion": "0.3.0", "name": "a", "description": "d", "url": "https://a.example", "version": "1", "capabilities": {}, "skills": [], "defaultInputModes": [], "defaultOutputModes": []}`,
	}
	p, err := complete(t, project, "describes: [.mcp.json, card.json, .claude/settings.json]\n")
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]int{}
	for _, f := range p.Origin.Files {
		read[f.Source]++
	}
	if got := slices.Sorted(maps.Keys(read)); fmt.Sprint(got) != "[.claude/settings.json .mcp.json card.json]" || read[".mcp.json"] != 1 {
		t.Errorf("%v", read)
	}
}

func TestUnreadable(t *testing.T) {
	project := files{
		"crew.yaml": "plain: text\n",
		"two.yaml":  "apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata: {name: x}\nspec: {type: Declarative}\n---\napiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata: {name: y}\nspec: {type: Declarative}\n",
	}
	for text, want := range map[string]string{
		"describes: [nosuch.json]\n":         "p.yaml:4:13: describes[0]: nosuch.json: there is no such file",
		"describes:\n  - crew.yaml\n":        "p.yaml:5:5: describes[0]: crew.yaml: describes no agent, expected a descriptor such as .mcp.json",
		"describes: [two.yaml]\n":            "p.yaml:4:13: describes[0]: two.yaml: describes several agents, none of which is called \"a\", expected one of kagent/x, kagent/y",
		"describes: [crew.yaml, two.yaml]\n": "p.yaml:4:13: describes[0]: crew.yaml: describes no agent, expected a descriptor such as .mcp.json",
	} {
		if _, err := complete(t, project, text); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	p, err := profile.Load("-", []byte("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a}\ndescribes: [two.yaml]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Complete(p[0], nil); err == nil || err.Error() != "-:4:13: describes[0]: two.yaml: expected a profile in a file, standard input stands beside none" {
		t.Error(err)
	}
}
