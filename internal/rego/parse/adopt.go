package parse

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Adopt checks that the modules of organisations keep to their own packages, and
// has their input type-checked like that of a rule or a gate of ours, unless they
// say against which schemas.
func (p *Parsed) Adopt() Problems {
	var wrong Problems
	for _, key := range slices.Sorted(maps.Keys(p.Files)) {
		wrong = append(wrong, foreign(p.Files[key])...)
	}
	if len(wrong) > 0 {
		return wrong
	}
	annotated := map[string]bool{}
	for _, key := range p.Keys() {
		m, pkg := p.Files[key].Module, PackageOf(p.Files[key].Module)
		if i := slices.IndexFunc(m.Annotations, func(a *ast.Annotations) bool { return a.Scope == "package" }); i >= 0 && !p.Files[key].ours() {
			annotated[pkg] = true
			if len(m.Annotations[i].Schemas) == 0 {
				m.Annotations[i].Schemas = schemasFor(pkg).Annotations[0].Schemas
			}
			p.data.annotate(m.Annotations[i])
		}
	}
	for _, key := range p.Keys() {
		f := p.Files[key]
		if pkg := PackageOf(f.Module); !f.ours() && !annotated[pkg] && !f.Typing {
			m := schemasFor(pkg)
			p.data.annotate(m.Annotations[0])
			p.Files["typed "+pkg] = File{Module: m, Typing: true}
		}
	}
	return nil
}

// Keys are those of the files that are no tests, sorted.
func (p *Parsed) Keys() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(p.Files)), func(key string) bool { return p.Files[key].Test })
}

// TakeOut takes files out that are not an organisation's own, and reports them.
func (p *Parsed) TakeOut() (wrong Problems) {
	for key, f := range p.Files {
		if errs := foreign(f); len(errs) > 0 {
			delete(p.Files, key)
			wrong = append(wrong, errs...)
		}
	}
	return wrong
}

// ours tells whether a file keeps the packages of the builtin policy.
func (f File) ours() bool { return f.Builtin || f.InPlace }

func foreign(f File) Problems {
	if f.ours() || f.Typing {
		return nil
	}
	return append(OwnPackage(f.Module), foreignSchema(f.Module)...)
}

// schemasFor is a module of metadata only, in the words of OPA.
func schemasFor(pkg string) *ast.Module {
	schemas := `[{input: schema.profile}, {input.derived: schema.facts}]`
	if IsGate(pkg) {
		schemas = `[{input: schema.gate}]`
	}
	text := "# METADATA\n# scope: package\n# schemas: " + schemas + "\npackage " + pkg
	return ast.MustParseModuleWithOpts(text, ast.ParserOptions{ProcessAnnotation: true})
}

// OwnPackage is the problem of a module whose package is not an organisation's.
func OwnPackage(m *ast.Module) Problems {
	if parts := strings.Split(PackageOf(m), "."); parts[0] != "org" || len(parts) < 3 || strings.Contains(PackageOf(m), "[") {
		return Problems{At(m.Package.Loc(), "package %s: expected org.<name>.<topic>", PackageOf(m))}
	}
	return nil
}

// foreignSchema refuses schemas in metadata that refer to others: OPA would read
// files of the host for them.
func foreignSchema(m *ast.Module) Problems {
	for _, a := range m.Annotations {
		for _, s := range a.Schemas {
			if text, err := json.Marshal(s.Definition); err != nil || bytes.Contains(text, []byte(`"$ref"`)) {
				return Problems{At(a.Loc(), "metadata: schemas: expected a schema without $ref, or the name of one such as schema.profile")}
			}
		}
	}
	return nil
}

// PackageOf is the package of a module without data.
func PackageOf(m *ast.Module) string { return strings.TrimPrefix(m.Package.Path.String(), "data.") }

// IsGate tells whether a package is one of a gate.
func IsGate(pkg string) bool { return pkg == "gate" || strings.HasSuffix(pkg, ".gate") }

// Decisions are the rules of a gate, the strictest first.
func Decisions() []string { return []string{"reject", "review"} }

// Defines tells whether a module has a partial set of one of the names.
func Defines(m *ast.Module, names ...string) bool {
	return slices.ContainsFunc(m.Rules, func(r *ast.Rule) bool {
		return len(r.Head.Ref()) == 1 && slices.Contains(names, r.Head.Ref()[0].Value.String()) && r.Head.Key != nil && r.Head.Value == nil
	})
}
