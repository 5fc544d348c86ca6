package waiver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/suggest"
	"github.com/audition-dev/audition/internal/verdict"
	"github.com/audition-dev/audition/internal/waiver"
)

// waiving is what the flags of waiver add say.
type waiving struct {
	waivers
	waiver  waiver.Waiver
	days    int
	expires string
	bind    bool
	file    string
}

func newWaiverAdd() *cobra.Command {
	w := waiving{}
	cmd := &cobra.Command{
		Use:   "add PROFILE RULE",
		Short: "Accept what a rule finds on an agent, until a day",
		Long: `Add judges the agent and writes a waiver for what the rule finds on it, or for
one of its findings with --term. The waiver begins at the effective day; to
prolong one, add another that begins the day after it ends, with --at.`,
		Example: `  audition waiver add profile.yaml L4/sandbox-undisclosed \
    --reason "gVisor ships in January" --owner jane.doe@acme.example --days 60`,
		Args: cobra.ExactArgs(2),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) != 1 {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return w.CompleteRules(cmd)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if w.expires != "" && cmd.Flags().Changed("days") {
				return errors.New("--days and --expires say the same, expected one of them")
			}
			return w.run(cmd.Context(), args[0], args[1], cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.StringVar(&w.waiver.Reason, "reason", "", "why the finding is accepted (required)")
	f.StringVar(&w.waiver.Owner, "owner", "", "who accepts it and answers for it (required)")
	f.StringVar(&w.waiver.Term, "term", "", "the item that the finding is about (default all findings of the rule)")
	f.StringVar(&w.waiver.Ticket, "ticket", "", "where it is tracked")
	f.IntVar(&w.days, "days", 90, "how many days after the effective one it holds")
	f.StringVar(&w.expires, "expires", "", "the last day on which it holds, as YYYY-MM-DD, instead of --days")
	f.BoolVar(&w.bind, "bind", false, "let it end when the profile changes")
	f.StringVar(&w.file, "file", "", "file to add to; it need not exist (default the first of the configuration, or "+waiverFile+")")
	w.Add(f)
	return cmd
}

func (w *waiving) run(ctx context.Context, path, rule string, stdin io.Reader, stdout io.Writer) error {
	for _, f := range []struct{ flag, value, what string }{
		{"--reason", w.waiver.Reason, "why the finding is accepted"}, {"--owner", w.waiver.Owner, "who answers for it"},
	} {
		if strings.TrimSpace(f.value) == "" {
			return fmt.Errorf("%s is missing, expected %s", f.flag, f.what)
		}
	}
	s, a, err := w.begin(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if w.file == "" {
		w.file = s.Files.Path(append(s.WaiverFiles(), s.Files.Name(waiverFile))[0])
	}
	unlock, err := file.Lock(ctx, w.file)
	if err != nil {
		return err
	}
	defer unlock()
	data, err := file.Read(w.file, document.MaxBytes)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("--file %w", err)
	}
	agent, err := w.fill(ctx, s, a, path, rule, stdin)
	if err != nil {
		return err
	}
	out, err := waiver.Add(w.file, data, w.waiver)
	if err != nil {
		return err
	}
	all, err := waiver.Parse(w.file, out)
	if err != nil {
		return err
	}
	// What begins at the effective day is held against the day on which it begins.
	r := reviewed{day: a.Day(), entries: waiver.Review(all, waiver.Days{Effective: a.Day()}, a.WaiverLimits(), []waiver.Agent{agent})}
	for _, e := range r.entries {
		if e.Waiver.Index == len(all)-1 {
			r.entries = []waiver.Entry{e}
		}
	}
	added := r.entries[0]
	if !added.State.Applies() {
		return &document.Error{Source: w.file, Message: fmt.Sprintf("a waiver of %s for %s would have no effect: %s", rule, agent.Name, added.Why)}
	}
	if err := file.Replace(w.file, out); err != nil {
		return err
	}
	if err := r.print(stdout, "text"); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "added to %s; findings that it covers: %d\n", w.file, added.Covers)
	return err
}

// fill makes the waiver from the flags and from what the rule finds.
func (w *waiving) fill(ctx context.Context, s *session.Session, a *assess.Assessor, file, id string, stdin io.Reader) (agent waiver.Agent, err error) {
	if err := w.period(a.Day()); err != nil {
		return agent, err
	}
	rule, ok := a.Engine().Rule(id)
	switch {
	case !ok:
		return agent, fmt.Errorf("unknown rule %q%s", id, session.Meant(id, a.Engine().Rules()))
	case rule.Kind == maestro.Strength:
		return agent, fmt.Errorf("%s is a strength: nothing to waive", id)
	}
	p, err := s.One(ctx, file, stdin)
	if err != nil {
		return agent, err
	}
	agent, findings, err := judgedOne(ctx, a, p)
	if err != nil {
		return agent, err
	}
	if why := silent(findings, id, w.waiver.Term, agent.Name); why != "" {
		return agent, &document.Error{Source: file, Message: why}
	}
	w.waiver.Rule, w.waiver.Agent = id, agent.Name
	if w.bind {
		w.waiver.ProfileDigest = agent.Digest
	}
	return agent, nil
}

// period sets the days between which the waiver holds.
func (w *waiving) period(at time.Time) (err error) {
	w.waiver.Created, w.waiver.Expires = at, at.AddDate(0, 0, w.days)
	switch {
	case w.expires != "":
		w.waiver.Expires, err = session.ParseDay("--expires", w.expires)
	case w.days < 0 || w.days > 36500:
		err = fmt.Errorf("--days %d: expected 0 to 36500", w.days)
	}
	if err == nil && w.waiver.Expires.Before(at) {
		err = fmt.Errorf("--expires %s: lies before the effective day, %s", w.expires, at.Format(time.DateOnly))
	}
	return err
}

// silent says why there is no finding of a rule, or of one of its terms, that a
// waiver could cover; "" if there is one.
func silent(findings []verdict.Finding, rule, term, agent string) string {
	var terms []string
	suppressedBy := ""
	for _, f := range findings {
		switch {
		case f.Rule != rule:
		case f.SuppressedBy != "":
			suppressedBy = f.SuppressedBy
		case term == "" || f.Term == term:
			return ""
		case f.Term != "":
			terms = append(terms, f.Term)
		}
	}
	switch {
	case len(terms) > 0:
		return fmt.Sprintf("%s has no finding of the term %q%s", rule, term, suggest.DidYouMean(term, terms))
	case suppressedBy != "":
		return fmt.Sprintf("%s on %s counts as part of %s: waive that", rule, agent, suppressedBy)
	case term != "":
		return fmt.Sprintf("%s has no finding of the term %q on %s", rule, term, agent)
	}
	return fmt.Sprintf("%s stays silent on %s: nothing to waive", rule, agent)
}
