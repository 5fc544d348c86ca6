package parse

import (
	"fmt"
	"maps"
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

// Refused are what no engine is made of: sources that hold nothing, and whatever
// is in a root that the bundle of another one claims.
func (p *Parsed) Refused(sources []Source) Problems {
	return slices.Concat(p.empty(sources), p.owned(sources), p.kept(sources))
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

// topic is how long a path of data is that belongs to one layer: org, a name and
// what it is about.
const topic = 3

// kept refuses whatever a layer has in a topic of a layer above it: a helper that is
// added to a package changes what its rules say, as does data.
func (p *Parsed) kept(sources []Source) (wrong Problems) {
	type owner struct {
		layer int
		file  string
	}
	owners := map[string]owner{}
	claim := func(at []string, source int, file string) {
		if len(at) < topic || sources[source].Builtin {
			return
		}
		root := strings.Join(at[:topic], "/")
		if o, taken := owners[root]; !taken || sources[source].Layer < o.layer {
			owners[root] = owner{sources[source].Layer, file}
		}
	}
	for _, key := range p.Keys() {
		f := p.Files[key]
		claim(PathOf(f.Module.Package.Path), f.Source, sources[f.Source].Shown(f.Name))
	}
	for _, d := range p.Documents {
		for _, at := range d.Leaves() {
			claim(at, d.source, d.doc.Source)
		}
	}
	for _, root := range slices.Sorted(maps.Keys(owners)) {
		o := owners[root]
		foreign := func(source int) bool { return sources[source].Layer > o.layer && !sources[source].Builtin }
		for _, what := range p.within(root, foreign) {
			what.Message += fmt.Sprintf(": %s belongs to %s, of a configuration above", root, o.file)
			wrong = append(wrong, what)
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
	return append(out, p.within(root, func(source int) bool { return source != index })...)
}

// within names what foreign sources have in a root.
func (p *Parsed) within(root string, foreign func(source int) bool) (out Problems) {
	for _, key := range p.Keys() {
		if f := p.Files[key]; foreign(f.Source) {
			out = append(out, intruder(f.Module, root)...)
		}
	}
	for _, d := range p.Documents {
		i := slices.IndexFunc(d.Leaves(), func(at []string) bool { return foreign(d.source) && overlap(root, at) })
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
		return Problems{At(m.Package.Loc(), "package %s", PackageOf(m))}
	}
	for _, r := range m.Rules {
		if ref := r.Ref().GroundPrefix(); overlap(root, PathOf(ref)) {
			return Problems{At(r.Loc(), "rule %s", ref)}
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
