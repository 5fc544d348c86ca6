package parse

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/document"
)

// Reads returns the JSON pointers of what a module reads of the input, and of what the
// packages read that it refers to, sorted: what a reader finds there. It says nothing of
// what variables lead to.
func Reads(p *Parsed, m *ast.Module) []string {
	var out []string
	seen := map[*ast.Module]bool{}
	var add func(m *ast.Module)
	add = func(m *ast.Module) {
		if seen[m] {
			return
		}
		seen[m] = true
		ast.WalkRefs(m, func(ref ast.Ref) bool {
			switch {
			case ref[0].Equal(ast.InputRootDocument):
				if pointer := pointerOf(ref[1:]); pointer != "" {
					out = append(out, pointer)
				}
			case ref[0].Equal(ast.DefaultRootDocument) && !ref.Equal(m.Package.Path):
				for _, f := range p.Files {
					if !f.Test && ref.HasPrefix(f.Module.Package.Path) {
						add(f.Module)
					}
				}
			}
			return false
		})
	}
	add(m)
	slices.Sort(out)
	return slices.Compact(out)
}

// pointerOf is the beginning of a reference that no variable is in.
func pointerOf(ref ast.Ref) (pointer string) {
	for _, t := range ref {
		key, ok := t.Value.(ast.String)
		if !ok {
			break
		}
		pointer = document.Join(pointer, string(key))
	}
	return pointer
}
