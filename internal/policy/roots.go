package policy

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// checkRoots refuses roots that are not all org/<name> or below it.
func checkRoots(roots []string) error {
	if len(roots) == 0 {
		return errors.New("expected roots such as org/acme, got none")
	}
	for _, root := range roots {
		if parts := strings.Split(strings.Trim(root, "/"), "/"); len(parts) < 2 || parts[0] != "org" || slices.Contains(parts, "") {
			return fmt.Errorf("root %q is not the organisation's, expected org/<name> or below it", root)
		}
	}
	return nil
}

// within tells whether a path of data is a root or below it.
func within(root string, at []string) bool {
	parts := strings.Split(root, "/")
	return len(at) >= len(parts) && slices.Equal(at[:len(parts)], parts)
}

// overlap tells whether a path of data is a root, below it or above it.
func overlap(root string, at []string) bool {
	parts := strings.Split(root, "/")
	n := min(len(parts), len(at))
	return slices.Equal(at[:n], parts[:n])
}

// owned refuses whatever sources have in a root that the bundle of another one
// claims.
func owned(sources []Source, in inputs) error {
	var errs []error
	for i, s := range sources {
		for _, root := range s.Roots {
			for _, what := range intruders(sources, in, i, root) {
				errs = append(errs, fmt.Errorf("%s: %s is a root of %s", what, root, s.Name))
			}
		}
	}
	return errors.Join(errs...)
}

// intruders name what there is in a root of the source with this index that is
// not of it. Of two bundles it is the first one.
func intruders(sources []Source, in inputs, index int, root string) (out []string) {
	for _, s := range sources[:index] {
		for _, other := range s.Roots {
			if overlap(root, strings.Split(other, "/")) {
				out = append(out, s.Name+": root "+other)
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(in.files)) {
		if f := in.files[key]; f.source != index {
			if what := intruder(f.module, root); what != "" {
				out = append(out, what)
			}
		}
	}
	for _, d := range in.documents {
		i := slices.IndexFunc(d.leaves(), func(at []string) bool { return d.source != index && overlap(root, at) })
		if i >= 0 {
			at := d.leaves()[i]
			out = append(out, fmt.Sprintf("%s: %s", d.place(at), dataRef(at)))
		}
	}
	return out
}

// intruder names what a module defines in a root, "" if it is nothing.
func intruder(m *ast.Module, root string) string {
	if within(root, pathOf(m.Package.Path)) {
		return fmt.Sprintf("%s:%d: package %s", m.Package.Loc().File, m.Package.Loc().Row, packageOf(m))
	}
	for _, r := range m.Rules {
		if ref := r.Ref().GroundPrefix(); overlap(root, pathOf(ref)) {
			return fmt.Sprintf("%s:%d: rule %s", r.Loc().File, r.Loc().Row, ref)
		}
	}
	return ""
}

// pathOf is a ground reference as a path of data.
func pathOf(ref ast.Ref) (at []string) {
	for _, term := range ref[1:] {
		key, _ := term.Value.(ast.String)
		at = append(at, string(key))
	}
	return at
}
