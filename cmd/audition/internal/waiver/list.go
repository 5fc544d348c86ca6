package waiver

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/report/show"
	"github.com/audition-dev/audition/internal/waiver"
)

func newWaiverList() *cobra.Command {
	w, output := waivers{}, session.Choose("text", "json")
	cmd := &cobra.Command{
		Use:   "list [PROFILE...]",
		Short: "List all waivers and what they come to",
		Long: `List shows every waiver and its state at the effective day: active, expiring
(active, and its last day is near), expired, pending (its first day is still to
come), overlong (longer than the configuration allows) or denied (its rule may
not be waived).

With profiles, files or directories, it judges the agents and knows three states
more: stale (the profile changed), unused (it covers no finding) and unmatched
(no agent of its name is among them).`,
		Example: `  audition waiver list
  audition waiver list agents/ -o json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := w.review(cmd, args)
			if err != nil {
				return err
			}
			return r.print(cmd.OutOrStdout(), output.Value)
		},
	}
	cmd.Flags().VarP(&output, "output", "o", "format: text or json")
	w.Add(cmd.Flags())
	return cmd
}

func (r reviewed) print(stdout io.Writer, format string) error {
	if format == "json" {
		return show.WaiversJSON(stdout, r.day, r.entries)
	}
	return show.WaiversText(stdout, r.day, r.entries, session.PrintOptions(stdout))
}

func newWaiverCheck() *cobra.Command {
	w, output, strict := waivers{}, session.Choose("text", "json"), false
	cmd := &cobra.Command{
		Use:   "check [PROFILE...]",
		Short: "Find the waivers that need somebody",
		Long: `Check shows the waivers that are not simply active, as list does.

Exit codes: 0 all is well, or some expire soon; 1 a waiver is in any other state,
with --strict also one that expires soon; 2 usage or configuration; 3 an agent
could not be judged; 5 there is no waiver.`,
		Example: "  audition waiver check agents/ --strict",
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := w.review(cmd, args)
			if err != nil {
				return err
			}
			if len(r.entries) == 0 {
				return fault.Nothing(fmt.Errorf("%s: no waiver to check", cmp.Or(strings.Join(w.Judging.Waivers, ", "), waiverFile)))
			}
			fails := func(e waiver.Entry) bool {
				return e.State != waiver.Active && (strict || e.State != waiver.Expiring)
			}
			bad, total := slices.ContainsFunc(r.entries, fails), len(r.entries)
			r.entries = slices.DeleteFunc(r.entries, func(e waiver.Entry) bool { return e.State == waiver.Active })
			if len(r.entries) == 0 && output.Value == "text" {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "no waiver of %d needs anybody\n", total)
			} else {
				err = r.print(cmd.OutOrStdout(), output.Value)
			}
			if err == nil && bad {
				err = session.Failed(session.ExitReject)
			}
			return err
		},
	}
	cmd.Flags().VarP(&output, "output", "o", "format: text or json")
	cmd.Flags().BoolVar(&strict, "strict", false, "fail also for a waiver that expires soon")
	w.Add(cmd.Flags())
	return cmd
}
