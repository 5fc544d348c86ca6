// Package lint reports policy that compiles and does nothing, for it cannot be meant:
// it would pass in silence whatever it is to find.
package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/suggest"
)

// Check reports what of parsed files and of the modules that were compiled of them, by
// the same keys, does nothing. It leaves the builtin ones out.
func Check(p *parse.Parsed, compiled map[string]*ast.Module) (wrong parse.Problems) {
	names, uses := p.Names(), map[string][]parse.Reference{}
	for key, m := range compiled {
		uses[key] = parse.References(m)
	}
	for _, key := range p.Keys() {
		f := p.Files[key]
		if f.Builtin || f.Typing {
			continue
		}
		wrong = append(wrong, undefined(p, names, uses[key])...)
		wrong = append(wrong, undecided(f.Module, uses)...)
		wrong = append(wrong, unequal(compiled[key], p.SchemasOf(f.Module))...)
	}
	return wrong
}

// undefined reports references to data that nothing defines.
func undefined(p *parse.Parsed, names *parse.Names, uses []parse.Reference) (wrong parse.Problems) {
	for _, use := range uses {
		n, instead := names.Undefined(use.Path)
		if n <= 1 {
			continue // what is outside of org, maestro and gate is nobody's
		}
		message := fmt.Sprintf("data.%s: nothing defines it", strings.Join(use.Path[:n], "."))
		if c := suggest.Closest(use.Path[n-1], instead); c != "" {
			message += fmt.Sprintf(", did you mean %q?", c)
		}
		for _, u := range p.Unread {
			if strings.Contains("/"+u.File, "/"+strings.Join(use.Path[:n], "/")+"/") {
				message += "; " + u.Error()
			}
		}
		wrong = append(wrong, parse.Problem{File: use.At.File, Line: use.At.Row, Column: use.At.Col, Message: message})
	}
	return wrong
}

// undecided reports sets that are called almost as those that are read, and in a
// gate all that are no decision, unless something refers to them.
func undecided(m *ast.Module, uses map[string][]parse.Reference) (wrong parse.Problems) {
	pkg, known := parse.PackageOf(m), append([]string{"findings"}, parse.Decisions()...)
	if parse.IsGate(pkg) {
		known = parse.Decisions()
	}
	for _, r := range m.Rules {
		name := r.Head.Ref()[0].Value.String()
		if !parse.Defines(&ast.Module{Rules: []*ast.Rule{r}}, name) || slices.Contains(known, name) {
			continue
		}
		if c := suggest.Closest(name, known); c == "" && !parse.IsGate(pkg) || used(parse.PathOf(r.Ref()), uses) {
			continue
		}
		what := "set"
		if parse.IsGate(pkg) {
			what = "decision"
		}
		wrong = append(wrong, parse.At(r.Loc(), "unknown %s %q%s", what, name, suggest.DidYouMean(name, known)))
	}
	return wrong
}

// used tells whether anything refers to a path of data, to a part or to the whole
// of it.
func used(path []string, uses map[string][]parse.Reference) bool {
	for _, refs := range uses {
		for _, ref := range refs {
			n := min(len(path), len(ref.Path))
			if slices.Equal(path[:n], ref.Path[:n]) {
				return true
			}
		}
	}
	return false
}
