package main

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/internal/suggest"
	"github.com/audition-dev/audition/policies"
)

func newSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema NAME",
		Short: "Print the JSON Schema of a document, for editors and other tools",
		Long: `Schema prints the JSON Schema (draft 7) of profile, config, waivers, verdict,
baseline, and of facts and gate, which are what rules and gates read in Rego.`,
		Example:   "  audition schema profile > agent-profile.schema.json",
		Args:      cobra.ExactArgs(1),
		ValidArgs: schemaNames(),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := policies.FS.ReadFile("schema/" + args[0] + ".jsonschema")
			if err != nil {
				return fmt.Errorf("unknown schema %q%s", args[0], suggest.DidYouMean(args[0], schemaNames()))
			}
			_, err = cmd.OutOrStdout().Write(data)
			return err
		},
	}
}

func schemaNames() (names []string) {
	files, _ := fs.Glob(policies.FS, "schema/*.jsonschema") // The pattern is sound.
	for _, f := range files {
		names = append(names, strings.TrimSuffix(path.Base(f), path.Ext(f)))
	}
	return names
}
