package compare

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/policies"
)

// policy is the builtin rules, and copies of them as rules of an organisation.
type policy struct {
	compiled *rego.Policy
	packages []string
	// ours and copied are the rules by file, without tests.
	ours, copied fstest.MapFS
}

func newPolicy(copies int) (*policy, error) {
	ctx := context.Background()
	f, err := rego.Framework()
	if err != nil {
		return nil, err
	}
	p := &policy{ours: fstest.MapFS{}, copied: fstest.MapFS{}}
	sources := []rego.Source{rego.Builtin()}
	if p.compiled, err = rego.Compile(ctx, f, sources...); err != nil {
		return nil, err
	}
	for _, r := range p.compiled.Catalogue().Rules {
		text, err := fs.ReadFile(policies.FS, r.File)
		if err != nil {
			return nil, err
		}
		p.ours[r.File] = &fstest.MapFile{Data: text}
		for i := range copies {
			name := fmt.Sprintf("copy%d/%s", i, filepath.Base(r.File))
			p.copied[name] = &fstest.MapFile{Data: []byte(copied(string(text), i, r.Layers))}
		}
	}
	if copies > 0 {
		p.compiled, err = rego.Compile(ctx, f, append(sources, rego.Source{Name: "copies", FS: p.copied})...)
	}
	if err != nil {
		return nil, err
	}
	for _, r := range p.compiled.Catalogue().Rules {
		p.packages = append(p.packages, r.Package)
	}
	return p, nil
}

var (
	packageLine  = regexp.MustCompile(`(?m)^package maestro\.\w+\.(\w+)$`)
	suppressedBy = regexp.MustCompile(`(?m)^#   suppressed_by:.*\n`)
)

// copied is the text of a rule as that of an organisation: in a package that says
// nothing of its layers.
func copied(text string, i int, layers []string) string {
	text = packageLine.ReplaceAllString(text, fmt.Sprintf("package org.copy%d.$1", i))
	text = suppressedBy.ReplaceAllString(text, "")
	if strings.Contains(text, "\n#   layers:") {
		return text
	}
	return strings.Replace(text, "\n# custom:\n", "\n# custom:\n#   layers: ["+strings.Join(layers, ", ")+"]\n", 1)
}

// write writes what the peers run: the rules, and a module that collects what all of
// them find. That names every rule, which is cheaper for them than to walk the tree.
func (p *policy) write(dir string) error {
	all := maps.Clone(p.ours)
	maps.Copy(all, p.copied)
	text := "package main\n"
	for _, pkg := range p.packages {
		text += fmt.Sprintf("\ndeny contains {\"msg\": %q, \"finding\": finding} if some finding in data.%s.findings\n", pkg, pkg)
	}
	all["main.rego"] = &fstest.MapFile{Data: []byte(text)}
	return writeFiles(dir, all)
}

func writeFiles(dir string, files fstest.MapFS) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, files[name].Data, 0o600); err != nil {
			return err
		}
	}
	return nil
}
