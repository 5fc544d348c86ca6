package policy

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/internal/author"
	"github.com/audition-dev/audition/internal/file"
)

func newPolicyInit() *cobra.Command {
	name := ""
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a working policy to start from",
		Long: `Init writes the policy of an organisation into a directory: a rule and a gate
with their tests, audition.yaml, a job for GitHub, an agent to try them on, and
for editors the schemas of what rules and gates read. It overwrites nothing.`,
		Example: `  audition policy init --name acme
  audition policy init agent-policy --name acme`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			files, err := author.New(name)
			if err != nil {
				return fmt.Errorf("--name %w", err)
			}
			if err := writeNew(dir, files); err != nil {
				return err
			}
			return sayNew(cmd.OutOrStdout(), dir, files)
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "name of the organisation, a part of the packages org.<name>.<topic>")
	if err := cmd.MarkFlagRequired("name"); err != nil {
		panic(err) // There is no such flag.
	}
	return cmd
}

// writeNew writes files that are not there, or none at all.
func writeNew(dir string, files []author.NewFile) error {
	var errs []error
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if _, err := os.Lstat(path); err == nil {
			errs = append(errs, fmt.Errorf("%s: exists already, nothing was written", path))
		} else if !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, fmt.Errorf("%s: %s", path, file.Cause(err)))
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("%s: %s", filepath.Dir(path), file.Cause(err))
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			return fmt.Errorf("%s: %s", path, file.Cause(err))
		}
	}
	return nil
}

func sayNew(w io.Writer, dir string, files []author.NewFile) error {
	for _, f := range files {
		fmt.Fprintln(w, filepath.Join(dir, filepath.FromSlash(f.Path)))
	}
	into := ""
	if filepath.Clean(dir) != "." {
		into = "  cd " + dir + "\n"
	}
	_, err := fmt.Fprintf(w, `
Next:
%s  audition policy check policies
  audition policy test policies --threshold 100
  audition check agents

In an editor with Regal or the OPA extension, input.json gives the completion of
what rules read as input. The schemas give the type errors: set opa.schema to
${workspaceFolder}/schema, or run opa check --strict --schema schema policies.
`, into)
	return err
}
