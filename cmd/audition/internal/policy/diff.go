package policy

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report/show"
	"github.com/audition-dev/audition/internal/setup"
	"github.com/audition-dev/audition/internal/verdict"
)

func newPolicyDiff() *cobra.Command {
	var j session.Judging
	var profiles []string
	output := session.Choose("text", "json")
	fails := false
	cmd := &cobra.Command{
		Use:   "diff OLD NEW --profiles DIR",
		Short: "Tell which verdicts change from one policy to another, and by which rule",
		Long: `Diff judges every agent by OLD and by NEW and tells what changes. OLD and NEW are
each a configuration, a directory, a Rego file or a bundle; a directory or bundle
that carries an audition.yaml is judged by that.`,
		Example: `  audition policy diff acme-1.tar.gz acme-2.tar.gz --profiles agents
  audition policy diff audition.yaml stricter.yaml --profiles agents --exit-code`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			impact, err := impact(&j, cmd, args[0], args[1], profiles)
			if err != nil {
				return err
			}
			if output.Value == "json" {
				err = show.ImpactJSON(cmd.OutOrStdout(), impact)
			} else {
				err = show.ImpactText(cmd.OutOrStdout(), impact, session.PrintOptions(cmd.OutOrStdout()))
			}
			if err == nil && fails && len(impact.Changed) > 0 {
				err = session.Failed(session.ExitReject)
			}
			return err
		},
	}
	f := cmd.Flags()
	f.VarP(&output, "output", "o", "format: text or json")
	f.StringArrayVar(&profiles, "profiles", nil, "profiles, files or directories; repeatable")
	f.BoolVar(&fails, "exit-code", false, "exit 1 when a verdict changes")
	j.Add(f)
	cobra.CheckErr(cmd.MarkFlagRequired("profiles"))
	return cmd
}

// impact judges the agents by both policies.
func impact(j *session.Judging, cmd *cobra.Command, before, after string, profiles []string) (show.Impact, error) {
	out := show.Impact{Old: before, New: after, Changed: []show.Changed{}}
	s, a, err := by(*j, cmd.Context(), before)
	if err != nil {
		return out, err
	}
	defer s.Close()
	t, b, err := by(*j, cmd.Context(), after)
	if err != nil {
		return out, err
	}
	defer t.Close()
	err = s.Each(cmd, a, profiles, func(p *profile.Profile, v *verdict.Verdict) error {
		out.Agents++
		w, err := b.Assess(cmd.Context(), p)
		if err != nil {
			return err
		}
		differences := verdict.Compare(v, w)
		if len(differences) == 0 {
			return nil
		}
		if v.Decision != w.Decision {
			out.Decisions++
		}
		out.Changed = append(out.Changed, show.Changed{
			Name: p.Metadata.Name, Source: p.Source, From: v.Decision, To: w.Decision,
			Rules: append([]string{}, verdict.ByRule(differences)...), Differences: differences,
		})
		return nil
	})
	return out, err
}

// by makes an assessor of a configuration or a policy, with the flags beside it.
func by(j session.Judging, ctx context.Context, ref string) (*session.Session, *assess.Assessor, error) {
	o, err := j.Options()
	if err != nil {
		return nil, nil, err
	}
	carried, err := setup.Carried(ctx, o, ref)
	if err != nil {
		return nil, nil, err
	}
	if carried != "" {
		j.Config = carried
	} else {
		j.Policies = append([]string{ref}, j.Policies...)
	}
	return j.Open(ctx)
}
