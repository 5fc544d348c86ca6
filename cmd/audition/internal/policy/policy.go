// Package policy is the family of commands for who writes rules and gates.
package policy

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/author"
	"github.com/audition-dev/audition/internal/confine"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/suggest"
)

// authoring bounds what compiling and evaluating a policy under work may take.
const authoring = 5 * time.Minute

func New() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "policy",
		Short: "Write rules and gates: start, check, test, measure, format, document",
		Long: `Policy is for people who write rules and gates. A policy is a directory of Rego
files of packages org.<name>.<topic>; a test stands beside each file as
<file>_test.rego. Every command takes several directories and files. A tree of
the builtin policy stands in place of the one in the program.`,
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
type authored struct{ session.Judging }

// open compiles the sources with their tests. What is wrong with them comes back
// as rego.Problems. The caller closes the session.
func (a *authored) open(ctx context.Context, paths []string) (*session.Session, confine.Suite, error) {
	s, err := a.Read(ctx)
	if err != nil {
		return nil, nil, err
	}
	suite, err := s.Suite(ctx, paths)
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	return s, suite, nil
}

// rules is open for sources that have to have a rule or a gate.
func (a *authored) rules(ctx context.Context, paths []string) (*session.Session, confine.Suite, error) {
	s, suite, err := a.open(ctx, paths)
	if err == nil && len(author.Rules(suite.Catalogue()))+len(author.Gates(suite.Catalogue())) == 0 {
		s.Close()
		return nil, nil, fault.Nothing(errors.New(strings.Join(paths, ", ") + ": neither a rule nor a gate"))
	}
	return s, suite, err
}

// selected holds the configuration, where one is named or the policy comes from
// one, against the rules and gates that there are.
func (a *authored) selected(s *session.Session, c rego.Catalogue, paths []string) error {
	if len(paths) > 0 && a.Config == "" {
		return nil
	}
	_, err := s.Config.Resolve(c.All(), c.Packages())
	return err
}
