package parse

import (
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Names are what there is below a path of data: packages, rules and data.
type Names struct {
	below map[string]*Names
	// open is set where what else there is cannot be told, or is told by the type
	// checker.
	open bool
}

// Names returns everything that the files and data define, tests left out.
func (p *Parsed) Names() *Names {
	all := &Names{}
	for _, key := range p.Keys() {
		m := p.Files[key].Module
		all.at(PathOf(m.Package.Path))
		for _, r := range m.Rules {
			all.at(PathOf(r.Ref().GroundPrefix())).open = true
		}
	}
	all.add(p.data.root)
	for _, s := range p.data.schemas {
		all.at(PathOf(s.at)).open = true
	}
	return all
}

func (n *Names) at(path []string) *Names {
	for _, name := range path {
		if n.below == nil {
			n.below = map[string]*Names{}
		}
		if n.below[name] == nil {
			n.below[name] = &Names{}
		}
		n = n.below[name]
	}
	return n
}

func (n *Names) add(data map[string]any) {
	for name, v := range data {
		if object, ok := v.(map[string]any); ok {
			n.at([]string{name}).add(object)
		} else {
			n.at([]string{name}).open = true
		}
	}
}

// Undefined returns how long the part of a path of data is that nothing defines,
// and the names that there are instead of its last one; 0 where all is defined.
func (n *Names) Undefined(path []string) (length int, names []string) {
	for i, name := range path {
		if n.open {
			return 0, nil
		}
		if n.below[name] == nil {
			return i + 1, slices.Sorted(maps.Keys(n.below))
		}
		n = n.below[name]
	}
	return 0, nil
}

// References are the paths of data that a compiled module refers to, with their
// places; what it replaces by with is not among them.
func References(m *ast.Module) (out []Reference) {
	replaced := map[string]bool{}
	ast.WalkWiths(m, func(w *ast.With) bool {
		replaced[w.Target.String()] = true
		return false
	})
	ast.WalkTerms(m, func(t *ast.Term) bool {
		ref, ok := t.Value.(ast.Ref)
		if !ok || !ref[0].Equal(ast.DefaultRootDocument) {
			return false
		}
		ground := ref.GroundPrefix()
		for i := range ground {
			if replaced[ground[:i+1].String()] {
				return false
			}
		}
		loc := t.Loc()
		if loc == nil {
			loc = ref[0].Loc()
		}
		if loc != nil {
			out = append(out, Reference{PathOf(ground), loc})
		}
		return false
	})
	return out
}

// Reference is a path of data and where something refers to it.
type Reference struct {
	Path []string
	At   *ast.Location
}
