package rego

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/suggest"
)

// Catalogue is what a policy says of itself, as plain values: an engine needs
// nothing else of it but its values for an input.
type Catalogue struct {
	// Rules are sorted by id.
	Rules []Rule
	// Gates are in the order of their files.
	Gates []Gate
	// Sources are what was loaded, in the order of Compile.
	Sources []Loaded
}

// Rule is a rule as its file says it.
type Rule struct {
	maestro.Rule
	// Builtin rules come with the program.
	Builtin bool
	// Text is the Rego without its metadata.
	Text string
	// Reads are JSON pointers of what it and the packages that it uses read of the
	// profile, sorted; a derived fact stands as /derived/<name>. References through a
	// variable end at the list.
	Reads []string
}

// Gate is a gate as its metadata describe it.
type Gate struct {
	// Package is its Rego package and its name in reasons.
	Package string
	Title   string
	// Description is one line.
	Description string
	// Decisions are reject, review or both.
	Decisions []string
	// Reads are JSON pointers of what it and the packages that it uses read, sorted.
	Reads []string
	// File and Row are where it begins.
	File string
	Row  int
	// Builtin gates come with the program.
	Builtin bool
}

// Term is what has the findings of the rule as its value.
func (r Rule) Term() string { return "data." + r.Package + ".findings" }

// Terms are what have the reasons of the gate as their values, a decision each.
func (g Gate) Terms() (out []string) {
	for _, d := range g.Decisions {
		out = append(out, "data."+g.Package+"."+d)
	}
	return out
}

// readCatalogue reads the metadata of every module: rules, gates, helpers.
func readCatalogue(p *parse.Parsed, framework *maestro.Framework) (c Catalogue, wrong Problems) {
	c.Sources = p.Loaded
	for _, key := range p.Keys() {
		f := p.Files[key]
		m, pkg := f.Module, parse.PackageOf(f.Module)
		if r := misshapen(pkg, m); r != nil {
			wrong = append(wrong, parse.At(r.Loc(), "expected %s contains …", r.Head.Ref()[0].Value))
			continue
		}
		here, decides := m.Package.Loc(), parse.Defines(m, parse.Decisions()...)
		switch {
		case parse.IsGate(pkg):
			if !f.Typing {
				c.addGate(p, f)
			}
			if parse.Defines(m, "findings") {
				wrong = append(wrong, parse.At(here, "a gate reports no findings; put them into a package of their own"))
			}
		case decides:
			wrong = append(wrong, parse.At(here, "package %s: expected reject and review in a package that ends in .gate", pkg))
		case parse.Defines(m, "findings"):
			rule, errs := readRule(framework, pkg, m)
			if wrong = append(wrong, errs...); len(errs) == 0 {
				c.Rules = append(c.Rules, Rule{rule, f.Builtin, text(f.Data), parse.Reads(p, m)})
			}
		case slices.ContainsFunc(m.Annotations, func(a *ast.Annotations) bool { return len(a.Custom) > 0 }):
			wrong = append(wrong, parse.At(here, "metadata of a rule, and no findings contains … below it"))
		}
	}
	wrong = append(wrong, c.emptyGates(p)...)
	if len(wrong) > 0 {
		return c, wrong
	}
	slices.SortStableFunc(c.Rules, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return c, c.check()
}

// addGate notes what a file adds to a gate.
func (c *Catalogue) addGate(p *parse.Parsed, f parse.File) {
	pkg, here := parse.PackageOf(f.Module), f.Module.Package.Loc()
	i := slices.IndexFunc(c.Gates, func(g Gate) bool { return g.Package == pkg })
	if i < 0 {
		i = len(c.Gates)
		c.Gates = append(c.Gates, Gate{Package: pkg, File: here.File, Row: here.Row, Builtin: f.Builtin})
	}
	g := &c.Gates[i]
	for _, a := range f.Module.Annotations {
		if a.Scope == "package" && g.Title == "" {
			g.Title, g.Description = a.Title, strings.Join(strings.Fields(a.Description), " ")
		}
	}
	for _, d := range parse.Decisions() {
		if parse.Defines(f.Module, d) {
			g.Decisions = distinct(append(g.Decisions, d))
		}
	}
	g.Reads = distinct(append(g.Reads, parse.Reads(p, f.Module)...))
}

// emptyGates reports packages that are called gate and decide nothing.
func (c Catalogue) emptyGates(p *parse.Parsed) (wrong Problems) {
	for _, key := range p.Keys() {
		f := p.Files[key]
		pkg := parse.PackageOf(f.Module)
		empty := slices.ContainsFunc(c.Gates, func(g Gate) bool { return g.Package == pkg && len(g.Decisions) == 0 })
		if empty && !f.Typing && misshapen(pkg, f.Module) == nil {
			wrong = append(wrong, parse.At(f.Module.Package.Loc(), "package %s decides nothing, expected reject contains … or review contains …", pkg))
		}
	}
	return wrong
}

// check reports ids that stand twice or that name no rule.
func (c Catalogue) check() (wrong Problems) {
	var ids []string
	for _, r := range c.Rules {
		if i := slices.Index(ids, r.ID); i >= 0 {
			first := c.Rules[i]
			wrong = append(wrong, Problem{File: r.File, Line: r.Row, Message: fmt.Sprintf("rule %s stands twice, first at %s:%d", r.ID, first.File, first.Row)})
		}
		ids = append(ids, r.ID)
	}
	for _, r := range c.Rules {
		for _, by := range r.SuppressedBy {
			if by == r.ID {
				wrong = append(wrong, Problem{File: r.File, Line: r.Row, Message: "suppressed_by: a rule cannot suppress itself"})
			} else if !slices.Contains(ids, by) {
				wrong = append(wrong, Problem{File: r.File, Line: r.Row, Message: fmt.Sprintf("suppressed_by: unknown rule %q%s", by, suggest.DidYouMean(by, ids))})
			}
		}
	}
	return wrong
}

// text is Rego without its metadata: what a reader has to agree with.
func text(data []byte) string {
	text := string(data)
	if i := strings.Index(text, "\npackage "); i >= 0 {
		text = text[i+1:]
	}
	return strings.TrimSpace(text)
}

// misshapen returns a rule that has the name of findings, or in a gate of a
// decision, and is no partial set: it would never be read.
func misshapen(pkg string, m *ast.Module) *ast.Rule {
	names := []string{"findings"}
	if parse.IsGate(pkg) {
		names = append(names, parse.Decisions()...)
	}
	for _, r := range m.Rules {
		first := r.Head.Ref()[0].Value.String()
		if slices.Contains(names, first) && (len(r.Head.Ref()) > 1 || r.Head.Key == nil || r.Head.Value != nil) {
			return r
		}
	}
	return nil
}

// All returns the rules, sorted by id.
func (c Catalogue) All() []maestro.Rule {
	out := make([]maestro.Rule, len(c.Rules))
	for i, r := range c.Rules {
		out[i] = r.Rule
	}
	return out
}

// Packages returns the packages of the gates, sorted.
func (c Catalogue) Packages() []string {
	out := make([]string, len(c.Gates))
	for i, g := range c.Gates {
		out[i] = g.Package
	}
	slices.Sort(out)
	return out
}

// Reads returns [Rule.Reads] of a rule, by its id.
func (c Catalogue) Reads(id string) []string {
	i := slices.IndexFunc(c.Rules, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return c.Rules[i].Reads
}
