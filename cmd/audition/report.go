package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/output"
	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

func newReport() *cobra.Command {
	var outputs output.Outputs
	cmd := &cobra.Command{
		Use:   "report VERDICT",
		Short: "Print verdicts again in other formats, without judging",
		Long: `Report reads what check wrote with -o json, -o ndjson or, for one agent, -o yaml,
and prints it in other formats; - is standard input. Nothing is judged, and what is printed says so: rules are described as far as the
verdict names them.

Exit codes: 0 whatever the verdict is, 2 usage, 3 it could not be read or written.
Lines of ndjson are read one by one, so there may be any number; a json or yaml
file has the limits of a profile.`,
		Example: `  audition report verdict.json -o markdown
  audition report verdicts.ndjson -o sarif=audition.sarif -o junit=audition.xml`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := recordOfRun(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			if err := outputs.Fit(len(r.Verdicts)); err != nil {
				return err
			}
			out, err := outputs.Open(cmd.OutOrStdout(), nil)
			if err != nil {
				return err
			}
			defer out.Discard()
			for _, v := range r.Verdicts {
				v.Recorded = args[0]
			}
			return print.All(out, r)
		},
	}
	outputs.Add(cmd.Flags())
	return cmd
}

// maxVerdicts bounds a file of verdicts.
const maxVerdicts = 256 << 20

// recordOfRun reads what a run wrote, from a file or from standard input.
func recordOfRun(path string, stdin io.Reader) (verdict.Record, error) {
	data, err := session.ReadInput(path, maxVerdicts, stdin)
	if err != nil {
		return verdict.Record{}, err
	}
	r, err := verdict.ReadRun(path, data)
	return r, fault.Undecided(err)
}

// records reads verdicts where those of all inputs are needed.
func records(path string, stdin io.Reader) ([]*verdict.Verdict, error) {
	r, err := recordOfRun(path, stdin)
	if err != nil {
		return nil, err
	}
	return r.Verdicts, fault.Undecided(r.Whole(path))
}
