package waiver

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/waiver"
)

func newWaiverPrune() *cobra.Command {
	w, dry := waivers{}, false
	cmd := &cobra.Command{
		Use:   "prune [PROFILE...]",
		Short: "Remove the waivers that have ended",
		Long: `Prune removes expired waivers with the comments directly above and beside them;
everything else in the files stays as it is.

With profiles, files or directories, it also removes waivers that are stale,
unused or unmatched: name all the agents that the waivers are for. One that
another waiver covers already stays, for which of the two should go is not
prune's to say.`,
		Example: "  audition waiver prune agents/ --dry-run",
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := w.review(cmd, args)
			if err != nil {
				return err
			}
			return r.prune(cmd.Context(), cmd.OutOrStdout(), dry)
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only print what would be removed")
	w.Add(cmd.Flags())
	return cmd
}

func ended(e waiver.Entry) bool {
	switch e.State {
	case waiver.Expired, waiver.Stale, waiver.Unmatched:
		return true
	}
	return e.State == waiver.Unused && e.By == nil
}

// prune writes the files without what has ended, after all of them were edited.
func (r reviewed) prune(ctx context.Context, stdout io.Writer, dry bool) error {
	indices, edited := map[string][]int{}, map[string][]byte{}
	for _, e := range r.entries {
		if ended(e) {
			indices[e.Waiver.Source] = append(indices[e.Waiver.Source], e.Waiver.Index)
		}
	}
	total := len(r.entries)
	if r.entries = slices.DeleteFunc(r.entries, func(e waiver.Entry) bool { return !ended(e) }); len(r.entries) == 0 {
		_, err := fmt.Fprintf(stdout, "no waiver of %d has ended\n", total)
		return err
	}
	names := slices.Sorted(maps.Keys(indices))
	for _, name := range names {
		var err error
		if edited[name], err = waiver.Remove(name, r.content[name], indices[name]); err != nil {
			return err
		}
	}
	if err := r.print(stdout, "text"); err != nil {
		return err
	}
	for _, name := range names {
		done := "removed"
		if dry {
			done = "would be removed"
		} else if err := file.Exchange(ctx, r.files.Path(name), r.content[name], edited[name]); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(stdout, "%d %s from %s\n", len(indices[name]), done, name); err != nil {
			return err
		}
	}
	return nil
}
