package format

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// maxComment is about how long a comment may become; GitHub takes 65,536
// characters.
const maxComment = 60_000

// Markdown prints a comment for a pull request: the decision first, then why, the
// rest folded. It begins with a mark by which it is found again and replaced.
func Markdown(w io.Writer, verdicts []*verdict.Verdict, _ print.Options) error {
	c := comment{}
	if len(verdicts) == 1 {
		v := verdicts[0]
		// An escaped name has no > and cannot end the mark.
		c.line("<!-- audition:%s -->", url.PathEscape(print.Clean(v.Subject.Name)))
		c.agent(v, maxComment)
	} else {
		c.line("<!-- audition -->")
		c.several(verdicts)
	}
	_, err := w.Write(c.Bytes())
	return err
}

// comment is Markdown in the making.
type comment struct{ bytes.Buffer }

func (c *comment) line(format string, args ...any) { fmt.Fprintf(c, format+"\n", args...) }

// list prints lines up to a size, and with the words of more how many of total it
// leaves out.
func (c *comment) list(lines []string, total, size int, more string) {
	shown := 0
	for _, l := range lines {
		if size -= len(l) + 1; size < 0 {
			break
		}
		c.line("%s", l)
		shown++
	}
	if shown < total {
		c.line(more, total-shown)
	}
}

// folded prints a list in a section that a reader opens.
func (c *comment) folded(title, head string, lines []string, total, size int, more string) {
	if total == 0 {
		return
	}
	c.line("\n<details><summary>%s (%d)</summary>\n%s", title, total, head)
	c.list(lines, total, size, more)
	c.line("\n</details>")
}

// several prints a table of agents, and each of them as far as there is room.
func (c *comment) several(verdicts []*verdict.Verdict) {
	var rows []string
	counts := map[verdict.Decision]int{}
	for _, v := range verdicts {
		counts[v.Decision]++
		rows = append(rows, fmt.Sprintf("| **%s** | %s | %s | %s |", v.Decision, scored(v.Score), print.Markdown(v.Subject.Name), print.Code(v.Subject.Source)))
	}
	c.line("## %d agents: %d reject, %d review, %d approve\n", len(verdicts), counts[verdict.Reject], counts[verdict.Review], counts[verdict.Approve])
	c.line("| decision | score | agent | profile |\n| --- | --- | --- | --- |")
	c.list(rows, len(rows), maxComment/4, "| | and %d more | | |")
	for i, v := range verdicts {
		one, w := comment{}, *v
		w.Questions = nil // see Asks
		one.line("\n<details><summary>%s %s</summary>\n", v.Decision, print.Markdown(v.Subject.Name))
		one.agent(&w, max(maxComment*3/4/len(verdicts), 4000))
		one.line("\n</details>")
		if c.Len()+one.Len() > maxComment {
			c.line("\nThere is no room for the findings of %d agents.", len(verdicts)-i)
			return
		}
		c.Write(one.Bytes())
	}
}

// agent prints one agent in about a size.
func (c *comment) agent(v *verdict.Verdict, size int) {
	c.line("## %s: %s\n", strings.ToUpper(string(v.Decision)), print.Markdown(cmp.Or(v.Subject.Title, v.Subject.Name)))
	if v.Subject.Summary != "" {
		c.line("%s\n", print.Markdown(v.Subject.Summary))
	}
	c.line("**%s** · %s\n", scored(v.Score), print.Code(v.Subject.Source))
	if len(v.Reasons) == 0 {
		c.line("No gate objects.")
	} else {
		c.line("Why %s:\n", v.Decision)
	}
	var reasons []string
	for _, r := range v.Reasons {
		rule := ""
		if r.Rule != "" {
			rule = " " + print.Code(strings.TrimSpace(r.Rule+" "+r.Term))
		}
		reasons = append(reasons, fmt.Sprintf("- **%s** %s%s", r.Decision, print.Markdown(r.Message), rule))
	}
	c.list(reasons, len(reasons), size/4, "- and %d more")
	c.findings(v, size)
	c.layers(v.Layers, size/10)
	c.questions(v.Questions, size/10)
	var waivers []string
	for _, w := range v.Waivers {
		waivers = append(waivers, fmt.Sprintf("- **%s** %s until %s, %s: %s", print.Markdown(w.State), print.Code(strings.TrimSpace(w.Rule+" "+w.Term)), print.Markdown(w.Expires), print.Markdown(w.Owner), print.Markdown(w.Reason)))
	}
	c.folded("Waivers", "", waivers, len(waivers), size/10, "- and %d more")
}

// findings prints what counts, and what is waived, as a table with the line of
// the first fact that is disclosed.
func (c *comment) findings(v *verdict.Verdict, size int) {
	var rows, strengths []string
	for _, f := range v.Findings {
		switch {
		case f.SuppressedBy != "":
			continue
		case f.Kind == maestro.Strength:
			strengths = append(strengths, fmt.Sprintf("- %s %s", print.Code(f.Name()), print.Markdown(f.Message)))
			continue
		}
		severity, status, line := string(f.Severity), string(f.Status), ""
		if f.SetBy != "" && f.DefaultSeverity != f.Severity {
			severity += fmt.Sprintf(", %s by default", f.DefaultSeverity)
		}
		switch {
		case f.WaivedBy != "":
			status += ", waived"
		case f.Action != "":
			status += ", " + f.Action + " only"
		}
		if i := slices.IndexFunc(f.Facts, func(f verdict.Fact) bool { return f.Disclosed }); i >= 0 {
			line = fmt.Sprint(f.Facts[i].Line)
		}
		rows = append(rows, fmt.Sprintf("| %s | %s | %s %s | %s | %s |", print.Markdown(severity), print.Markdown(status), print.Markdown(f.Message), print.Code(f.Name()), line, print.Markdown(f.Remediation)))
	}
	const head = "\n| severity | status | finding | line | what to do |\n| --- | --- | --- | --- | --- |"
	c.folded("Findings", head, rows, len(rows), size/3, "| | | and %d more | | |")
	c.folded("Strengths", "", strengths, len(strengths), size/20, "- and %d more")
}

func (c *comment) layers(layers []verdict.Layer, size int) {
	var rows []string
	for _, l := range layers {
		rows = append(rows, fmt.Sprintf("| %s %s | %s | %d of %d | %s |", print.Markdown(l.ID), print.Markdown(l.Title), print.Markdown(l.Tag), l.Disclosed, l.Applicable, print.Markdown(l.Commentary)))
	}
	const head = "\n| layer | tag | disclosed | commentary |\n| --- | --- | --- | --- |"
	c.folded("Layers", head, rows, len(rows), size, "| and %d more | | | |")
}

func (c *comment) questions(questions []verdict.Question, size int) {
	var lines []string
	for _, q := range questions[:min(len(questions), print.MaxQuestions)] {
		var answers []string
		for _, a := range q.Answers {
			answers = append(answers, print.Markdown(fmt.Sprintf("%s → %s, %s", print.Value(a.Value), a.Decision, print.Span(a.Low, a.High))))
		}
		lines = append(lines, fmt.Sprintf("- %s %s: %s", print.Code(print.Path(q.Fact)), print.Markdown(strings.TrimSuffix(q.Text, ".")), strings.Join(answers, "; ")))
	}
	c.folded("What to disclose next", "", lines, len(questions), size, "- and %d more in the JSON verdict")
}
