package policy

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/author"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/report/show"
)

func newPolicyCheck() *cobra.Command {
	var a authored
	output := session.Choose("text", "json")
	cmd := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Find everything that is wrong with rules, gates and their tests",
		Long: `Check compiles the policy beside the builtin one, strictly and against the
schemas of profiles and gates, reads all metadata, and lists every error. Then it
holds the rules of the house: every rule has a test beside it, with an input bad
on which the rule fires and an input good on which it does not, both of them
parts of a profile; no package is for nothing, and no file beside data goes
unread. Without a path it checks what the configuration names; that,
or one named by --config, is held against the rules too.

Exit codes: 0 fine, 1 a rule of the house does not hold, 2 usage, 3 something
does not parse or compile, or has bad metadata, 5 there is no rule and no gate.`,
		Example: `  audition policy check policies
  audition policy check policies/egress.rego -o json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), authoring)
			defer cancel()
			checked, code, err := a.check(ctx, args)
			if err != nil {
				return err
			}
			print := show.CheckedText
			if output.Value == "json" {
				print = show.CheckedJSON
			}
			if err := print(cmd.OutOrStdout(), checked); err != nil || code == session.ExitApprove {
				return err
			}
			return session.Failed(code)
		},
	}
	cmd.Flags().VarP(&output, "output", "o", "format: text or json")
	a.Choosing(cmd.Flags())
	return cmd
}

// check returns what there is and what is wrong with it.
func (a *authored) check(ctx context.Context, paths []string) (show.Checked, int, error) {
	var out show.Checked
	var wrong rego.Problems
	code := session.ExitUndecided
	s, suite, err := a.rules(ctx, paths)
	if err == nil {
		defer s.Close()
		c := suite.Catalogue()
		out.Rules, out.Gates, out.Packages = len(author.Rules(c)), len(author.Gates(c)), suite.Packages()
		if wrong, err = suite.House(ctx); err != nil {
			return out, 0, fault.Undecided(err)
		}
		if err := a.selected(s, c, paths); err != nil {
			return out, 0, err
		}
		code = session.ExitReject
	} else if !errors.As(err, &wrong) {
		return out, 0, err
	}
	for _, p := range wrong {
		out.Errors = append(out.Errors, show.PolicyError(p))
	}
	if len(wrong) == 0 {
		code = session.ExitApprove
	}
	return out, code, nil
}
