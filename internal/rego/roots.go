package rego

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// inside tells whether a path of data is a root or below it.
func inside(root string, at []string) bool {
	parts := strings.Split(root, "/")
	return len(at) >= len(parts) && slices.Equal(at[:len(parts)], parts)
}

// overlap tells whether a path of data is a root, below it or above it.
func overlap(root string, at []string) bool {
	parts := strings.Split(root, "/")
	n := min(len(parts), len(at))
	return slices.Equal(at[:n], parts[:n])
}

// Owns tells whether a path of data is in one of the roots of a source.
func (s Source) Owns(path []string) bool {
	return slices.ContainsFunc(s.Roots, func(root string) bool { return inside(root, path) })
}

// owned refuses whatever sources have in a root that the bundle of another one
// claims.
func (p *Parsed) owned(sources []Source) (wrong Problems) {
	for i, s := range sources {
		for _, root := range s.Roots {
			for _, what := range p.intruders(sources, i, root) {
				what.Message += fmt.Sprintf(": %s is a root of %s", root, s.Name)
				wrong = append(wrong, what)
			}
		}
	}
	return wrong
}

// intruders name what there is in a root of the source with this index that is
// not of it. Of two bundles it is the first one.
func (p *Parsed) intruders(sources []Source, index int, root string) (out Problems) {
	for _, s := range sources[:index] {
		for _, other := range s.Roots {
			if overlap(root, strings.Split(other, "/")) {
				out = append(out, Problem{File: s.Name, Message: "root " + other})
			}
		}
	}
	for _, key := range p.keys() {
		if f := p.Files[key]; f.Source != index {
			out = append(out, intruder(f.Module, root)...)
		}
	}
	for _, d := range p.Documents {
		i := slices.IndexFunc(d.Leaves(), func(at []string) bool { return d.source != index && overlap(root, at) })
		if i >= 0 {
			at := d.Leaves()[i]
			where := d.position(at)
			out = append(out, Problem{d.doc.Source, where.Line, where.Column, dataRef(at).String()})
		}
	}
	return out
}

// intruder names what a module defines in a root, if anything.
func intruder(m *ast.Module, root string) Problems {
	if inside(root, PathOf(m.Package.Path)) {
		return Problems{at(m.Package.Loc(), "package %s", PackageOf(m))}
	}
	for _, r := range m.Rules {
		if ref := r.Ref().GroundPrefix(); overlap(root, PathOf(ref)) {
			return Problems{at(r.Loc(), "rule %s", ref)}
		}
	}
	return nil
}

// PathOf is a ground reference as a path of data.
func PathOf(ref ast.Ref) (at []string) {
	for _, term := range ref[1:] {
		key, _ := term.Value.(ast.String)
		at = append(at, string(key))
	}
	return at
}
