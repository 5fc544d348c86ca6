package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
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
	cmd.AddCommand(newPolicyInit(), newPolicyCheck(), newPolicyTest(), newPolicyBench(), newPolicyFmt(), newPolicyDocs(),
		newPolicyBundle(), newPolicySign(), newPolicyDiff())
	return cmd
}

// authored is the policy that a command of authors works on: that at the paths,
// or, without a path, that of the configuration.
type authored struct{ judging }

// suite compiles the sources with their tests. What is wrong with them comes back
// as policy.Problems, with exit code 3.
func (a *authored) suite(ctx context.Context, paths []string) (*policy.Suite, error) {
	sources, err := a.pick(paths)
	if err != nil {
		return nil, err
	}
	framework, err := policy.Framework()
	if err != nil {
		return nil, err
	}
	s, err := policy.Open(ctx, framework, sources...)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// pick opens the sources. A path twice is an error, and no Rego at all is nothing
// to evaluate.
func (a *authored) pick(paths []string) (sources []policy.Source, err error) {
	if len(paths) == 0 {
		cfg, err := a.configuration()
		if err != nil {
			return nil, err
		}
		if sources, err = a.sources(cfg); err != nil {
			return nil, err
		}
		if sources = sources[1:]; len(sources) == 0 {
			return nil, errors.New("expected a path, or a configuration that names policies")
		}
		return sources, nil
	}
	trust, err := a.trust.trust()
	if err != nil {
		return nil, err
	}
	seen, rego := map[string]bool{}, false
	for _, path := range paths {
		if seen[filepath.Clean(path)] {
			return nil, fmt.Errorf("%s: is given twice", path)
		}
		seen[filepath.Clean(path)] = true
		s, err := a.source(path, trust, false)
		if err != nil {
			return nil, err
		}
		has, err := hasRego(s.FS)
		if err != nil {
			return nil, fmt.Errorf("%s: %s", path, file.Cause(err))
		}
		rego = rego || has
		sources = append(sources, s)
	}
	if !rego {
		return nil, fault.Nothing(fmt.Errorf("%s: no Rego file", strings.Join(paths, ", ")))
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

// selected holds the configuration, where one is named or the policy comes from
// one, against the rules and gates that there are.
func (a *authored) selected(s *policy.Suite, paths []string) error {
	if len(paths) > 0 && a.config == "" {
		return nil
	}
	cfg, err := a.configuration()
	if err == nil {
		_, err = cfg.Resolve(s.Engine().Rules(), s.Engine().Gates())
	}
	return err
}

// rules is suite for sources that have to have a rule or a gate.
func (a *authored) rules(ctx context.Context, paths []string) (*policy.Suite, error) {
	s, err := a.suite(ctx, paths)
	if err == nil && len(s.Rules())+len(s.Gates()) == 0 {
		return nil, fault.Nothing(errors.New(strings.Join(paths, ", ") + ": neither a rule nor a gate"))
	}
	return s, err
}
