package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/policy"
	"github.com/audition-dev/audition/internal/report"
)

func newPolicyBench() *cobra.Command {
	var a authored
	output := oneOf{"text", []string{"text", "json"}}
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
			if output.value == "json" {
				return report.CostsJSON(cmd.OutOrStdout(), costs)
			}
			return report.CostsText(cmd.OutOrStdout(), costs)
		},
	}
	f := cmd.Flags()
	f.VarP(&output, "output", "o", "format: text or json")
	f.StringVar(&file, "profile", "", "profile of the agent")
	f.DurationVar(&atLeast, "time", time.Second, "how long each rule and gate is measured at least")
	a.choosing(f)
	if err := cmd.MarkFlagRequired("profile"); err != nil {
		panic(err) // There is no such flag.
	}
	return cmd
}

func (a *authored) bench(cmd *cobra.Command, paths []string, file string, atLeast time.Duration) (report.Costs, error) {
	ctx := cmd.Context()
	var out report.Costs
	s, err := a.rules(ctx, paths)
	if err != nil {
		return out, err
	}
	p, err := s.one(file, cmd.InOrStdin())
	if err != nil {
		return out, err
	}
	framework, err := policy.Framework()
	if err != nil {
		return out, err
	}
	cfg, err := config.Default()
	if err != nil {
		return out, err
	}
	assessor := assess.Assessor{Engine: s.Engine(), Framework: framework, Config: cfg, Timeout: 10 * time.Second}
	agent, judged, err := assessor.Inputs(ctx, p)
	if err != nil {
		return out, err
	}
	began := time.Now()
	watch := func() time.Duration { return time.Since(began) }
	costs, err := s.Bench(ctx, agent, judged, atLeast, watch, tell(cmd.ErrOrStderr(), watch))
	if err != nil {
		return out, err
	}
	out.Agent, out.Fixed, out.Total = p.Metadata.Name, report.Cost(costs.Fixed), report.Cost(costs.Total)
	for _, c := range costs.Each {
		out.Each = append(out.Each, report.Cost(c))
	}
	return out, nil
}

// tell says what is measured, once somebody has waited for a second.
func tell(w io.Writer, watch policy.Stopwatch) func(string) {
	return func(name string) {
		if watch() > time.Second {
			fmt.Fprintln(w, "measuring "+name)
		}
	}
}
