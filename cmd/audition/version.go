package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/rego"
)

// printVersion says what would judge: this program, what it was built from, OPA and
// the builtin policy.
func printVersion(cmd *cobra.Command, w io.Writer) error {
	s, a, err := (&session.Judging{NoConfig: true}).Open(cmd.Context())
	if err != nil {
		return err
	}
	defer s.Close()
	_, err = fmt.Fprintf(w, "audition %s\ncommit   %s\nopa      %s\npolicy   %s\n",
		session.Version, session.Commit(), rego.OPAVersion(), a.Engine().Sources()[0].Digest)
	return err
}
