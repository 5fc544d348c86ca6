package policy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/audition-dev/audition/internal/maestro"
)

// Suite is policy as its authors work on it: sources and their tests, beside the
// builtin policy.
type Suite struct {
	framework *maestro.Framework
	engine    *Engine
	files     map[string]file // without tests; those of the builtin source too
	tests     map[string]file
	data      *dataTree
	compiler  *ast.Compiler // of both
}

// Problem is one thing that is wrong with a policy, and where. A line or column
// of 0 is no place.
type Problem struct {
	File         string
	Line, Column int
	Message      string
}

func (p Problem) String() string {
	switch {
	case p.File == "":
		return p.Message
	case p.Line == 0:
		return p.File + ": " + p.Message
	case p.Column == 0:
		return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Problems is an error of a line for each, sorted by place.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// sorted returns the problems by place, each once.
func (ps Problems) sorted() Problems {
	slices.SortFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(ps)
}

var placeOf = regexp.MustCompile(`^(.+?\.rego):(?:(\d+):)?(?:(\d+):)? (.*)$`)

// problemsOf reads the lines of an error of this package.
func problemsOf(err error) (out Problems) {
	if err == nil {
		return nil
	}
	for _, line := range strings.Split(err.Error(), "\n") {
		p := Problem{Message: line}
		if m := placeOf.FindStringSubmatch(line); m != nil {
			p.File, p.Message = m[1], m[4]
			p.Line, _ = strconv.Atoi(m[2])
			p.Column, _ = strconv.Atoi(m[3])
		}
		out = append(out, p)
	}
	return out
}

// Open reads sources with their tests and compiles them beside the builtin
// policy. What is wrong with them comes back as Problems, all of it.
func Open(ctx context.Context, framework *maestro.Framework, sources ...Source) (*Suite, error) {
	in := inputs{files: map[string]file{}}
	s := &Suite{framework: framework, files: in.files, tests: map[string]file{}}
	// In places the builtin files stand below builtin/, so that no file of a
	// source has their names.
	if _, err := readSource(0, Source{Name: "builtin", FS: Builtin().FS}, &in); err != nil {
		return nil, err
	}
	for key, f := range s.files {
		f.builtin = true
		s.files[key] = f
	}
	var wrong Problems
	for i, source := range sources {
		_, err := readSource(i+1, source, &in)
		wrong = append(wrong, problemsOf(err)...)
		wrong = append(wrong, problemsOf(readTests(i+1, source, s.tests))...)
	}
	var err error
	if s.data, err = mergeData(in); err != nil {
		return nil, append(wrong, problemsOf(err)...).sorted()
	}
	if wrong = append(wrong, s.diagnose()...); len(wrong) > 0 {
		return nil, wrong.sorted()
	}
	loaded := []Source{Builtin()}
	for i, source := range sources {
		if in.holds(i+1) || source.Roots != nil { // else it has nothing but tests
			loaded = append(loaded, source)
		}
	}
	if s.engine, err = Load(ctx, framework, loaded...); err != nil {
		return nil, problemsOf(err).sorted()
	}
	return s, nil
}

// readTests parses the tests of the source with this index into files.
func readTests(index int, s Source, files map[string]file) error {
	var errs []error
	err := fs.WalkDir(s.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, "_test.rego") || s.File != "" && name != testBeside(s.File) {
			return err
		}
		data, err := fs.ReadFile(s.FS, name)
		if err != nil {
			return err
		}
		m, err := parse(s.shown(name), data)
		if err != nil {
			errs = append(errs, err)
			return nil
		}
		files[fmt.Sprintf("%04d %s", index, name)] = file{index, s.FS, false, name, data, m}
		return nil
	})
	return errors.Join(append(errs, err)...)
}

// testBeside is the name of the test of a Rego file.
func testBeside(name string) string { return strings.TrimSuffix(name, ".rego") + "_test.rego" }

// Engine returns the engine that judges with these sources and the builtin ones.
func (s *Suite) Engine() *Engine { return s.engine }

// Rules returns the rules of the sources, sorted by id.
func (s *Suite) Rules() []maestro.Rule {
	return slices.DeleteFunc(slices.Clone(s.engine.rules), func(r maestro.Rule) bool { return s.engine.files[r.ID].builtin })
}

// Gate is a gate as its metadata describe it.
type Gate struct {
	// Package is its Rego package and its name in reasons.
	Package string
	Title   string
	// Description is one line.
	Description string
	// Decisions are reject, review or both.
	Decisions []string
	// Reads are JSON pointers of what it reads, sorted.
	Reads []string
	// File and Row are where it begins.
	File string
	Row  int
}

// Gates returns the gates of the sources, sorted by package.
func (s *Suite) Gates() []Gate {
	gates := map[string]Gate{}
	for _, key := range slices.Sorted(maps.Keys(s.engine.read)) {
		f := s.engine.read[key]
		pkg := packageOf(f.module)
		decides := defines(f.module, decisions...)
		if f.builtin || strings.HasPrefix(key, typedKey) || !isGate(pkg) || !decides {
			continue
		}
		g, seen := gates[pkg]
		if !seen {
			at := f.module.Package.Loc()
			g = Gate{Package: pkg, File: at.File, Row: at.Row}
		}
		for _, a := range f.module.Annotations {
			if a.Scope == "package" && g.Title == "" {
				g.Title, g.Description = a.Title, strings.Join(strings.Fields(a.Description), " ")
			}
		}
		for _, d := range decisions {
			if defines(f.module, d) {
				g.Decisions = distinct(append(g.Decisions, d))
			}
		}
		g.Reads = distinct(append(g.Reads, reads(f.module)...))
		gates[pkg] = g
	}
	return slices.SortedFunc(maps.Values(gates), func(a, b Gate) int { return cmp.Compare(a.Package, b.Package) })
}

// Packages returns how many packages the sources have, tests left out.
func (s *Suite) Packages() int {
	seen := map[string]bool{}
	for _, f := range s.files {
		if !f.builtin {
			seen[packageOf(f.module)] = true
		}
	}
	return len(seen)
}

// Examples returns the inputs bad and good of the test of a rule, as JSON
// values; nil where it has none.
func (s *Suite) Examples(ctx context.Context, r maestro.Rule) (bad, good any, err error) {
	value := func(name string) (any, error) {
		rs, err := rego.New(rego.Query("data."+r.Package+"_test."+name), rego.Compiler(s.compiler), rego.Store(s.data.store), rego.StrictBuiltinErrors(true)).Eval(ctx)
		if err != nil || len(rs) == 0 {
			return nil, err
		}
		return rs[0].Expressions[0].Value, nil
	}
	if bad, err = value("bad"); err == nil {
		good, err = value("good")
	}
	if err != nil {
		err = evalError(err)
	}
	return bad, good, err
}
