package main

import (
	"fmt"
	"io"
	"runtime/debug"

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
	info, _ := debug.ReadBuildInfo()
	_, err = fmt.Fprintf(w, "audition %s\ncommit   %s\nopa      %s\npolicy   %s\n",
		session.Version, commit(info), rego.OPAVersion(), a.Engine().Sources()[0].Digest)
	return err
}

// commit is what a program was built from.
func commit(info *debug.BuildInfo) string {
	if info == nil {
		return "unknown"
	}
	said, modified := info.Main.Version, ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			said = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = ", modified"
		}
	}
	if said == "" || said == "(devel)" {
		return "unknown"
	}
	return said + modified
}
