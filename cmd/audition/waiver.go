package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/suggest"
	"github.com/audition-dev/audition/internal/verdict"
)

// waiverFile is where waivers are kept unless a flag says otherwise.
const waiverFile = "waivers.yaml"

func newWaiver() *cobra.Command {
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
type waivers struct{ judging }

// files are those that flags and configurations name, or the one that is usual.
func (w *waivers) files(cfg config.Config) []string {
	files := w.waiverFiles(cfg)
	if len(files) == 0 && exists(waiverFile) {
		files = []string{waiverFile}
	}
	return files
}

// begin builds what judges.
func (w *waivers) begin(ctx context.Context) (*assess.Assessor, error) {
	w.unwaived = true
	return w.assessor(ctx)
}

// read reads the files of waivers, and returns what they hold by name.
func (w *waivers) read(a *assess.Assessor) ([]config.Waiver, map[string][]byte, error) {
	var all []config.Waiver
	content := map[string][]byte{}
	for _, name := range w.files(a.Config) {
		parsed, data, err := readWaivers(name, a.Engine.Rules())
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
	entries []config.Entry
	content map[string][]byte
}

// review reads the waivers and says what they come to on the agents of the
// arguments, if there are any.
func (w *waivers) review(ctx context.Context, args []string, stdin io.Reader) (r reviewed, err error) {
	a, err := w.begin(ctx)
	if err != nil {
		return r, err
	}
	all, content, err := w.read(a)
	if err != nil {
		return r, err
	}
	var agents []config.Agent
	if len(args) > 0 {
		if agents, err = judged(ctx, a, args, stdin); err != nil {
			return r, err
		}
	}
	at := a.Config.Demand.At
	return reviewed{at, config.Review(all, at, a.WaiverLimits(), agents), content}, nil
}

// judged judges the agents of the arguments, all or none: of some it could not
// be said what covers nothing.
func judged(ctx context.Context, a *assess.Assessor, args []string, stdin io.Reader) ([]config.Agent, error) {
	inputs, err := find(args)
	if err != nil {
		return nil, err
	}
	var agents []config.Agent
	for _, in := range inputs {
		profiles, err := load(in, stdin)
		if err != nil {
			return nil, &exit{exitUndecided, err}
		}
		for _, p := range profiles {
			agent, _, err := judgedOne(ctx, a, p)
			if err != nil {
				return nil, err
			}
			agents = append(agents, agent)
		}
	}
	if len(agents) == 0 {
		return nil, &exit{exitNothing, errors.New(nothing(inputs, args))}
	}
	return agents, nil
}

// judgedOne judges an agent and returns it as waivers see it.
func judgedOne(ctx context.Context, a *assess.Assessor, p *profile.Profile) (config.Agent, []verdict.Finding, error) {
	v, err := a.Assess(ctx, p)
	if err != nil {
		return config.Agent{}, nil, &exit{exitUndecided, err}
	}
	agent, _ := assess.Waivable(p, v.Findings)
	return agent, v.Findings, nil
}
