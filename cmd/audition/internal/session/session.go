// Package session is what commands share: exit codes, flags, the configuration that
// they choose, and the agents that their arguments name.
package session

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/batch"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/find"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/setup"
	"github.com/audition-dev/audition/internal/verdict"
)

// Session is what a command that judges works with: a setup, and the inputs that
// arguments name.
type Session struct {
	*setup.Setup
	Files find.From
	// Verbose tells also what is passed over.
	Verbose bool
}

// Read reads the configuration. The caller closes what comes back.
func (j *Judging) Read(ctx context.Context) (*Session, error) {
	o, err := j.Options()
	if err != nil {
		return nil, err
	}
	s, err := setup.New(ctx, o)
	if err != nil {
		return nil, err
	}
	known, err := s.Catalogue()
	if err != nil {
		s.Close()
		return nil, err
	}
	return &Session{s, find.From{Tree: o.Files, Catalogue: known}, j.Verbose}, nil
}

// Open builds what judges. The caller closes the session.
func (j *Judging) Open(ctx context.Context) (*Session, *assess.Assessor, error) {
	s, err := j.Read(ctx)
	if err != nil {
		return nil, nil, err
	}
	a, err := s.Assessor(ctx)
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	return s, a, nil
}

// One reads the only agent of a file.
func (s *Session) One(ctx context.Context, name string, stdin io.Reader) (*profile.Profile, error) {
	return find.One(ctx, s.Files, name, stdin)
}

// Each judges all agents of the arguments and calls do for each. An agent that
// cannot be judged ends it: of some it could not be said what none has.
func (s *Session) Each(cmd *cobra.Command, a *assess.Assessor, args []string, do func(*profile.Profile, *verdict.Verdict) error) error {
	for _, line := range s.Ignored() {
		fmt.Fprintln(cmd.ErrOrStderr(), line)
	}
	inputs, err := s.Inputs(cmd.Context(), cmd.ErrOrStderr(), args)
	if err != nil {
		return err
	}
	progress := NewProgress(cmd.ErrOrStderr(), inputs)
	defer progress.End()
	for j := range (batch.Run{Assessor: a, Stdin: cmd.InOrStdin()}).All(cmd.Context(), inputs) {
		progress.At(j.Input)
		if j.Err == nil {
			j.Err = do(j.Profile, j.Verdict)
		}
		if j.Err != nil {
			return j.Err
		}
	}
	return nil
}

// Inputs finds what the arguments name, and tells what was left out.
func (s *Session) Inputs(ctx context.Context, told io.Writer, args []string) ([]find.Input, error) {
	inputs, notes, err := find.Inputs(ctx, s.Files, args)
	s.tell(told, notes, err)
	return inputs, err
}

// Descriptors is Inputs without profiles.
func (s *Session) Descriptors(ctx context.Context, told io.Writer, args []string) ([]find.Input, error) {
	inputs, notes, err := find.Descriptors(ctx, s.Files, args)
	s.tell(told, notes, err)
	return inputs, err
}

func (s *Session) tell(told io.Writer, notes find.Notes, err error) {
	for _, name := range slices.Sorted(maps.Keys(notes.Ignored)) {
		fmt.Fprintf(told, "%s: leaves out %s\n", document.OneLine(name), Counted(notes.Ignored[name], "path"))
	}
	for _, name := range notes.Unfollowed {
		fmt.Fprintf(told, "%s: a link out of the tree, not followed\n", document.OneLine(name))
	}
	if s.Verbose {
		fmt.Fprintf(told, "%s of YAML or JSON passed over, as nothing in them describes an agent\n", Counted(notes.Passed, "file"))
	}
	if err == nil {
		for _, arg := range notes.Empty {
			fmt.Fprintf(told, "%s: nothing describes an agent, expected a file with kind: AgentProfile or a descriptor such as .mcp.json\n", document.OneLine(arg))
		}
	}
}

// ReadBy are the files that a run over the inputs reads.
func (s *Session) ReadBy(inputs []find.Input) ([]string, error) {
	names, err := s.Reads()
	var paths []string
	for _, name := range names {
		paths = append(paths, s.Files.Path(name))
	}
	for _, in := range inputs {
		paths = append(paths, in.Path)
	}
	return paths, err
}

// Colored tells whether w is a terminal and colours are wanted.
func Colored(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
