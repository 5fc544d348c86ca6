package policy

import (
	"context"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/policies"
)

func framework(t testing.TB) *maestro.Framework {
	t.Helper()
	data, err := policies.FS.ReadFile("layers.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f, err := maestro.ParseFramework(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// source makes a source of pairs of a file name and its text. It is not called
// builtin, so its name stands before every file in messages.
func source(files ...string) Source {
	fs := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fs[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return Source{Name: "acme", FS: fs}
}

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

func load(t testing.TB, sources ...Source) *Engine {
	t.Helper()
	e, err := Load(context.Background(), framework(t), sources...)
	if err != nil {
		t.Fatal(err)
	}
	return e
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

// judge runs the rules of e on a profile.
func judge(t testing.TB, e *Engine, p *profile.Profile) ([]maestro.Finding, error) {
	t.Helper()
	return e.Findings(context.Background(), p, facts.Derive(p, framework(t)))
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
