package declare

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/answer"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/described"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// NewAnswer is audition answer.
func NewAnswer() *cobra.Command {
	j := &session.Judging{}
	cmd := &cobra.Command{
		Use:   "answer FILE [FACT=VALUE]...",
		Short: "Write facts into a profile, and show what that changes",
		Long: `Answer writes facts into a profile, which keeps its comments and its order, and tells
what that does to the verdict. Words of a list have commas between them; none is an
empty list. A fact that stands there as a commented line takes its place. Without facts
it asks what is open, at a terminal, and writes the file after each answer.`,
		Example: `  audition answer agent-profile.yaml execution.sandbox.present=true
  audition answer agent-profile.yaml oversight.approval=always data.classes=pii,financial`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runAnswer(cmd, j, args[0], args[1:])
		},
	}
	j.Add(cmd.Flags())
	return cmd
}

func runAnswer(cmd *cobra.Command, j *session.Judging, path string, facts []string) error {
	if len(facts) == 0 && !atTerminal(cmd.InOrStdin()) {
		return errors.New("standard input is no terminal, expected FACT=VALUE, such as execution.sandbox.present=true")
	}
	s, assessor, err := j.Open(cmd.Context())
	if err != nil {
		return err
	}
	defer s.Close()
	unlock, err := file.Lock(cmd.Context(), path)
	if err != nil {
		return err
	}
	defer unlock()
	p, err := s.One(cmd.Context(), path, nil)
	if err != nil {
		return err
	}
	if p.Origin != nil && len(described.Names(p.Document())) == 0 {
		return fmt.Errorf("%s: is no profile but %s; audition init makes one of it", document.OneLine(path), p.Origin.Title)
	}
	e := editing{assessor: assessor, path: path}
	if e.data, err = file.Read(path, document.MaxBytes); err != nil {
		return fault.Undecided(err)
	}
	if len(facts) == 0 {
		return e.interview(cmd)
	}
	var answers []answer.Answer
	for _, fact := range facts {
		name, value, ok := strings.Cut(fact, "=")
		if !ok {
			return fmt.Errorf("%s: expected FACT=VALUE, such as execution.sandbox.present=true", document.OneLine(fact))
		}
		pointer, f, err := answer.Fact(p, name)
		if err != nil {
			return err
		}
		answers = append(answers, answer.Answer{Fact: pointer, Value: answer.Value(f, value)})
	}
	before, err := assessor.Assess(cmd.Context(), p)
	if err != nil {
		return err
	}
	if err := e.put(answers); err != nil {
		return err
	}
	return e.moved(cmd.Context(), cmd.OutOrStdout(), p, before, answers)
}

// editing is a profile that is being written.
type editing struct {
	assessor *assess.Assessor
	path     string
	data     []byte
	profile  *profile.Profile // as it was written last
}

// put writes answers into the profile, and the profile into its file.
func (e *editing) put(answers []answer.Answer) (err error) {
	text, p, err := answer.Put(document.OneLine(e.path), e.data, answers)
	if err != nil {
		return err
	}
	e.data, e.profile = text, p
	return file.Replace(e.path, text)
}

// moved tells what was answered, in place of what the profile said before, and what that
// does to the verdict.
func (e *editing) moved(ctx context.Context, stdout io.Writer, p *profile.Profile, before *verdict.Verdict, answers []answer.Answer) error {
	after, err := e.assessor.Assess(ctx, e.profile)
	if err != nil {
		return err
	}
	for _, a := range answers {
		line := print.Path(a.Fact) + ": "
		if old, ok := p.Lookup(a.Fact); ok {
			line += said(old) + " → "
		}
		fmt.Fprintf(stdout, "  %s\n", print.Clean(line+said(a.Value)))
	}
	_, err = fmt.Fprintln(stdout, moved(before, after))
	return err
}

// said is a value as a person writes it.
func said(v any) string {
	list, isList := v.([]any)
	if !isList || len(list) == 0 {
		return print.Value(v)
	}
	var words []string
	for _, item := range list {
		words = append(words, fmt.Sprint(item))
	}
	return strings.Join(words, ", ")
}

// interview asks what the profile leaves open.
func (e *editing) interview(cmd *cobra.Command) error {
	i := interview{
		person:   newPerson(cmd.InOrStdin(), cmd.OutOrStdout()),
		assessor: e.assessor,
		source:   document.OneLine(e.path),
		write:    func(text []byte) error { return file.Replace(e.path, text) },
	}
	return i.run(cmd.Context(), e.data)
}

// readAnswers reads a file of answers: facts, by pointer or path, and their values. No
// file has none.
func readAnswers(s *session.Session, p *profile.Profile, path string) (out []answer.Answer, err error) {
	if path == "" {
		return nil, nil
	}
	data, err := file.Read(path, document.MaxBytes)
	if err != nil {
		return nil, fmt.Errorf("--answers %w", err)
	}
	doc, err := document.ReadData(s.Files.Name(path), data)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(doc.Root)) {
		pointer, _, err := answer.Fact(p, name)
		if err != nil {
			return nil, doc.Errorf(document.Join("", name), "%v", err)
		}
		out = append(out, answer.Answer{Fact: pointer, Value: doc.Root[name]})
	}
	return out, nil
}
