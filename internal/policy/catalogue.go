package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/suggest"
)

// decisions are the rules of a gate, the strictest first.
var decisions = []string{"reject", "review"}

// catalogue reads the metadata of every module: rules, gates, helpers.
func (e *Engine) catalogue(framework *maestro.Framework, modules map[string]*ast.Module) error {
	var errs []error
	for _, file := range slices.Sorted(maps.Keys(modules)) {
		m := modules[file]
		pkg := strings.TrimPrefix(m.Package.Path.String(), "data.")
		switch {
		case !defines(m, "findings"):
			if defines(m, decisions...) {
				e.gates = append(e.gates, pkg)
			}
		default:
			rule, err := readRule(framework, file, pkg, m)
			if err != nil {
				errs = append(errs, err)
			}
			e.rules = append(e.rules, rule)
		}
	}
	slices.SortFunc(e.rules, func(a, b maestro.Rule) int { return strings.Compare(a.ID, b.ID) })
	slices.Sort(e.gates)
	return errors.Join(append(errs, e.checkCatalogue())...)
}

// checkCatalogue reports ids that stand twice or that name no rule.
func (e *Engine) checkCatalogue() error {
	var ids []string
	for _, r := range e.rules {
		if slices.Contains(ids, r.ID) {
			return fmt.Errorf("%s:%d: rule %s stands twice", r.File, r.Row, r.ID)
		}
		ids = append(ids, r.ID)
	}
	for _, r := range e.rules {
		for _, by := range r.SuppressedBy {
			if !slices.Contains(ids, by) {
				return fmt.Errorf("%s:%d: suppressed_by: unknown rule %q%s", r.File, r.Row, by, suggest.DidYouMean(by, ids))
			}
		}
	}
	return nil
}

func defines(m *ast.Module, names ...string) bool {
	return slices.ContainsFunc(m.Rules, func(r *ast.Rule) bool {
		return slices.Contains(names, r.Head.Ref()[0].Value.String()) || slices.Contains(names, string(r.Head.Name))
	})
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
}

var customKeys = []string{"controls", "kind", "layers", "message", "possible", "references", "remediation", "severity", "suppressed_by", "threats"}

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
	for key := range a.Custom {
		if !slices.Contains(customKeys, key) {
			return fail("unknown field custom.%s%s", key, suggest.DidYouMean(key, customKeys))
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
		References: c.References, Remediation: c.Remediation, SuppressedBy: c.SuppressedBy,
		Package: pkg, File: file, Row: a.Loc().Row,
	}
	if len(r.Layers) == 0 {
		r.Layers = []string{layer}
	}
	if r.Message == "" {
		r.Message = r.Title
	}
	if r.Possible == "" {
		r.Possible = r.Severity.Lower()
	}
	if err := checkRule(framework, r); err != nil {
		return fail("%v", err)
	}
	return r, nil
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

// checkRule says what is missing from or wrong in a rule's metadata.
func checkRule(framework *maestro.Framework, r maestro.Rule) error {
	known := []string{}
	for _, l := range framework.Layers {
		known = append(known, l.ID)
	}
	for _, l := range r.Layers {
		if !slices.Contains(known, l) {
			return fmt.Errorf("custom.layers: unknown layer %q, expected some of %s", l, strings.Join(known, ", "))
		}
	}
	switch {
	case r.Title == "":
		return errors.New("expected title")
	case r.Description == "":
		return errors.New("expected description")
	case r.Remediation == "":
		return errors.New("expected custom.remediation")
	case !slices.Contains(maestro.Kinds(), r.Kind):
		return fmt.Errorf("custom.kind: expected one of combination, weakness, gap, strength, got %q", r.Kind)
	case !r.Severity.Valid() || !r.Possible.Valid():
		return fmt.Errorf("custom.severity, custom.possible: expected critical, high, medium, low, info or credit, got %q and %q", r.Severity, r.Possible)
	case (r.Severity == maestro.Credit) != (r.Kind == maestro.Strength):
		return errors.New("custom.severity: expected credit for a strength and for nothing else")
	case r.Possible.Rank() < r.Severity.Rank():
		return errors.New("custom.possible: expected at most custom.severity")
	case r.Kind == maestro.Gap && len(r.Controls) > 0:
		return errors.New("custom.controls: a gap has none")
	}
	for _, c := range r.Controls {
		if !profile.Known(c) {
			return fmt.Errorf("custom.controls: %s is no fact%s", c, suggest.DidYouMean(c, profile.Pointers()))
		}
	}
	return nil
}
