// Package waiver is the family of commands that accept findings and keep track.
package waiver

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/suggest"
	"github.com/audition-dev/audition/internal/verdict"
	"github.com/audition-dev/audition/internal/waiver"
)

// waiverFile is where waivers are kept unless a flag says otherwise.
const waiverFile = "waivers.yaml"

func New() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "waiver",
		Short: "Accept findings for a time, and keep track of what was accepted",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return fmt.Errorf("unknown command %q for %s%s", args[0], cmd.CommandPath(), suggest.DidYouMean(args[0], []string{"add", "list", "check", "prune"}))
		},
	}
	cmd.AddCommand(newWaiverAdd(), newWaiverList(), newWaiverCheck(), newWaiverPrune())
	return cmd
}

// waivers is what the commands have in common. They read the files themselves,
// and judge as if nothing were waived.
type waivers struct{ session.Judging }

// waiverFiles are those that flags and configurations name, or the one that is
// usual.
func waiverFiles(s *session.Session) []string {
	names := s.WaiverFiles()
	if len(names) == 0 && file.Exists(waiverFile) {
		names = []string{s.Files.Name(waiverFile)}
	}
	return names
}

// begin builds what judges. The caller closes the session.
func (w *waivers) begin(ctx context.Context) (*session.Session, *assess.Assessor, error) {
	w.Unwaived = true
	return w.Open(ctx)
}

// readWaivers reads the files of waivers, and returns what they hold by name.
func readWaivers(s *session.Session, rules []maestro.Rule) ([]waiver.Waiver, map[string][]byte, error) {
	var all []waiver.Waiver
	content := map[string][]byte{}
	for _, name := range waiverFiles(s) {
		parsed, data, err := s.ReadWaivers(name, rules)
		if err != nil {
			return nil, nil, err
		}
		content[name] = data
		all = append(all, parsed...)
	}
	return all, content, nil
}

// reviewed is what the waivers of the files come to.
type reviewed struct {
	day     time.Time
	entries []waiver.Entry
	content map[string][]byte
	files   file.Tree
}

// review reads the waivers and says what they come to on the agents of the
// arguments, if there are any.
func (w *waivers) review(cmd *cobra.Command, args []string) (r reviewed, err error) {
	s, a, err := w.begin(cmd.Context())
	if err != nil {
		return r, err
	}
	defer s.Close()
	all, content, err := readWaivers(s, a.Engine().Rules())
	if err != nil {
		return r, err
	}
	var agents []waiver.Agent
	if len(args) > 0 {
		err := s.Each(cmd, a, args, func(p *profile.Profile, v *verdict.Verdict) error {
			agent, _ := assess.Waivable(p, v.Findings)
			agents = append(agents, agent)
			return nil
		})
		if err != nil {
			return r, err
		}
	}
	return reviewed{a.Day(), waiver.Review(all, a.Days(), a.WaiverLimits(), agents), content, s.Files.Tree}, nil
}

// judgedOne judges an agent and returns it as waivers see it.
func judgedOne(ctx context.Context, a *assess.Assessor, p *profile.Profile) (waiver.Agent, []verdict.Finding, error) {
	v, err := a.Assess(ctx, p)
	if err != nil {
		return waiver.Agent{}, nil, err
	}
	agent, _ := assess.Waivable(p, v.Findings)
	return agent, v.Findings, nil
}
