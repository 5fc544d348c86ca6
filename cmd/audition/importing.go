package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/importer"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/show"
)

func newImport() *cobra.Command {
	j, explain := &session.Judging{}, false
	cmd := &cobra.Command{
		Use:   "import FILE...",
		Short: "Print the profile that a descriptor of an agent comes to",
		Long: `Import reads what configures, packs or publishes an agent, such as .mcp.json or
.claude/settings.json, and prints the profile that it is judged by, with the place of
each fact. Nothing that a descriptor names is started or fetched.`,
		Example: `  audition import .mcp.json
  audition import .claude/settings.json > agent-profile.yaml
  audition import --explain .claude/agents/reviewer.md`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runImport(cmd, j, args, explain)
		},
	}
	j.Choosing(cmd.Flags())
	cmd.Flags().BoolVar(&explain, "explain", false, "show what was read, what is in no fact, and why")
	return cmd
}

func runImport(cmd *cobra.Command, j *session.Judging, args []string, explain bool) error {
	ctx, stdin, stdout := cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout()
	s, err := j.Read(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	inputs, err := s.Descriptors(ctx, io.Discard, args)
	if err != nil {
		return err
	}
	begun := false
	for _, in := range inputs {
		d, err := in.Descriptor(ctx, stdin)
		if err != nil {
			return err
		}
		made, ok, err := importer.Read(d)
		switch {
		case err != nil:
			return fault.Undecided(err)
		case !ok:
			return fault.Undecided(fmt.Errorf("%s: expected a file that configures, packs or publishes an agent, such as .mcp.json", document.OneLine(in.Name)))
		}
		for _, m := range made {
			if begun {
				fmt.Fprintln(stdout, map[bool]string{false: "---"}[explain])
			}
			begun = true
			one := show.Imported{Document: m.Document, Origin: m.Origin}
			if explain {
				err = show.ImportedText(stdout, one, print.Options{Color: session.Colored(stdout)})
			} else {
				err = show.ImportedYAML(stdout, one)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
