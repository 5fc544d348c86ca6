package main

import (
	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/advise"
	"github.com/audition-dev/audition/internal/report/show"
)

func newQuestions() *cobra.Command {
	c := &session.Judging{}
	output := session.Choose("text", "json")
	cmd := &cobra.Command{
		Use:   "questions PROFILE",
		Short: "Find out what to disclose next, and whether that reaches approval",
		Long: `Questions tries every legal value of every fact that the profile leaves open,
judges the agent again each time, and lists the facts whose answer would change
decision, band or findings. Of an agent with hundreds of tools it tries the first
facts of these, and says how many are left. It then looks for disclosures that
together reach approve, and leaves out every one that is not needed.`,
		Example: "  audition questions profile.yaml",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, assessor, err := c.Open(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close()
			p, err := s.One(cmd.Context(), args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			v, way, err := advise.Path(cmd.Context(), assessor, p)
			if err != nil {
				return err
			}
			if output.Value == "json" {
				advice := show.Advice{Decision: v.Decision, Questions: v.Questions, Unasked: v.Unasked, Path: way}
				if v.Advice != nil {
					advice.Change = v.Advice.Change
				}
				return show.AdviceJSON(cmd.OutOrStdout(), advice)
			}
			return show.AdviceText(cmd.OutOrStdout(), v, way, session.PrintOptions(cmd.OutOrStdout()))
		},
	}
	cmd.Flags().VarP(&output, "output", "o", "format: text or json")
	c.Add(cmd.Flags())
	return cmd
}
