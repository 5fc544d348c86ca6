package rego

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
)

func framework(t testing.TB) *maestro.Framework {
	t.Helper()
	f, err := Framework()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// source makes a source of an organisation of pairs of a file name and its text.
// Its name stands before every file in messages.
func source(files ...string) Source {
	fs := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fs[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return Source{Name: "acme", FS: fs}
}

// named gives a source another name.
func named(name string, s Source) Source { s.Name = name; return s }

// ours makes a source that counts as builtin.
func ours(files ...string) Source { s := source(files...); s.Builtin = true; return s }

// module writes a rule: metadata, package and body. A field such as
// "severity: low" stands for the one of the same name; "severity:" removes it.
func module(pkg, body string, fields ...string) string {
	top := []string{"title: T", "description: D"}
	custom := []string{"kind: weakness", "layers: [L3]", "severity: high", "remediation: R"}
	for _, f := range fields {
		key, value, _ := strings.Cut(f, ":")
		list := &custom
		if key == "title" || key == "description" || key == "schemas" {
			list = &top
		}
		kept := []string{}
		for _, old := range *list {
			if !strings.HasPrefix(old, key+":") {
				kept = append(kept, old)
			}
		}
		if value != "" {
			kept = append(kept, f)
		}
		*list = kept
	}
	return "# METADATA\n# " + strings.Join(top, "\n# ") + "\n# custom:\n#   " + strings.Join(custom, "\n#   ") +
		"\npackage " + pkg + "\n\n" + body + "\n"
}

const fires = `findings contains {"facts": [["model", "name"]]} if true`

// silent is a gate that never decides, for sources without a gate of their own.
const silent = "package org.none.gate\n\nreject contains \"never\" if false"

// load compiles sources, with a silent gate where they have none.
func load(t testing.TB, sources ...Source) *Engine {
	t.Helper()
	e, err := Load(context.Background(), framework(t), sources...)
	if err != nil && strings.HasPrefix(err.Error(), "no gate in any policy") {
		e, err = Load(context.Background(), framework(t), append(sources, named("none", source("gate.rego", silent)))...)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// refused returns the error of sources that must not load.
func refused(t testing.TB, sources ...Source) string {
	t.Helper()
	e, err := Load(context.Background(), framework(t), sources...)
	if err == nil || e != nil {
		t.Errorf("loaded, expected an error; got engine %t, %v", e != nil, err)
		return ""
	}
	return err.Error()
}

// rule compiles one rule org.test.rule.
func rule(t testing.TB, body string, fields ...string) *Engine {
	t.Helper()
	return load(t, source("rule.rego", module("org.test.rule", body, fields...)))
}

// agent reads a profile with the given facts.
func agent(t testing.TB, facts string) *profile.Profile {
	t.Helper()
	return read(t, "p.yaml", []byte("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: test}\n"+facts))
}

func example(t testing.TB) *profile.Profile {
	t.Helper()
	const path = "../../examples/desktop-helper/profile.yaml"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, path, data)
}

func read(t testing.TB, source string, data []byte) *profile.Profile {
	t.Helper()
	profiles, err := profile.Load(source, data)
	if err != nil {
		t.Fatal(err)
	}
	return profiles[0]
}

// subject prepares a profile with what is derived from it.
func subject(t testing.TB, p *profile.Profile) Subject {
	t.Helper()
	s, err := NewSubject(p, facts.Derive(p, framework(t)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// judge runs the rules of e on a profile.
func judge(t testing.TB, e *Engine, p *profile.Profile) ([]maestro.Finding, error) {
	t.Helper()
	found, err := e.Findings(context.Background(), subject(t, p))
	settle(found)
	return found, err
}

// settle does what an assessment does where nothing is configured.
func settle(found []maestro.Finding) {
	slices.SortFunc(found, maestro.Finding.Compare)
	maestro.Suppress(found)
}

// findings are what judge returns when nothing goes wrong.
func findings(t testing.TB, e *Engine, p *profile.Profile) []maestro.Finding {
	t.Helper()
	found, err := judge(t, e, p)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
