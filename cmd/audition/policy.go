package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/internal/policy"
	"github.com/audition-dev/audition/internal/suggest"
)

// authoring bounds what compiling and evaluating a policy under work may take.
const authoring = 5 * time.Minute

func newPolicy() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "policy",
		Short: "Write rules and gates: start, check, test, measure, format, document",
		Long: `Policy is for people who write rules and gates. A policy is a directory of Rego
files of packages org.<name>.<topic>; a test stands beside each file as
<file>_test.rego. Every command takes several directories and files.`,
		Example: `  audition policy init --name acme
  audition policy check policies
  audition policy test policies --threshold 100`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			var names []string
			for _, sub := range cmd.Commands() {
				names = append(names, sub.Name())
			}
			return fmt.Errorf("unknown command %q for %q%s", args[0], cmd.CommandPath(), suggest.DidYouMean(args[0], names))
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newPolicyInit(), newPolicyCheck(), newPolicyTest(), newPolicyBench(), newPolicyFmt(), newPolicyDocs())
	return cmd
}

// openSource opens a directory of Rego files, or one Rego file, which has its
// test beside it.
func openSource(path string) (policy.Source, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return policy.Source{}, fmt.Errorf("%s: %s", path, cause(err))
	case info.IsDir():
		return policy.Source{Name: path, FS: os.DirFS(path)}, nil
	case filepath.Ext(path) != ".rego":
		return policy.Source{}, fmt.Errorf("%s: expected a directory or a .rego file", path)
	}
	dir, name := filepath.Split(filepath.Clean(path))
	dir = filepath.Clean(dir)
	return policy.Source{Name: dir, FS: only{os.DirFS(dir), []string{name, strings.TrimSuffix(name, ".rego") + "_test.rego"}}}, nil
}

// only is a directory of which some files are listed.
type only struct {
	fs.FS
	names []string
}

func (o only) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return !slices.Contains(o.names, e.Name()) }), err
}

// openSources opens each path. A path twice is an error, and no Rego at all is
// nothing to evaluate.
func openSources(paths []string) ([]policy.Source, error) {
	var sources []policy.Source
	seen, any := map[string]bool{}, false
	for _, path := range paths {
		s, err := openSource(path)
		if err != nil {
			return nil, err
		}
		if seen[filepath.Clean(path)] {
			return nil, fmt.Errorf("%s: is given twice", path)
		}
		seen[filepath.Clean(path)] = true
		rego, err := hasRego(s.FS)
		if err != nil {
			return nil, fmt.Errorf("%s: %s", path, cause(err))
		}
		any = any || rego
		sources = append(sources, s)
	}
	if !any {
		return nil, &exit{exitNothing, fmt.Errorf("%s: no Rego file", strings.Join(paths, ", "))}
	}
	return sources, nil
}

func hasRego(fsys fs.FS) (found bool, err error) {
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(name) == ".rego" {
			found = true
			return fs.SkipAll
		}
		return err
	})
	return found, err
}

// openSuite compiles the sources at the paths with their tests. What is wrong
// with them comes back as policy.Problems, with exit code 3.
func openSuite(ctx context.Context, paths []string) (*policy.Suite, error) {
	sources, err := openSources(paths)
	if err != nil {
		return nil, err
	}
	framework, err := policy.Framework()
	if err != nil {
		return nil, err
	}
	s, err := policy.Open(ctx, framework, sources...)
	if err != nil {
		return nil, &exit{exitUndecided, err}
	}
	return s, nil
}

// openRules is openSuite for sources that have to have a rule or a gate.
func openRules(ctx context.Context, paths []string) (*policy.Suite, error) {
	s, err := openSuite(ctx, paths)
	if err == nil && len(s.Rules())+len(s.Gates()) == 0 {
		return nil, &exit{exitNothing, errors.New(strings.Join(paths, ", ") + ": neither a rule nor a gate")}
	}
	return s, err
}
