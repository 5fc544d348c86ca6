package author

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/suggest"
)

// diagnose compiles what the suite has read and returns everything that is wrong
// with it, also what a first error would hide.
func (s *Suite) diagnose() rego.Problems {
	return append(rego.Check(s.parsed, s.framework), s.compile()...)
}

// compile compiles the files and returns all errors. OPA ends with the first
// stage that finds some; so the rules that have errors are then replaced by ones
// that have none, and all is compiled again. A builtin that was taken away is an
// error too, and the errors beside it are found with all builtins.
func (s *Suite) compile() (wrong rego.Problems) {
	modules, byName := map[string]*ast.Module{}, map[string]*ast.Module{}
	for key, f := range s.parsed.Files {
		modules[key] = f.Module.Copy()
		byName[f.Module.Package.Loc().File] = modules[key]
	}
	available, all, stubs := parse.Capabilities(), false, map[*ast.Rule]bool{}
	for first := true; ; first = false {
		c, err := s.parsed.Compiler()
		if err != nil {
			return parse.ProblemsOf(err)
		}
		if c.WithCapabilities(available).Compile(modules); !c.Failed() {
			s.compiler = c
			return wrong
		}
		more := false
		for _, e := range c.Errors {
			// A later import is unused because what used it was replaced.
			if first || !strings.HasPrefix(e.Message, "import ") {
				wrong = append(wrong, problem(e))
			}
			more = more || !all && takenAway(e)
		}
		if more {
			available, all = ast.CapabilitiesForThisVersion(), true
			continue
		}
		for _, e := range c.Errors {
			if e.Location != nil && byName[e.Location.File] != nil && mend(byName[e.Location.File], e.Location.Row, stubs) {
				more = true
			}
		}
		if !more {
			return wrong
		}
	}
}

// mend takes what has an error in a row out of a module: it makes a stub of a
// rule, and removes a stub that is still wrong, and metadata. It tells whether
// there was anything to mend.
func mend(m *ast.Module, row int, stubs map[*ast.Rule]bool) (mended bool) {
	within := func(loc *ast.Location) bool {
		return loc != nil && loc.Row <= row && row <= loc.Row+bytes.Count(bytes.TrimSpace(loc.Text), []byte("\n"))
	}
	m.Rules = slices.DeleteFunc(m.Rules, func(r *ast.Rule) bool {
		if !within(r.Loc()) {
			return false
		}
		mended = true
		if stubs[r] || r.Default {
			return true
		}
		stub(r)
		stubs[r] = true
		return false
	})
	m.Annotations = slices.DeleteFunc(m.Annotations, func(a *ast.Annotations) bool {
		wrong := !mended && within(a.Loc())
		mended = mended || wrong
		return wrong
	})
	return mended
}

// stub leaves nothing of a rule but its name and that it has some value, so that
// what refers to it stays as right as it was.
func stub(r *ast.Rule) {
	unknown := func() *ast.Term { return ast.MustParseTerm("data.unknown") }
	r.Body, r.Else = ast.NewBody(ast.NewExpr(ast.BooleanTerm(true))), nil
	for i := range r.Head.Args {
		r.Head.Args[i] = ast.VarTerm(fmt.Sprintf("%sstub%d", ast.WildcardPrefix, i))
	}
	for i, t := range r.Head.Reference {
		if i > 0 && !t.IsGround() {
			r.Head.Reference[i] = unknown()
		}
	}
	if r.Head.Key != nil {
		r.Head.Key = unknown()
	}
	if r.Head.Value != nil {
		r.Head.Value = unknown()
	}
}

// takenAway tells whether an error is about a builtin that OPA has and rules have
// not.
func takenAway(e *ast.Error) bool {
	name, ok := strings.CutPrefix(e.Message, "undefined function ")
	return ok && slices.Contains(builtins(ast.CapabilitiesForThisVersion()), name)
}

func builtins(c *ast.Capabilities) (names []string) {
	for _, b := range c.Builtins {
		names = append(names, b.Name)
	}
	return names
}

// problem writes an error of OPA down, with what to do about it where that is
// known.
func problem(e *ast.Error) rego.Problem {
	p := parse.ProblemsOf(e)[0]
	if d, ok := e.Details.(*ast.RefErrInvalidDetail); ok && len(d.OneOf) > 0 {
		var known []string
		for _, v := range d.OneOf {
			if s, ok := v.(ast.String); ok {
				known = append(known, string(s))
			}
		}
		if word, ok := d.Ref[d.Pos].Value.(ast.String); ok {
			p.Message = fmt.Sprintf("%v: unknown field %q%s", d.Ref[:d.Pos+1], string(word), suggest.DidYouMean(string(word), known))
		}
	}
	name, ok := strings.CutPrefix(e.Message, "undefined function ")
	switch {
	case strings.HasPrefix(e.Message, "package annotation redeclared"):
		p.Message += "; one file of a package has metadata, and each rule a package of its own"
	case !ok:
	case takenAway(e):
		p.Message += ": OPA has this builtin and it was taken away, because a verdict depends on its inputs alone; " + instead(name)
	case !strings.HasPrefix(name, "data."):
		if c := suggest.Closest(name, builtins(parse.Capabilities())); c != "" {
			p.Message += fmt.Sprintf(", did you mean %q?", c)
		}
	}
	return p
}

// instead says what to do without a builtin.
func instead(name string) string {
	if strings.HasPrefix(name, "time.") {
		return "there is no time in Rego: how old a fact may be is the configuration's to say, in assurance.max_age_days"
	}
	return "what a rule has to know stands in the profile"
}
