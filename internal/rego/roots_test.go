package rego

import (
	"strings"
	"testing"
)

// packed is a source as a bundle is one.
func packed(roots []string, files ...string) Source {
	s := source(files...)
	s.Name, s.Roots = "acme.tar.gz", roots
	return s
}

// TestRootsAreOwned: a bundle's roots are nobody else's.
func TestRootsAreOwned(t *testing.T) {
	acme := packed([]string{"org/acme/a", "org/acme/c"}, "a.rego", module("org.acme.a", fires), "gate.rego", strings.Replace(silent, "org.none", "org.acme.c", 1))
	other := func(files ...string) Source { return named("other", source(files...)) }
	for name, c := range map[string]struct {
		source Source
		want   string
	}{
		"package":        {other("x.rego", "package org.acme.a\n\nx := 1"), "other/x.rego:1: package org.acme.a: org/acme/a is a root of acme.tar.gz"},
		"package below":  {other("x.rego", "package org.acme.c.x\n\nx := 1"), "other/x.rego:1: package org.acme.c.x: org/acme/c is a root of acme.tar.gz"},
		"empty package":  {other("x.rego", "package org.acme.a.b"), "other/x.rego:1: package org.acme.a.b: org/acme/a is a root of acme.tar.gz"},
		"data":           {other("org/acme/a/data.yaml", "x: 1"), "other/org/acme/a/data.yaml:1:1: data.org.acme.a.x: org/acme/a is a root of acme.tar.gz"},
		"data above":     {other("org/acme/data.yaml", "z: 1\na: 1"), "other/org/acme/data.yaml:2:1: data.org.acme.a: org/acme/a is a root of acme.tar.gz"},
		"data of a file": {oneFile("limits.yaml", other("limits.yaml", "org: {acme: {c: {x: 1}}}")), "other/limits.yaml:1:18: data.org.acme.c.x: org/acme/c is a root of acme.tar.gz"},
		"two in two":     {other("x.rego", "package org.acme.a", "y.rego", "package org.acme.c"), "other/x.rego:1: package org.acme.a: org/acme/a is a root of acme.tar.gz\nother/y.rego:1: package org.acme.c: org/acme/c is a root of acme.tar.gz"},
	} {
		for order, sources := range map[string][]Source{"after": {acme, c.source}, "before": {c.source, acme}} {
			got := refused(t, append(sources, named("none", source("gate.rego", silent)))...)
			if got != c.want {
				t.Errorf("%s %s\ngot  %s\nwant %s", name, order, got, c.want)
			}
		}
	}
	second := named("second", packed([]string{"org/acme/c/d"}))
	if got, want := refused(t, acme, second), "acme.tar.gz: root org/acme/c: org/acme/c/d is a root of second"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	load(t, acme, other("x.rego", "package org.acme.b\n\nx := 1", "org/acme/e/data.yaml", "x: 1"))
	// Folders may share what no bundle claims.
	load(t, source("a.rego", module("org.acme.a", fires)), other("b.rego", module("org.acme.b", fires), "c.rego", "package org.acme.c"),
		named("third", source("c.rego", "package org.acme.c\n\nx := 1")))
}

// TestRulesAboveRoots: a rule whose name reaches into a root is in it.
func TestRulesAboveRoots(t *testing.T) {
	acme := packed([]string{"org/acme/a/b"}, "a.rego", module("org.acme.a.b", fires), "gate.rego", "package org.acme.a.b.gate\n\nreject contains \"no\" if false")
	for rule, want := range map[string]string{
		"b.x := 1":                  "rule data.org.acme.a.b.x",
		"b := {}":                   "rule data.org.acme.a.b",
		"b[x] := 1 if some x in []": "rule data.org.acme.a.b",
	} {
		got := refused(t, acme, named("other", source("x.rego", "package org.acme.a\n\n"+rule)))
		if want := "other/x.rego:3: " + want + ": org/acme/a/b is a root of acme.tar.gz"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	load(t, acme, named("other", source("x.rego", "package org.acme.a\n\nc := 1")))
}

// ranked is a source that a configuration of a rank names.
func ranked(rank int, s Source) Source { s.Layer = rank; return s }

// TestLayersKeepTheirTopics: a layer adds nothing to what a layer above has.
func TestLayersKeepTheirTopics(t *testing.T) {
	bank := ranked(0, named("bank", source("a.rego", module("org.acme.a", fires), "gate.rego", silent, "org/acme/limits/data.yaml", "tools: 1")))
	team := func(files ...string) Source { return ranked(1, named("team", source(files...))) }
	for name, c := range map[string]struct {
		source Source
		want   string
	}{
		"helper":         {team("x.rego", "package org.acme.a\n\nallowed if true"), "team/x.rego:1: package org.acme.a: org/acme/a belongs to bank/a.rego, of a configuration above"},
		"package below":  {team("x.rego", "package org.acme.a.x\n\nx := 1"), "team/x.rego:1: package org.acme.a.x: org/acme/a belongs to bank/a.rego, of a configuration above"},
		"gate":           {team("x.rego", "package org.none.gate\n\nhelper := 1"), "team/x.rego:1: package org.none.gate: org/none/gate belongs to bank/gate.rego, of a configuration above"},
		"data of a rule": {team("org/acme/a/data.yaml", "allowed: true"), "team/org/acme/a/data.yaml:1:1: data.org.acme.a.allowed: org/acme/a belongs to bank/a.rego, of a configuration above"},
		"data":           {ranked(1, oneFile("more.yaml", team("more.yaml", "org: {acme: {limits: {agents: 1}}}"))), "team/more.yaml:1:23: data.org.acme.limits.agents: org/acme/limits belongs to bank/org/acme/limits/data.yaml, of a configuration above"},
		"rule as data":   {team("x.rego", "package org.acme.limits\n\nagents := 1"), "team/x.rego:1: package org.acme.limits: org/acme/limits belongs to bank/org/acme/limits/data.yaml, of a configuration above"},
	} {
		for order, sources := range map[string][]Source{"after": {bank, c.source}, "before": {c.source, bank}} {
			if got := refused(t, sources...); got != c.want {
				t.Errorf("%s %s\ngot  %s\nwant %s", name, order, got, c.want)
			}
		}
	}
	own := []string{"x.rego", "package org.acme.b\n\nx := data.org.acme.limits.tools", "org/acme/mine/data.yaml", "x: 1"}
	load(t, bank, team(own...))
	// Policies of one layer may share packages.
	load(t, bank, ranked(0, named("second", source("x.rego", "package org.acme.a\n\nx := 1"))), team(own...), ranked(1, named("third", source("x.rego", "package org.acme.b\n\ny := 1"))))
}
