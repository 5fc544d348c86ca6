package rego

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// adopt checks that the modules of organisations keep to their own packages, and
// has their input type-checked like that of a rule or a gate of ours, unless they
// say against which schemas.
func (p *Parsed) adopt() Problems {
	if wrong := p.foreign(); len(wrong) > 0 {
		return wrong
	}
	annotated := map[string]bool{}
	for _, key := range p.keys() {
		m, pkg := p.Files[key].Module, PackageOf(p.Files[key].Module)
		if i := slices.IndexFunc(m.Annotations, func(a *ast.Annotations) bool { return a.Scope == "package" }); i >= 0 && !p.Files[key].Builtin {
			annotated[pkg] = true
			if len(m.Annotations[i].Schemas) == 0 {
				m.Annotations[i].Schemas = schemasFor(pkg).Annotations[0].Schemas
			}
			p.data.annotate(m.Annotations[i])
		}
	}
	for _, key := range p.keys() {
		f := p.Files[key]
		if pkg := PackageOf(f.Module); !f.Builtin && !annotated[pkg] && !f.typing {
			m := schemasFor(pkg)
			p.data.annotate(m.Annotations[0])
			p.Files["typed "+pkg] = File{Module: m, typing: true}
		}
	}
	return nil
}

// keys are those of the files that are no tests, sorted.
func (p *Parsed) keys() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(p.Files)), func(key string) bool { return p.Files[key].Test })
}

// foreign reports what modules of organisations may not say.
func (p *Parsed) foreign() (wrong Problems) {
	for _, key := range slices.Sorted(maps.Keys(p.Files)) {
		if f := p.Files[key]; !f.Builtin && !f.typing {
			wrong = append(wrong, append(OwnPackage(f.Module), foreignSchema(f.Module)...)...)
		}
	}
	return wrong
}

// schemasFor is a module of metadata only, in the words of OPA.
func schemasFor(pkg string) *ast.Module {
	schemas := `[{input: schema.profile}, {input.derived: schema.facts}]`
	if isGate(pkg) {
		schemas = `[{input: schema.gate}]`
	}
	text := "# METADATA\n# scope: package\n# schemas: " + schemas + "\npackage " + pkg
	return ast.MustParseModuleWithOpts(text, ast.ParserOptions{ProcessAnnotation: true})
}

// OwnPackage is the problem of a module whose package is not an organisation's.
func OwnPackage(m *ast.Module) Problems {
	if parts := strings.Split(PackageOf(m), "."); parts[0] != "org" || len(parts) < 3 || strings.Contains(PackageOf(m), "[") {
		return Problems{at(m.Package.Loc(), "package %s: expected org.<name>.<topic>", PackageOf(m))}
	}
	return nil
}

// foreignSchema refuses schemas in metadata that refer to others: OPA would read
// files of the host for them.
func foreignSchema(m *ast.Module) Problems {
	for _, a := range m.Annotations {
		for _, s := range a.Schemas {
			if text, err := json.Marshal(s.Definition); err != nil || bytes.Contains(text, []byte(`"$ref"`)) {
				return Problems{at(a.Loc(), "metadata: schemas: expected a schema without $ref, or the name of one such as schema.profile")}
			}
		}
	}
	return nil
}

// PackageOf is the package of a module without data.
func PackageOf(m *ast.Module) string { return strings.TrimPrefix(m.Package.Path.String(), "data.") }

func isGate(pkg string) bool { return pkg == "gate" || strings.HasSuffix(pkg, ".gate") }
