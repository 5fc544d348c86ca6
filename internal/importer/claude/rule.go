package claude

import (
	"path"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
)

// rule is a rule of permissions, such as Bash(git push *), and where it stands.
type rule struct {
	draft.Node
	tool string
	// of is what stands in the brackets, "" for all uses of the tool.
	of string
}

// parse reads a rule: a name of a tool, and in brackets what of its uses is meant.
// A star there means all of them, and :* at the end is a star after a space.
func parse(text string, n draft.Node) rule {
	tool, of, ok := strings.Cut(strings.TrimSpace(text), "(")
	r := rule{Node: n, tool: tool}
	if !ok {
		return r
	}
	r.of = strings.TrimSuffix(of, ")")
	if start, ok := strings.CutSuffix(r.of, ":*"); ok {
		r.of = start + " *"
	}
	if strings.Trim(r.of, " *") == "" {
		r.of = ""
	}
	return r
}

// split reads rules in one text, with commas or spaces between them, or in a list.
func split(n draft.Node) (out list) {
	items := n.Items()
	if text := n.Text(); text != "" {
		depth := 0
		words := strings.FieldsFunc(text, func(c rune) bool {
			switch c {
			case '(':
				depth++
			case ')':
				depth--
			}
			return depth == 0 && (c == ',' || c == ' ')
		})
		for _, w := range words {
			out = append(out, parse(w, n))
		}
		return out
	}
	for _, item := range items {
		if text := item.Text(); text != "" {
			out = append(out, parse(text, item))
		}
	}
	return out
}

// scope is what a rule allows, as a tool names its scopes.
func (r rule) scope() string {
	if r.of == "" {
		return "*"
	}
	return r.of
}

// names tells whether a rule is about a tool; a star in its name stands for any text.
func (r rule) names(tool string) bool {
	ok, err := path.Match(r.tool, tool)
	return ok && err == nil || r.tool == tool
}

// whole tells whether a rule is about every use of a tool.
func (r rule) whole(tool string) bool { return r.of == "" && r.names(tool) }

// shells are the tools that run commands.
var shells = []string{"Bash", "PowerShell"}

// harmless are tools that read, and change the session at most.
var harmless = []string{
	"Read", "Glob", "Grep", "LS", "LSP", "NotebookRead", "WebSearch", "TodoWrite", "TaskCreate", "TaskGet", "TaskList", "TaskOutput", "TaskUpdate",
	"AskUserQuestion", "BashOutput", "ToolSearch", "ListMcpResourcesTool", "ReadMcpResourceTool", "Cd",
}

// editors are the tools that change files.
var editors = []string{"Edit", "Write", "MultiEdit", "NotebookEdit"}

// looks are commands that only look, where all of their arguments are known.
var looks = []string{"ls", "cat", "echo", "pwd", "head", "tail", "grep", "wc", "which", "diff", "stat", "du", "tree", "git status", "git diff", "git log", "git show"}

// acts tells whether what a rule allows can change something.
func (r rule) acts() bool {
	if slices.Contains(harmless, r.tool) {
		return false
	}
	if !slices.Contains(shells, r.tool) || r.of == "" {
		return true
	}
	open := strings.ContainsAny(r.of, "*>|;&$`\n") || strings.Contains(r.of, "--output")
	return open || !slices.ContainsFunc(looks, func(l string) bool { return r.of == l || strings.HasPrefix(r.of, l+" ") })
}

// list are the rules of one kind in settings.
type list []rule

func (l list) whole(tool string) (rule, bool) {
	i := slices.IndexFunc(l, func(r rule) bool { return r.whole(tool) })
	if i < 0 {
		return rule{}, false
	}
	return l[i], true
}
