package rego

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
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/suggest"
)

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
	Subjects     []string         `json:"subjects"`
}

var customKeys = []string{"collections", "controls", "kind", "layers", "message", "possible", "references", "remediation", "severity", "subjects", "suppressed_by", "threats"}

// readRule makes a rule of a module's package metadata.
func readRule(framework *maestro.Framework, pkg string, m *ast.Module) (r maestro.Rule, wrong Problems) {
	i := slices.IndexFunc(m.Annotations, func(a *ast.Annotations) bool { return a.Scope == "package" })
	if i < 0 {
		return r, Problems{parse.At(m.Package.Loc(), "rule without metadata, expected a # METADATA block above the package")}
	}
	a := m.Annotations[i]
	fail := func(format string, args ...any) {
		wrong = append(wrong, parse.At(a.Loc(), "metadata: "+format, args...))
	}
	for _, key := range slices.Sorted(maps.Keys(a.Custom)) {
		if !slices.Contains(customKeys, key) {
			fail("unknown field custom.%s%s", key, suggest.DidYouMean(key, customKeys))
		}
	}
	var c custom
	encoded, err := json.Marshal(a.Custom)
	if err == nil {
		err = json.Unmarshal(encoded, &c)
	}
	if err != nil {
		wrong = nil
		fail("custom: %v", err)
		return r, wrong
	}
	id, layer, err := identity(framework, pkg, c.Layers)
	if err != nil {
		wrong = nil
		fail("%v", err)
		return r, wrong
	}
	r = maestro.Rule{
		ID: id, Layer: layer, Layers: c.Layers, Kind: c.Kind,
		Title: a.Title, Description: strings.Join(strings.Fields(a.Description), " "), Message: c.Message,
		Severity: c.Severity, Possible: c.Possible, Controls: c.Controls, Threats: c.Threats,
		References: c.References, Remediation: c.Remediation, SuppressedBy: c.SuppressedBy, Collections: c.Collections, Subjects: c.Subjects,
		Package: pkg, File: a.Loc().File, Row: a.Loc().Row,
	}
	if len(r.Layers) == 0 && layer != maestro.CrossLayer {
		r.Layers = []string{layer}
	}
	if r.Message == "" {
		r.Message = r.Title
	}
	switch possible := len(r.Controls) > 0 || ownControls(m); {
	case !possible && r.Possible != "":
		fail("custom.possible: no finding can be only possible, for neither custom.controls nor a finding names a control")
	case possible && r.Possible == "":
		r.Possible = r.Severity.Lower()
	}
	for _, err := range checkRule(framework, r) {
		fail("%v", err)
	}
	return r, wrong
}

// ownControls tells whether a finding of a module may bring controls of its own:
// unless all of them are written out as objects that have none.
func ownControls(m *ast.Module) bool {
	return slices.ContainsFunc(m.Rules, func(r *ast.Rule) bool {
		if r.Head.Ref()[0].Value.String() != "findings" {
			return false
		}
		written := r.Head.Key
		for _, e := range r.Body {
			if e.IsAssignment() && e.Operand(0).Equal(written) {
				written = e.Operand(1)
			}
		}
		object, ok := written.Value.(ast.Object)
		return !ok || object.Get(ast.StringTerm("controls")) != nil || slices.ContainsFunc(object.Keys(), func(k *ast.Term) bool { return !k.IsGround() })
	})
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
	case !r.Severity.Valid() || r.Possible != "" && !r.Possible.Valid():
		errs = append(errs, fmt.Errorf("custom.severity, custom.possible: expected critical, high, medium, low, info or credit, got %q and %q", r.Severity, r.Possible))
	case (r.Severity == maestro.Credit) != (r.Kind == maestro.Strength), r.Possible != "" && (r.Possible == maestro.Credit) != (r.Kind == maestro.Strength):
		errs = append(errs, errors.New("custom.severity: expected credit for a strength and for nothing else"))
	case r.Possible != "" && r.Possible.Rank() < r.Severity.Rank():
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
	errs = append(errs, checkSubjects(r)...)
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
