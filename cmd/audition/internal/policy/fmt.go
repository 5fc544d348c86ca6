package policy

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/author"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
)

func newPolicyFmt() *cobra.Command {
	check := false
	cmd := &cobra.Command{
		Use:   "fmt PATH...",
		Short: "Format Rego files as opa fmt does",
		Long: `Fmt formats the Rego files at the paths and below them, tests too, and prints
those that it changed. With --check it changes nothing and prints those that
differ.

Exit codes: 0 fine, 1 with --check a file differs, 2 usage or a file that cannot
be written, 3 a file does not parse, 5 there is no Rego file.`,
		Example: `  audition policy fmt policies
  audition policy fmt --check policies`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := regoFiles(args)
			if err != nil {
				return err
			}
			return formatAll(files, check, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "change nothing; exit 1 if a file differs")
	return cmd
}

// regoFiles returns the Rego files that the paths name or that are below them.
func regoFiles(paths []string) ([]string, error) {
	var files []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %s", path, file.Cause(err))
		}
		if !info.IsDir() && filepath.Ext(path) != ".rego" {
			return nil, fmt.Errorf("%s: expected a directory or a .rego file", path)
		}
		err = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			if err == nil && name != path && strings.HasPrefix(d.Name(), ".") { // as no policy has what is hidden
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if err == nil && !d.IsDir() && filepath.Ext(name) == ".rego" && !slices.Contains(files, name) {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %s", path, file.Cause(err))
		}
	}
	if len(files) == 0 {
		return nil, fault.Nothing(fmt.Errorf("%s: no Rego file", strings.Join(paths, ", ")))
	}
	return files, nil
}

// formatAll formats every file that it can. What it cannot does not hold it up.
func formatAll(files []string, check bool, stdout, stderr io.Writer) error {
	code := session.ExitApprove
	for _, name := range files {
		changed, err := formatFile(name, check)
		switch {
		case err != nil:
			fmt.Fprintln(stderr, err)
			code = max(code, session.CodeOf(err))
		case changed:
			fmt.Fprintln(stdout, name)
			if check {
				code = max(code, session.ExitReject)
			}
		}
	}
	if code != session.ExitApprove {
		return session.Failed(code)
	}
	return nil
}

// formatFile tells whether a file is not as it should be, and writes it.
func formatFile(name string, check bool) (bool, error) {
	info, err := os.Lstat(name)
	if err != nil {
		return false, fmt.Errorf("%s: %s", name, file.Cause(err))
	}
	if !info.Mode().IsRegular() {
		return false, fmt.Errorf("%s: expected a file, got a symbolic link or a device; format what it stands for", name)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return false, fmt.Errorf("%s: %s", name, file.Cause(err))
	}
	formatted, err := author.Format(name, data)
	if err != nil {
		return false, err
	}
	if bytes.Equal(data, formatted) || check {
		return !bytes.Equal(data, formatted), nil
	}
	if info.Mode().Perm()&0o200 == 0 {
		return false, fmt.Errorf("%s: is read-only and not formatted", name)
	}
	return true, file.Replace(name, formatted)
}
