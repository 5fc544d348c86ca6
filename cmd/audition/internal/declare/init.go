// Package declare has the commands by which somebody says what is known about an agent:
// init writes a profile, answer fills it in, and both ask at a terminal.
package declare

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/advise"
	"github.com/audition-dev/audition/internal/answer"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/importer"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/show"
	"github.com/audition-dev/audition/internal/suggest"
)

// profileFile is what init writes unless it is told otherwise.
const profileFile = "agent-profile.yaml"

// beginning is what the flags of init say.
type beginning struct {
	session.Judging
	to, agent, answers string
	force, ask         bool
}

// NewInit is audition init.
func NewInit() *cobra.Command {
	b := &beginning{}
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a profile of what is there, and ask what is open",
		Long: `Init imports what describes an agent in a directory, such as .claude/settings.json or
.mcp.json, and writes a profile: what is known with its place, and what is open as
commented lines, the most effective section first. Without any it writes a profile to
be filled in. At a terminal it then asks, and writes the file after each answer.`,
		Example: `  audition init
  audition init --answers answers.yaml services/agent`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return b.run(cmd, append(args, ".")[0])
		},
	}
	f := cmd.Flags()
	f.StringVarP(&b.to, "output", "o", "", "file to write (default "+profileFile+" in the directory)")
	f.BoolVar(&b.force, "force", false, "replace a file that is there")
	f.StringVar(&b.agent, "agent", "", "which of several agents")
	f.StringVar(&b.answers, "answers", "", "YAML or JSON of facts and their values, such as execution.sandbox.present: true; then nothing is asked")
	f.BoolVar(&b.ask, "ask", true, "ask what is open, if standard input is a terminal")
	b.Add(f)
	return cmd
}

func (b *beginning) run(cmd *cobra.Command, dir string) error {
	if b.to == "" {
		b.to = filepath.Join(dir, profileFile)
	}
	if file.Exists(b.to) && !b.force {
		return fmt.Errorf("%s: is there already; audition answer fills it in, --force replaces it", document.OneLine(b.to))
	}
	s, assessor, err := b.Open(cmd.Context())
	if err != nil {
		return err
	}
	defer s.Close()
	made, err := b.found(cmd, s, dir)
	if err != nil {
		return err
	}
	made.Document = describing(made, s.Files.Name(b.to))
	p, err := profile.Of(made.Document, made.Origin)
	if err != nil {
		return fault.Undecided(err)
	}
	answers, err := readAnswers(s, p, b.answers)
	if err != nil {
		return err
	}
	v, err := advise.Assess(cmd.Context(), assessor, p)
	if err != nil {
		return err
	}
	open := advise.Open(assessor, p, v)
	var text bytes.Buffer
	if err := show.DraftYAML(&text, show.Imported{Document: made.Document, Origin: made.Origin}, toFill(open)); err != nil {
		return err
	}
	e := editing{assessor: assessor, path: b.to, data: text.Bytes()}
	if err := e.put(answers); err != nil {
		return err
	}
	stdout, name := cmd.OutOrStdout(), document.OneLine(b.to)
	fmt.Fprintf(stdout, "%s: %s%s, %s open\n%s\n", name, print.Clean(p.Metadata.Name), from(made), session.Counted(len(open), "fact"), standing(v))
	switch {
	case len(answers) > 0:
		return e.moved(cmd.Context(), stdout, p, v, answers)
	case b.asks(cmd):
		fmt.Fprintln(stdout)
		return e.interview(cmd)
	}
	_, err = fmt.Fprintf(stdout, "Fill in what you know, then: audition check %s\n", name)
	return err
}

// describing is a profile of that name that names the descriptor it was made of.
func describing(made importer.Made, profile string) *document.Document {
	if made.Origin == nil {
		return made.Document
	}
	below, err := filepath.Rel(filepath.FromSlash(path.Dir(profile)), filepath.FromSlash(made.Files[0].Source))
	if err != nil || path.IsAbs(profile) && !filepath.IsLocal(below) {
		return made.Document
	}
	root := document.With(made.Root, document.Change{Pointer: "/describes", Value: []any{filepath.ToSlash(below)}})
	return made.Document.With(root.(map[string]any), nil)
}

