package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/maestro"
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

// waivers is what the flags of the commands have in common.
type waivers struct {
	judging   *check
	files     []string
	allowPast bool
}

func (w *waivers) flags(f *pflag.FlagSet) {
	w.judging = newCheckFlags()
	w.judging.judging(f)
	f.BoolVar(&w.allowPast, "allow-past", false, "let --at lie in the past")
}

// reading adds the flag for the files to read.
func (w *waivers) reading(f *pflag.FlagSet) {
	f.StringArrayVar(&w.files, "waivers", nil, "file of waivers; repeatable (default "+waiverFile+" if it exists)")
}

// limits are what is allowed of waivers.
func (w *waivers) limits() config.WaiverLimits { return config.DefaultWaiverLimits() }

// begin finds the effective day and builds what judges at it.
func (w *waivers) begin(ctx context.Context) (time.Time, *assess.Assessor, error) {
	at, err := day(w.judging.at, w.allowPast, time.Now())
	if err != nil {
		return at, nil, err
	}
	w.judging.at = at.Format(time.DateOnly) // the same also when midnight passes
	assessor, err := w.judging.assessor(ctx)
	return at, assessor, err
}

// read reads the files of waivers, and returns what they hold by name.
func (w *waivers) read() ([]config.Waiver, map[string][]byte, error) {
	if len(w.files) == 0 {
		if _, err := os.Stat(waiverFile); err == nil {
			w.files = []string{waiverFile}
		}
	}
	var all []config.Waiver
	content := map[string][]byte{}
	for _, name := range w.files {
		if _, twice := content[name]; twice {
			return nil, nil, fmt.Errorf("--waivers %s: is given twice", name)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, nil, fmt.Errorf("--waivers %s: %s", name, cause(err))
		}
		parsed, err := config.ParseWaivers(name, data)
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
	all, content, err := w.read()
	if err != nil {
		return r, err
	}
	at, assessor, err := w.begin(ctx)
	if err != nil {
		return r, err
	}
	var ids []string
	for _, rule := range assessor.Engine.Rules() {
		ids = append(ids, rule.ID)
	}
	if err := config.CheckWaivers(all, ids); err != nil {
		return r, err
	}
	var agents []config.Agent
	if len(args) > 0 {
		if agents, err = judged(ctx, assessor, args, stdin); err != nil {
			return r, err
		}
	}
	return reviewed{at, config.Review(all, at, w.limits(), agents), content}, nil
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
	agent := config.Agent{Name: v.Subject.Name, Digest: v.Subject.Digest}
	findings := slices.DeleteFunc(v.Findings, func(f verdict.Finding) bool { return f.Kind == maestro.Strength })
	for _, f := range findings {
		if f.SuppressedBy == "" {
			agent.Findings = append(agent.Findings, config.Key{Rule: f.Rule, Term: f.Term})
		}
	}
	return agent, findings, nil
}
