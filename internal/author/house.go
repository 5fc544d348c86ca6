package author

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/origin"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/parse"
)

// House returns which rules of the house do not hold. Every rule has a test
// beside it with the inputs bad and good, which are profiles: the rule fires on
// bad and not on good, and what they say is derived does follow from their
// facts. No package is for nothing, and no file stands where data do unread. An
// error means that this could not be found out.
func (s *Suite) House(ctx context.Context) (rego.Problems, error) {
	wrong := append(s.idle(), s.parsed.Unread...)
	for _, r := range Rules(s.Catalogue()) {
		name := parse.TestBeside(r.File)
		test, ok := s.test(name)
		if !ok {
			wrong = append(wrong, rego.Problem{File: r.File, Line: r.Row, Message: fmt.Sprintf("%s has no test, expected %s", r.ID, name)})
			continue
		}
		bad, good, err := s.Examples(ctx, r)
		if err != nil {
			return nil, err
		}
		for _, example := range []struct {
			name  string
			value any
			fires bool
		}{{"bad", bad, true}, {"good", good, false}} {
			at := rego.Problem{File: name, Line: row(test, example.name)}
			if example.value == nil {
				at.Message = fmt.Sprintf("expected an input %s in package %s_test", example.name, r.Package)
				wrong = append(wrong, at)
				continue
			}
			messages, err := s.example(ctx, r, example.value, example.fires)
			if err != nil {
				return nil, err
			}
			for _, m := range messages {
				at.Message = example.name + ": " + m
				wrong = append(wrong, at)
			}
		}
	}
	return wrong.Sorted(), nil
}

// idle are the packages that neither find nor decide, that nothing but tests refers
// to, and that say nothing of those below them.
func (s *Suite) idle() (out rego.Problems) {
	works, seen := map[string]bool{}, map[string]bool{}
	for _, r := range Rules(s.Catalogue()) {
		works[r.Package] = true
	}
	for _, g := range Gates(s.Catalogue()) {
		works[g.Package] = true
	}
	type use struct{ by, path string }
	var uses []use
	for _, key := range s.parsed.Keys() {
		m := s.parsed.Files[key].Module
		pkg := parse.PackageOf(m)
		for _, ref := range parse.References(s.compiler.Modules[key]) {
			uses = append(uses, use{pkg, strings.Join(ref.Path, ".") + "."})
		}
		works[pkg] = works[pkg] || slices.ContainsFunc(m.Annotations, func(a *ast.Annotations) bool { return a.Scope == "subpackages" })
	}
	for _, key := range s.parsed.Keys() {
		f := s.parsed.Files[key]
		pkg := parse.PackageOf(f.Module)
		used := func(u use) bool {
			return u.by != pkg && (strings.HasPrefix(u.path, pkg+".") || strings.HasPrefix(pkg+".", u.path))
		}
		if !f.Builtin && !f.Typing && !works[pkg] && !seen[pkg] && !slices.ContainsFunc(uses, used) {
			seen[pkg] = true
			out = append(out, parse.At(f.Module.Package.Loc(), "package %s neither finds nor decides anything, and nothing refers to it", pkg))
		}
	}
	return out
}

// test returns the test file with this name.
func (s *Suite) test(name string) (parse.File, bool) {
	for _, f := range s.parsed.Files {
		if f.Test && f.Module.Package.Loc().File == name {
			return f, true
		}
	}
	return parse.File{}, false
}

// row is where a file defines a name, or its package.
func row(f parse.File, name string) int {
	for _, r := range f.Module.Rules {
		if r.Head.Ref().String() == name {
			return r.Loc().Row
		}
	}
	return f.Module.Package.Loc().Row
}

// example judges an input as the profile that it stands for and returns what is
// wrong with it.
func (s *Suite) example(ctx context.Context, r maestro.Rule, v any, fires bool) (wrong []string, err error) {
	object, ok := v.(map[string]any)
	if !ok {
		return []string{"expected an object, such as a part of a profile"}, nil
	}
	stated, _ := object["derived"].(map[string]any)
	input := map[string]any{"apiVersion": "audition/v1", "kind": "AgentProfile", "metadata": map[string]any{"name": "example"}}
	maps.Copy(input, object)
	delete(input, "derived")
	data, err := json.Marshal(input)
	if err != nil {
		return nil, err
	}
	profiles, err := profile.Load("input", data)
	if err != nil {
		for _, p := range parse.ProblemsOf(err) { // The input has no lines of its own.
			wrong = append(wrong, p.Message)
		}
		return wrong, nil
	}
	profiles[0].Origin = &origin.Origin{Contradictions: facts.Contradictions(stated["contradictions"])}
	derived := facts.Derive(profiles[0], s.framework)
	for _, name := range slices.Sorted(maps.Keys(stated)) {
		got, known := derived.Input()[name]
		if text, want := fmt.Sprint(got), fmt.Sprint(stated[name]); !known {
			wrong = append(wrong, fmt.Sprintf("derived.%s is %s, which does not follow from the facts of this input", name, want))
		} else if text != want {
			wrong = append(wrong, fmt.Sprintf("derived.%s is %s, what follows from the facts of this input is %s", name, want, text))
		}
	}
	subject, err := rego.NewSubject(profiles[0], derived)
	if err != nil {
		return nil, err
	}
	found, err := s.engine.Findings(ctx, subject)
	if err != nil {
		return nil, err
	}
	if got := slices.ContainsFunc(found, func(f maestro.Finding) bool { return f.Rule.ID == r.ID }); got != fires && fires {
		wrong = append(wrong, "expected that "+r.ID+" fires on it as on a profile, it is silent")
	} else if got != fires {
		wrong = append(wrong, "expected that "+r.ID+" is silent on it as on a profile, it fires")
	}
	return wrong, nil
}
