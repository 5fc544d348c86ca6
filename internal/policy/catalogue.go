package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/suggest"
)

// decisions are the rules of a gate, the strictest first.
var decisions = []string{"reject", "review"}

// gate is one decision of one gate.
type gate struct{ pkg, decision string }

// catalogue reads the metadata of every module: rules, gates, helpers.
func (e *Engine) catalogue(framework *maestro.Framework, files map[string]file) error {
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(files)) {
		m := files[key].module
		pkg, name := packageOf(m), m.Package.Loc().File
		if r := misshapen(pkg, m); r != nil {
			errs = append(errs, fmt.Errorf("%s:%d: expected %s contains …", name, r.Loc().Row, r.Head.Ref()[0].Value))
			continue
		}
		gates := e.addGates(pkg, m)
		switch {
		case isGate(pkg):
			if defines(m, "findings") {
				errs = append(errs, fmt.Errorf("%s:%d: a gate reports no findings; put them into a package of their own", name, m.Package.Loc().Row))
			}
		case gates:
			errs = append(errs, fmt.Errorf("%s:%d: package %s: expected reject and review in a package that ends in .gate", name, m.Package.Loc().Row, pkg))
		case defines(m, "findings"):
			rule, err := readRule(framework, name, pkg, m)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			e.rules = append(e.rules, rule)
			e.files[rule.ID] = files[key]
		case slices.ContainsFunc(m.Annotations, func(a *ast.Annotations) bool { return len(a.Custom) > 0 }):
			errs = append(errs, fmt.Errorf("%s:%d: metadata of a rule, and no findings contains … below it", name, m.Package.Loc().Row))
		}
	}
	errs = append(errs, e.emptyGates(files)...)
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	slices.SortStableFunc(e.rules, func(a, b maestro.Rule) int { return strings.Compare(a.ID, b.ID) })
	return e.checkCatalogue()
}

// addGates notes the decisions that a module defines, each once.
func (e *Engine) addGates(pkg string, m *ast.Module) bool {
	found := false
	for _, decision := range decisions {
		if defines(m, decision) {
			found = true
			if g := (gate{pkg, decision}); !slices.Contains(e.gates, g) {
				e.gates = append(e.gates, g)
			}
		}
	}
	return found
}

// emptyGates reports packages that are called gate and decide nothing.
func (e *Engine) emptyGates(files map[string]file) (errs []error) {
	for _, key := range slices.Sorted(maps.Keys(files)) {
		m := files[key].module
		pkg := packageOf(m)
		decides := slices.ContainsFunc(e.gates, func(g gate) bool { return g.pkg == pkg })
		if isGate(pkg) && !decides && misshapen(pkg, m) == nil && !strings.HasPrefix(key, typedKey) {
			errs = append(errs, fmt.Errorf("%s:%d: package %s decides nothing, expected reject contains … or review contains …", m.Package.Loc().File, m.Package.Loc().Row, pkg))
		}
	}
	return errs
}

// checkCatalogue reports ids that stand twice or that name no rule.
func (e *Engine) checkCatalogue() error {
	var ids []string
	var errs []error
	for _, r := range e.rules {
		if i := slices.Index(ids, r.ID); i >= 0 {
			errs = append(errs, fmt.Errorf("%s:%d: rule %s stands twice, first at %s:%d", r.File, r.Row, r.ID, e.rules[i].File, e.rules[i].Row))
		}
		ids = append(ids, r.ID)
	}
	for _, r := range e.rules {
		for _, by := range r.SuppressedBy {
			if by == r.ID {
				errs = append(errs, fmt.Errorf("%s:%d: suppressed_by: a rule cannot suppress itself", r.File, r.Row))
			} else if !slices.Contains(ids, by) {
				errs = append(errs, fmt.Errorf("%s:%d: suppressed_by: unknown rule %q%s", r.File, r.Row, by, suggest.DidYouMean(by, ids)))
			}
		}
	}
	return errors.Join(errs...)
}

// defines tells whether a module has a partial set of one of the names.
func defines(m *ast.Module, names ...string) bool {
	return slices.ContainsFunc(m.Rules, func(r *ast.Rule) bool {
		return len(r.Head.Ref()) == 1 && slices.Contains(names, r.Head.Ref()[0].Value.String()) && r.Head.Key != nil && r.Head.Value == nil
	})
}

// misshapen returns a rule that has the name of findings, or in a gate of a
// decision, and is no partial set: it would never be read.
func misshapen(pkg string, m *ast.Module) *ast.Rule {
	names := []string{"findings"}
	if isGate(pkg) {
		names = append(names, decisions...)
	}
	for _, r := range m.Rules {
		first := r.Head.Ref()[0].Value.String()
		if slices.Contains(names, first) && (len(r.Head.Ref()) > 1 || r.Head.Key == nil || r.Head.Value != nil) {
			return r
		}
	}
	return nil
}

// custom is the custom section of a rule's metadata.
type custom struct {
	Kind         maestro.Kind     `json:"kind"`
	Layers       []string         `json:"layers"`
	Severity     maestro.Severity `json:"severity"`
	Possible     maestro.Severity `json:"possible"`
	Message      string           `json:"message"`
	Controls     []string         `json:"controls"`
	Threats      []string         `json:"threats"`
	References   []string         `json:"references"`
	Remediation  string           `json:"remediation"`
	SuppressedBy []string         `json:"suppressed_by"`
	Collections  []string         `json:"collections"`
}

var customKeys = []string{"collections", "controls", "kind", "layers", "message", "possible", "references", "remediation", "severity", "suppressed_by", "threats"}

