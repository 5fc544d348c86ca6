package policy

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
)

// Rule returns the rule with this id.
func (e *Engine) Rule(id string) (maestro.Rule, bool) {
	i := slices.IndexFunc(e.rules, func(r maestro.Rule) bool { return r.ID == id })
	if i < 0 {
		return maestro.Rule{}, false
	}
	return e.rules[i], true
}

// Text returns the Rego of a rule without its metadata: what a reader has to
// agree with.
func (e *Engine) Text(id string) string {
	text := string(e.files[id].data)
	if i := strings.Index(text, "\npackage "); i >= 0 {
		text = text[i+1:]
	}
	return strings.TrimSpace(text)
}

// Reads returns JSON pointers of what a rule reads of the profile, sorted; a
// derived fact stands as /derived/<name>. References through a variable end at
// the list.
func (e *Engine) Reads(id string) []string { return e.reads[id] }

func reads(m *ast.Module) []string {
	var out []string
	ast.WalkRefs(m, func(ref ast.Ref) bool {
		if !ref[0].Equal(ast.InputRootDocument) {
			return false
		}
		pointer := ""
		for _, t := range ref[1:] {
			key, ok := t.Value.(ast.String)
			if !ok {
				break
			}
			pointer = document.Join(pointer, string(key))
		}
		if pointer != "" {
			out = append(out, pointer)
		}
		return false
	})
	return distinct(out)
}

// Examples returns the inputs bad and good of the test beside a rule, as JSON
// values; nil where a rule has none.
func (e *Engine) Examples(ctx context.Context, id string) (bad, good any, err error) {
	f := e.files[id]
	name := testBeside(f.name)
	data, err := fs.ReadFile(f.fs, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	files := maps.Clone(e.read)
	test, err := parse(name, data)
	if err != nil {
		return nil, nil, err
	}
	files["test"] = file{module: test}
	c, err := compile(files, e.data)
	if err != nil {
		return nil, nil, err
	}
	read := func(example string) (any, error) {
		query := "data." + e.pkg(id) + "_test." + example
		rs, err := rego.New(rego.Query(query), rego.Compiler(c), rego.Capabilities(capabilities()), rego.Store(e.data.store)).Eval(ctx)
		if err != nil || len(rs) == 0 {
			return nil, err
		}
		return rs[0].Expressions[0].Value, nil
	}
	if bad, err = read("bad"); err != nil {
		return nil, nil, err
	}
	good, err = read("good")
	return bad, good, err
}

func (e *Engine) pkg(id string) string {
	r, _ := e.Rule(id)
	return r.Package
}
