package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/verdict"
)

func newReport() *cobra.Command {
	var output outputs
	cmd := &cobra.Command{
		Use:   "report VERDICT",
		Short: "Print verdicts again in other formats, without judging",
		Long: `Report reads what check wrote with -o json, -o ndjson or, for one agent, -o yaml,
and prints it in other formats; - is standard input. Nothing is judged: rules are
described as far as the verdict names them.

Exit codes: 0 whatever the verdict is, 2 usage, 3 it could not be read or written.
Lines of ndjson are read one by one, so there may be any number; a json or yaml
file has the limits of a profile.`,
		Example: `  audition report verdict.json -o markdown
  audition report verdicts.ndjson -o sarif=audition.sarif -o junit=audition.xml`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			verdicts, err := records(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			return fault.Undecided(output.write(cmd.OutOrStdout(), verdicts, nil))
		},
	}
	output.add(cmd.Flags())
	return cmd
}

// maxVerdicts bounds a file of verdicts.
const maxVerdicts = 256 << 20

// records reads the verdicts of a file or of standard input.
func records(path string, stdin io.Reader) ([]*verdict.Verdict, error) {
	data, err := readInput(path, maxVerdicts, stdin)
	if err != nil {
		return nil, err
	}
	verdicts, err := readVerdicts(path, data)
	return verdicts, fault.Undecided(err)
}

// readInput reads a file, or standard input as "-".
func readInput(path string, limit int64, stdin io.Reader) ([]byte, error) {
	if path != "-" {
		data, err := file.Read(path, limit)
		return data, fault.Undecided(err)
	}
	data, err := file.ReadFrom(stdin, limit)
	if err != nil {
		err = fault.Undecided(fmt.Errorf("-: %s", file.Cause(err)))
	}
	return data, err
}

// readVerdicts reads a verdict, a list of them, or one a line.
func readVerdicts(source string, data []byte) ([]*verdict.Verdict, error) {
	first, rest, _ := bytes.Cut(bytes.TrimLeft(data, "\n"), []byte("\n"))
	if !json.Valid(first) || len(bytes.TrimSpace(rest)) == 0 {
		return verdict.Read(source, data)
	}
	var verdicts []*verdict.Verdict
	for n, line := range bytes.Split(data, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		// Empty lines before it give its errors the line that it has in the file.
		read, err := verdict.Read(source, append(bytes.Repeat([]byte("\n"), n), line...))
		if err != nil {
			return nil, err
		}
		verdicts = append(verdicts, read...)
	}
	return verdicts, nil
}
