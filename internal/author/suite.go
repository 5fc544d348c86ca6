// Package author is for people who write rules and gates: start, check, test,
// measure and format a policy.
package author

import (
	"context"
	"io/fs"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/rego/topdown"
)

// Suite is policy as its authors work on it: sources and their tests, beside the
// builtin policy.
type Suite struct {
	framework *maestro.Framework
	engine    *rego.Engine
	policy    *rego.Policy
	parsed    *parse.Parsed // with tests
	compiler  *ast.Compiler
}

// Open reads sources with their tests and compiles them beside the builtin
// policy, or beside one of them that is a tree of it. What is wrong with them
// comes back as rego.Problems, all of it.
func Open(ctx context.Context, framework *maestro.Framework, sources ...rego.Source) (*Suite, error) {
	s := &Suite{framework: framework}
	var wrong rego.Problems
	builtin, sources := ours(sources)
	shown := builtin
	shown.Below = "builtin"
	s.parsed, wrong = parse.Sources(append([]rego.Source{shown}, sources...), true)
	if wrong = append(wrong, s.diagnose()...); len(wrong) > 0 {
		return nil, wrong.Sorted()
	}
	loaded := []rego.Source{builtin}
	for i, source := range sources {
		if s.parsed.Holds(i+1) || source.Roots != nil { // else it has nothing but tests
			loaded = append(loaded, source)
		}
	}
	var err error
	if s.policy, err = rego.Compile(ctx, framework, loaded...); err != nil {
		return nil, err
	}
	s.engine, err = rego.NewEngine(ctx, s.policy.Catalogue(), s.policy)
	return s, err
}

// ours returns the builtin policy and the other sources. The first that is a tree
// of it stands for it, so that who works on it needs no new program for each change.
func ours(sources []rego.Source) (builtin rego.Source, others []rego.Source) {
	i := slices.IndexFunc(sources, func(s rego.Source) bool {
		_, err := fs.Stat(s.FS, "maestro/maestro.rego")
		return err == nil && s.File == "" && s.Roots == nil
	})
	if i < 0 {
		return rego.Builtin(), sources
	}
	builtin = sources[i]
	builtin.InPlace = true
	return builtin, slices.Delete(slices.Clone(sources), i, i+1)
}

// Engine returns the engine that judges with these sources and the builtin ones.
func (s *Suite) Engine() *rego.Engine { return s.engine }

// Catalogue returns what the policy says of itself, with the builtin one.
func (s *Suite) Catalogue() rego.Catalogue { return s.engine.Catalogue() }

// Rules returns the rules of a catalogue that are not builtin, sorted by id.
func Rules(c rego.Catalogue) (out []maestro.Rule) {
	for _, r := range c.Rules {
		if !r.Builtin {
			out = append(out, r.Rule)
		}
	}
	return out
}

// Gates returns the gates of a catalogue that are not builtin, sorted by package.
func Gates(c rego.Catalogue) []rego.Gate {
	gates := slices.DeleteFunc(slices.Clone(c.Gates), func(g rego.Gate) bool { return g.Builtin })
	slices.SortFunc(gates, func(a, b rego.Gate) int { return strings.Compare(a.Package, b.Package) })
	return gates
}

// Packages returns how many packages the sources have, tests left out.
func (s *Suite) Packages() int {
	seen := map[string]bool{}
	for _, f := range s.parsed.Files {
		if !f.Builtin && !f.Test {
			seen[parse.PackageOf(f.Module)] = true
		}
	}
	return len(seen)
}

// compiled is everything, tests included.
func (s *Suite) compiled() topdown.Compiled {
	return topdown.Compiled{Compiler: s.compiler, Store: s.parsed.Store(), Untrusted: true}
}

// Examples returns the inputs bad and good of the test of a rule, as JSON
// values; nil where it has none.
func (s *Suite) Examples(ctx context.Context, r maestro.Rule) (bad, good any, err error) {
	return rego.Examples(ctx, s.compiled(), r.Package)
}
