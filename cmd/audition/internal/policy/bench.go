package policy

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/author"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/value"
	"github.com/audition-dev/audition/internal/report/show"
)

func newPolicyBench() *cobra.Command {
	var a authored
	output := session.Choose("text", "json")
	file, atLeast := "", time.Duration(0)
	cmd := &cobra.Command{
		Use:   "bench [PATH...]",
		Short: "Measure what each rule and gate costs on an agent",
		Long: `Bench evaluates each rule and gate again and again on one agent and lists what
an evaluation takes, the most expensive first, with its share of the whole; the
builtin policy is a line of its own. What evaluating anything at all takes stands
apart.`,
		Example: `  audition policy bench policies --profile agents/example.yaml`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if atLeast <= 0 {
				return fmt.Errorf("--time %v: expected a time such as 1s", atLeast)
			}
			costs, err := a.bench(cmd, args, file, atLeast)
			if err != nil {
				return err
			}
			if output.Value == "json" {
				return show.CostsJSON(cmd.OutOrStdout(), costs)
			}
			return show.CostsText(cmd.OutOrStdout(), costs)
		},
	}
	f := cmd.Flags()
	f.VarP(&output, "output", "o", "format: text or json")
	f.StringVar(&file, "profile", "", "profile of the agent")
	f.DurationVar(&atLeast, "time", time.Second, "how long each rule and gate is measured at least")
	a.Choosing(f)
	if err := cmd.MarkFlagRequired("profile"); err != nil {
		panic(err) // There is no such flag.
	}
	return cmd
}

func (a *authored) bench(cmd *cobra.Command, paths []string, file string, atLeast time.Duration) (show.Costs, error) {
	ctx, cancel := context.WithTimeout(cmd.Context(), authoring)
	defer cancel()
	var out show.Costs
	s, suite, err := a.rules(ctx, paths)
	if err != nil {
		return out, err
	}
	defer s.Close()
	p, err := s.One(ctx, file, cmd.InOrStdin())
	if err != nil {
		return out, err
	}
	rules, gates, err := inputsOf(s, ctx, p)
	if err != nil {
		return out, err
	}
	began := time.Now()
	watch := func() time.Duration { return time.Since(began) }
	say := tell(cmd.ErrOrStderr(), watch)
	var costs []author.Cost
	for _, part := range author.Parts(suite.Catalogue()) {
		say(part.Name)
		cost, err := suite.Measure(ctx, part, rules, gates, atLeast, watch)
		if err != nil {
			return out, fault.Undecided(err)
		}
		costs = append(costs, cost)
	}
	sum := author.Sum(costs)
	out.Agent, out.Fixed, out.Total = p.Metadata.Name, show.Cost(sum.Fixed), show.Cost(sum.Total)
	for _, c := range sum.Each {
		out.Each = append(out.Each, show.Cost(c))
	}
	return out, nil
}

// inputsOf is what builtin rules and gates read of an agent.
func inputsOf(s *session.Session, ctx context.Context, p *profile.Profile) (rules, gates *value.Value, err error) {
	cfg, err := config.Default()
	if err != nil {
		return nil, nil, err
	}
	engine, err := rego.Load(ctx, s.Framework, rego.Builtin())
	if err != nil {
		return nil, nil, err
	}
	a, err := assess.New(ctx, engine, s.Framework, cfg, session.Today(time.Now()), assess.Options{})
	if err != nil {
		return nil, nil, err
	}
	agent, judged, err := a.Inputs(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	gates, err = rego.GateInput(agent, judged)
	return agent.Input(), gates, err
}

// tell says what is measured, once somebody has waited for a second.
func tell(w io.Writer, watch author.Stopwatch) func(string) {
	return func(name string) {
		if watch() > time.Second {
			fmt.Fprintln(w, "measuring "+name)
		}
	}
}