// asks tells whether there is somebody to ask.
func (b *beginning) asks(cmd *cobra.Command) bool {
	return b.ask && b.answers == "" && atTerminal(cmd.InOrStdin())
}

// from says what a profile was made of.
func from(made importer.Made) string {
	if made.Origin == nil {
		return ", nothing known yet"
	}
	var names []string
	for _, f := range made.Files {
		names = append(names, document.OneLine(f.Source))
	}
	return ", made of " + print.And(names)
}

// toFill says of facts what is to be known to fill them in.
func toFill(open []string) (out []show.Open) {
	for _, fact := range open {
		f, _ := profile.TypeOf(fact)
		meaning, _, _ := strings.Cut(f.Description, ". ")
		out = append(out, show.Open{Pointer: fact, Said: answer.Legal(f) + ": " + strings.TrimSuffix(meaning, ".")})
	}
	return out
}

// found is the agent that a directory describes, or a skeleton that has its name.
func (b *beginning) found(cmd *cobra.Command, s *session.Session, dir string) (importer.Made, error) {
	all, err := importable(cmd.Context(), s, cmd.ErrOrStderr(), dir)
	if err != nil {
		return importer.Made{}, err
	}
	var names []string
	for _, m := range all {
		names = append(names, m.Name())
	}
	switch at := slices.Index(names, b.agent); {
	case at >= 0 && b.agent != "":
		return all[at], nil
	case b.agent != "" && len(all) > 0:
		return importer.Made{}, fmt.Errorf("--agent %s: not described in %s%s", document.OneLine(b.agent), dir, document.OneLine(suggest.DidYouMean(b.agent, names)))
	case len(all) == 1:
		return all[0], nil
	case len(all) == 0:
		return skeleton(dir, b.agent)
	case b.asks(cmd):
		name, err := newPerson(cmd.InOrStdin(), cmd.ErrOrStderr()).Choose("Several agents are described here; which one?", names)
		if err != nil {
			return importer.Made{}, errors.New("no agent was chosen")
		}
		return all[slices.Index(names, name)], nil
	}
	return importer.Made{}, fmt.Errorf("%s: describes %d agents, expected --agent with one of %s", document.OneLine(dir), len(all), document.OneLine(strings.Join(names, ", ")))
}

// importable are the agents that descriptors below a directory describe. One that cannot
// be read is told, and it is an error where there is no other.
func importable(ctx context.Context, s *session.Session, told io.Writer, dir string) (all []importer.Made, err error) {
	inputs, err := s.Descriptors(ctx, told, []string{dir})
	if err != nil {
		if fault.KindOf(err) == fault.Empty {
			err = nil
		}
		return nil, err
	}
	var broken error
	for _, in := range inputs {
		d, err := in.Descriptor(ctx, nil)
		var made []importer.Made
		if err == nil {
			made, _, err = importer.Read(d)
		}
		if err != nil {
			broken = err
			fmt.Fprintln(told, err)
		}
		all = append(all, made...)
	}
	if len(all) == 0 {
		return nil, fault.Undecided(broken)
	}
	return all, nil
}

// skeleton is a profile that says nothing but a name: by default that of the directory.
func skeleton(dir, name string) (importer.Made, error) {
	whole, err := filepath.Abs(dir)
	if err != nil {
		return importer.Made{}, err
	}
	if name == "" {
		name = filepath.Base(whole)
	}
	root := map[string]any{"apiVersion": "audition/v1", "kind": "AgentProfile", "metadata": map[string]any{"name": name}}
	return importer.Made{Document: document.Assemble(filepath.ToSlash(dir), root, nil)}, nil
}
