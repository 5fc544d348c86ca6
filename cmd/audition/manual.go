package main

import (
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
)

// committed is the day of what the program was built from: the same source has the
// same manual. Without one it is the day of the first manual.
func committed() time.Time {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if t, err := time.Parse(time.RFC3339, s.Value); s.Key == "vcs.time" && err == nil {
				return t
			}
		}
	}
	return time.Date(2026, time.November, 26, 0, 0, 0, 0, time.UTC)
}

// newManual writes a page of the manual for each command, for who packs the program.
func newManual() *cobra.Command {
	return &cobra.Command{
		Use: "manual DIR", Hidden: true, Args: cobra.ExactArgs(1),
		Short:   "Write the manual, a page for each command",
		Example: "  audition manual /usr/local/share/man/man1",
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			root.DisableAutoGenTag = true // it has the day on it
			date := committed()
			return doc.GenManTree(root, &doc.GenManHeader{Title: "AUDITION", Section: "1", Source: "Audition " + session.Version, Date: &date}, args[0])
		},
	}
}