// readRule makes a rule of a module's package metadata.
func readRule(framework *maestro.Framework, file, pkg string, m *ast.Module) (maestro.Rule, error) {
	row := m.Package.Loc().Row
	i := slices.IndexFunc(m.Annotations, func(a *ast.Annotations) bool { return a.Scope == "package" })
	if i < 0 {
		return maestro.Rule{}, fmt.Errorf("%s:%d: rule without metadata, expected a # METADATA block above the package", file, row)
	}
	a := m.Annotations[i]
	fail := func(format string, args ...any) (maestro.Rule, error) {
		return maestro.Rule{}, fmt.Errorf("%s:%d: metadata: %s", file, a.Loc().Row, fmt.Sprintf(format, args...))
	}
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(a.Custom)) {
		if !slices.Contains(customKeys, key) {
			_, err := fail("unknown field custom.%s%s", key, suggest.DidYouMean(key, customKeys))
			errs = append(errs, err)
		}
	}
	var c custom
	encoded, err := json.Marshal(a.Custom)
	if err == nil {
		err = json.Unmarshal(encoded, &c)
	}
	if err != nil {
		return fail("custom: %v", err)
	}
	id, layer, err := identity(framework, pkg, c.Layers)
	if err != nil {
		return fail("%v", err)
	}
	r := maestro.Rule{
		ID: id, Layer: layer, Layers: c.Layers, Kind: c.Kind,
		Title: a.Title, Description: strings.Join(strings.Fields(a.Description), " "), Message: c.Message,
		Severity: c.Severity, Possible: c.Possible, Controls: c.Controls, Threats: c.Threats,
		References: c.References, Remediation: c.Remediation, SuppressedBy: c.SuppressedBy, Collections: c.Collections,
		Package: pkg, File: file, Row: a.Loc().Row,
	}
	if len(r.Layers) == 0 && layer != maestro.CrossLayer {
		r.Layers = []string{layer}
	}
	if r.Message == "" {
		r.Message = r.Title
	}
	if r.Possible == "" {
		r.Possible = r.Severity.Lower()
	}
	for _, err := range checkRule(framework, r) {
		_, err = fail("%v", err)
		errs = append(errs, err)
	}
	return r, errors.Join(errs...)
}

// identity makes a rule's id and layer of its package: of
// maestro.<folder>.<name>, or of org.<organisation>.….<name>.
func identity(framework *maestro.Framework, pkg string, layers []string) (id, layer string, err error) {
	parts := strings.Split(pkg, ".")
	name := strings.ReplaceAll(parts[len(parts)-1], "_", "-")
	switch {
	case parts[0] == "maestro" && len(parts) == 3:
		layer, ok := framework.LayerOf(parts[1])
		if !ok {
			return "", "", fmt.Errorf("package %s: unknown layer folder %q", pkg, parts[1])
		}
		return layer + "/" + name, layer, nil
	case parts[0] == "org" && len(parts) >= 3:
		layer = maestro.CrossLayer
		if len(layers) == 1 {
			layer = layers[0]
		}
		return strings.Join(parts[:len(parts)-1], ".") + "/" + name, layer, nil
	}
	return "", "", fmt.Errorf("package %s: expected maestro.<layer>.<rule> or org.<name>.<topic>", pkg)
}

// checkRule says everything that is missing from or wrong in a rule's metadata.
func checkRule(framework *maestro.Framework, r maestro.Rule) (errs []error) {
	known := []string{}
	for _, l := range framework.Layers {
		known = append(known, l.ID)
	}
	for _, l := range r.Layers {
		if !slices.Contains(known, l) {
			errs = append(errs, fmt.Errorf("custom.layers: unknown layer %q, expected some of %s", l, strings.Join(known, ", ")))
		}
	}
	if len(r.Layers) == 0 {
		errs = append(errs, fmt.Errorf("expected custom.layers, some of %s", strings.Join(known, ", ")))
	}
	for _, required := range []struct{ key, value string }{{"title", r.Title}, {"description", r.Description}, {"custom.remediation", r.Remediation}} {
		if required.value == "" {
			errs = append(errs, errors.New("expected "+required.key))
		}
	}
	switch {
	case !slices.Contains(maestro.Kinds(), r.Kind):
		errs = append(errs, fmt.Errorf("custom.kind: expected one of combination, weakness, gap, strength, got %q", r.Kind))
	case !r.Severity.Valid() || !r.Possible.Valid():
		errs = append(errs, fmt.Errorf("custom.severity, custom.possible: expected critical, high, medium, low, info or credit, got %q and %q", r.Severity, r.Possible))
	case (r.Severity == maestro.Credit) != (r.Kind == maestro.Strength), (r.Possible == maestro.Credit) != (r.Kind == maestro.Strength):
		errs = append(errs, errors.New("custom.severity: expected credit for a strength and for nothing else"))
	case r.Possible.Rank() < r.Severity.Rank():
		errs = append(errs, errors.New("custom.possible: expected at most custom.severity"))
	}
	if r.Kind == maestro.Gap && len(r.Controls) > 0 {
		return append(errs, errors.New("custom.controls: a gap has none"))
	}
	for _, c := range r.Collections {
		if !word.MatchString(c) {
			errs = append(errs, fmt.Errorf("custom.collections: expected words of a-z, 0-9, - and _, got %q", c))
		}
	}
	for _, c := range r.Controls {
		if !profile.IsFact(c) || strings.Contains(c, "*") {
			errs = append(errs, fmt.Errorf("custom.controls: %q is no single fact%s", c, didYouMean(c)))
		}
	}
	return errs
}

var word = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)

// didYouMean suggests a fact. The vocabulary is too long to list.
func didYouMean(pointer string) string {
	if c := suggest.Closest(pointer, profile.Pointers()); c != "" {
		return fmt.Sprintf(", did you mean %q?", c)
	}
	return ", expected a JSON pointer such as /execution/sandbox/present"
}
