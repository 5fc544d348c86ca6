package claude

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of skills: https://agentskills.io/specification, and what Claude Code
// reads beyond that.
const (
	SkillID    = "agent-skill"
	SkillTitle = "a skill"
)

func isSkillName(name string) bool {
	base := path.Base(name)
	return base == "SKILL.md" || strings.HasSuffix(base, ".SKILL.md")
}

// IsSkill tells whether front matter is that of a skill.
func IsSkill(name string, root draft.Node) bool {
	return isSkillName(name) && (root.Get("name").Text() != "" || root.Get("description").Text() != "")
}

// skillKeys are the keys of a skill, and why nothing follows from some.
var skillKeys = map[string]string{
	"name": "", "description": "", "allowed-tools": "", "license": "", "metadata": "", "hooks": "",
	"disallowed-tools": "tools that the agent does without while it follows the skill", "compatibility": "words", "when_to_use": "words", "argument-hint": "words", "arguments": "nothing of a profile",
	"model": "the model that the agent is to use meanwhile", "effort": "how much the agent thinks", "context": "where it runs", "agent": "where it runs", "paths": "when it is loaded",
	"shell": "nothing of a profile", "user-invocable": "who can load it", "disable-model-invocation": "who can load it", "version": "",
}

// inline is a command in the text of a skill that the host runs when it loads it.
var inline = regexp.MustCompile("!`[^`]+`|^```!")

// Skill reads a skill. That it names tools allows these without asking, and leaves the
// agent all others.
func Skill(in draft.Input) ([]*draft.Draft, error) {
	doc, body, _, err := in.FrontMatter()
	if err != nil {
		return nil, err
	}
	root := draft.Root(doc)
	d := in.New(SkillID, SkillTitle)
	name := root.Get("name").Text()
	if name == "" {
		name = path.Base(path.Dir(in.Name))
	}
	d.Name(in.Called("skills", name), root.Get("name"))
	d.Subject("skill", root)
	d.Describe("summary", root.Get("description"))
	for _, n := range []draft.Node{root.Get("version"), root.Get("metadata", "version")} {
		d.Describe("version", n)
	}
	d.Describe("vendor", root.Get("metadata", "author"))
	d.Keys(root, skillKeys)
	if n := root.Get("license"); n.Text() != "" {
		d.Set("/supply/licence", document.Clip(n.Text()), n, draft.Claimed)
	}
	allowed(d, split(root.Get("allowed-tools")))
	for _, line := range body {
		if inline.MatchString(line.Text()) {
			d.Set("/execution/runs_code", true, line, draft.Configured)
		}
	}
	hooks := root.Get("hooks")
	for _, event := range hooks.Keys() {
		d.Set("/execution/runs_code", true, hooks.Get(event), draft.Configured)
		d.Note(origin.Open, hooks.Get(event), "runs commands of its own at this event; what they do is not said")
	}
	return []*draft.Draft{d}, nil
}

// allowed states the tools that may be used without asking.
func allowed(d *draft.Draft, tools list) {
	for _, r := range tools {
		t := d.Tool(document.Clip(r.tool), r.Node, draft.Configured)
		e, known := d.Catalogue().Tool(host, r.tool)
		_, ofServer := strings.CutPrefix(r.tool, "mcp__")
		switch {
		case known:
			e.State(t, r.Node)
		case ofServer:
			t.Set("kind", "mcp", r.Node, draft.Configured)
		default:
			d.Note(origin.Open, r.Node, "%s: no tool that is known, so what it does is not said", document.Clip(r.tool))
		}
		if !slices.Contains(shells, r.tool) {
			continue
		}
		t.Scope(document.Clip(r.scope()), r.Node, draft.Configured)
		d.Set("/execution/runs_code", true, r.Node, draft.Configured)
		if r.of == "" {
			d.Set("/oversight/approval", "never", r.Node, draft.Configured)
		}
	}
}
