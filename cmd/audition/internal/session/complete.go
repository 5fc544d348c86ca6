package session

import (
	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/internal/assess"
)

// OpenForShell is [Judging.Open] for what a shell completes: where that fails the
// builtin rules are better than none.
func (j *Judging) OpenForShell(cmd *cobra.Command) (*Session, *assess.Assessor, error) {
	s, a, err := j.Open(cmd.Context())
	if err != nil {
		return (&Judging{NoConfig: true}).Open(cmd.Context())
	}
	return s, a, nil
}

// CompleteRules are the ids of all rules with their titles.
func (j *Judging) CompleteRules(cmd *cobra.Command) ([]cobra.Completion, cobra.ShellCompDirective) {
	s, a, err := j.OpenForShell(cmd)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer s.Close()
	var ids []cobra.Completion
	for _, r := range a.Engine().Rules() {
		ids = append(ids, cobra.CompletionWithDesc(r.ID, r.Title))
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
