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
// Brackets with a star alone mean all of them.
func parse(n draft.Node) rule {
	tool, rest, ok := strings.Cut(n.Text(), "(")
	r := rule{Node: n, tool: tool}
	if ok {
		r.of = strings.TrimSuffix(rest, ")")
	}
	if r.of = strings.TrimSuffix(r.of, ":*") + map[bool]string{true: " *"}[strings.HasSuffix(r.of, ":*")]; r.of == "*" || r.of == " *" {
		r.of = ""
	}
	return r
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
	"Read", "Glob", "Grep", "LS", "LSP", "NotebookRead", "WebSearch", "TodoWrite", "TaskCreate", "TaskGet", "TaskList", "TaskOutput", "TaskUpdate", "Skill",
	"AskUserQuestion", "BashOutput", "ToolSearch", "ListMcpResourcesTool", "ReadMcpResourceTool", "Cd",
}

// editors are the tools that change files.
var editors = []string{"Edit", "Write", "MultiEdit", "NotebookEdit"}

// looks are commands that only look, whatever their arguments: nothing else of them is
// sure to.
var looks = []string{"ls", "cat", "echo", "pwd", "head", "tail", "grep", "wc", "which", "diff", "stat", "du", "tree", "git status", "git diff", "git log", "git show"}

// acts tells whether what a rule allows can change something.
func (r rule) acts() bool {
	if slices.Contains(harmless, r.tool) {
		return false
	}
	if !slices.Contains(shells, r.tool) || r.of == "" {
		return true
	}
	command := strings.TrimSuffix(strings.TrimSuffix(r.of, "*"), " ")
	return strings.Contains(command, "*") || !slices.ContainsFunc(looks, func(l string) bool { return command == l || strings.HasPrefix(command, l+" ") })
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
