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

// leastSection is the room that each of many agents has.
const leastSection = 4000

// crowd is from how many agents on each has the least room.
const crowd = maxComment*3/4/leastSection + 1

// markdown prints a comment for a pull request: the decision first, then why, the
// rest folded. It begins with a mark by which it is found again and replaced. It
// holds fewer than crowd verdicts, until it knows how much room each has, and
// of what it prints as much as there can be room for.
type markdown struct {
	w        io.Writer
	held     []*verdict.Verdict
	n        int
	counts   map[verdict.Decision]int
	loose    print.Looseness
	rows     lines
	sections []string
	size     int // of the sections
	full     bool
	open     print.Unjudged
}

func Markdown(w io.Writer, _ print.Options) print.Writer {
	return &markdown{w: w, counts: map[verdict.Decision]int{}, rows: lines{most: maxComment / 4}}
}

func (m *markdown) Write(v *verdict.Verdict) error {
	m.n++
	m.counts[v.Decision]++
	m.loose.Add(v)
	m.rows.add(fmt.Sprintf("| **%s** | %s | %s | %s |", v.Decision, scored(v.Score), print.Markdown(v.Subject.Name), print.Code(v.Subject.Source)))
	if m.n < crowd {
		m.held = append(m.held, v)
		return nil
	}
	m.release(leastSection)
	m.section(v, leastSection)
	return nil
}

// release prints the sections of the agents that are held, each in about a size.
func (m *markdown) release(size int) {
	for _, v := range m.held {
		m.section(v, size)
	}
	m.held = nil
}

// section prints one of several agents, while there can be room for it.
func (m *markdown) section(v *verdict.Verdict, size int) {
	if m.full {
		return
	}
	one, w := comment{}, *v
	w.Questions = nil // see Asks
	one.line("\n<details><summary>%s %s</summary>\n", v.Decision, print.Markdown(v.Subject.Name))
	one.agent(&w, size)
	one.line("\n</details>")
	if m.size += one.Len(); m.size > maxComment {
		m.full = true
		return
	}
	m.sections = append(m.sections, one.String())
}

func (m *markdown) Undecided(u verdict.Undecided) error {
	m.open = append(m.open, u)
	return nil
}

func (m *markdown) Close() error {
	c := comment{}
	if m.n == 1 && len(m.open) == 0 {
		// An escaped name has no > and cannot end the mark.
		c.line("<!-- audition:%s -->", url.PathEscape(print.Clean(m.held[0].Subject.Name)))
	} else {
		c.line("<!-- audition -->")
	}
	c.undecided(m.open)
	switch {
	case m.n == 1:
		c.agent(m.held[0], maxComment-c.Len())
	case m.n > 1:
		m.several(&c)
	}
	_, err := m.w.Write(c.Bytes())
	return err
}

// several prints a table of agents, and each of them as far as there is room.
func (m *markdown) several(c *comment) {
	c.line("## %d agents: %d reject, %d review, %d approve\n", m.n, m.counts[verdict.Reject], m.counts[verdict.Review], m.counts[verdict.Approve])
	c.told(print.LooseHead, bulleted(m.loose.Said(m.n)), maxComment/20)
	c.line("| decision | score | agent | profile |\n| --- | --- | --- | --- |")
	c.list(m.rows.held, m.rows.n, maxComment/4, "| | and %d more | | |")
	m.release(max(maxComment*3/4/m.n, leastSection))
	for i, s := range m.sections {
		if c.Len()+len(s) > maxComment {
			m.sections = m.sections[:i]
			break
		}
		c.WriteString(s)
	}
	if left := m.n - len(m.sections); left > 0 {
		c.line("\nThere is no room for the findings of %d agents.", left)
	}
}

// lines are the first of many lines, as far as list can print them in a size.
type lines struct {
	held []string
	most int // bytes
	n    int // of all lines
}

func (l *lines) add(s string) {
	if l.n++; l.most >= 0 {
		l.held, l.most = append(l.held, s), l.most-len(s)-1
	}
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

// undecided says first what could not be judged.
func (c *comment) undecided(open print.Unjudged) {
	var lines []string
	for _, u := range open {
		lines = append(lines, fmt.Sprintf("- **UNDECIDED** %s %s", print.Code(u.Place()), print.Markdown(u.Message)))
	}
	c.told("## UNDECIDED: "+open.Said(), lines, maxComment/8)
}

// told prints a head and what is said below it, where there is something.
func (c *comment) told(head string, lines []string, size int) {
	if len(lines) > 0 {
		c.line("%s\n", head)
		c.list(lines, len(lines), size, "- and %d more")
		c.line("")
	}
}

// bulleted are lines of a list.
func bulleted(said []string) (lines []string) {
	for _, s := range said {
		lines = append(lines, "- "+print.Markdown(s))
	}
	return lines
}

// agent prints one agent in about a size.
func (c *comment) agent(v *verdict.Verdict, size int) {
	c.line("## %s: %s\n", strings.ToUpper(string(v.Decision)), print.Markdown(cmp.Or(v.Subject.Title, v.Subject.Name)))
	if v.Subject.Summary != "" {
		c.line("%s\n", print.Markdown(v.Subject.Summary))
	}
	basis := strings.TrimSuffix(cmp.Or(print.Basis(v), "basis not recorded")+"; "+print.Markdown(print.Origin(v)), "; ")
	c.line("**%s** · %s · %s\n", scored(v.Score), basis, print.Code(v.Subject.Source))
	c.told("**In no fact** is of the descriptor:", bulleted(print.Unheeded(v)), size/20)
	c.told(print.LooseHead, bulleted(print.Loosened(v)), size/20)
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
	c.inapplicable(v, size/10)
	c.questions(v, size/10)
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
			line = print.Where(f.Facts[i].Source, f.Facts[i].Line)
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
		rows = append(rows, fmt.Sprintf("| %s %s | %s | %s | %s |", print.Markdown(l.ID), print.Markdown(l.Title), print.Markdown(print.Tag(l)), print.Coverage(l), print.Markdown(l.Commentary)))
	}
	const head = "\n| layer | tag | disclosed | commentary |\n| --- | --- | --- | --- |"
	c.folded("Layers", head, rows, len(rows), size, "| and %d more | | | |")
}

// inapplicable tells what does not apply to whom was judged, and why.
func (c *comment) inapplicable(v *verdict.Verdict, size int) {
	var lines []string
	for _, n := range print.InapplicableOf(v) {
		lines = append(lines, fmt.Sprintf("- %s: %s (%s)", print.Code(strings.Join(n.Facts, ", ")), print.Markdown(n.Because), print.Markdown(n.Said)))
	}
	c.folded("Not applicable", "", lines, len(lines), size, "- and %d more")
}

func (c *comment) questions(v *verdict.Verdict, size int) {
	var lines []string
	questions := v.Questions
	for _, q := range questions[:min(len(questions), print.MaxQuestions)] {
		var answers []string
		for _, a := range q.Answers {
			answers = append(answers, print.Markdown(fmt.Sprintf("%s → %s, %s", print.Value(a.Value), a.Decision, print.Span(a.Low, a.High))))
		}
		lines = append(lines, fmt.Sprintf("- %s %s: %s", print.Code(print.Path(q.Fact)), print.Markdown(strings.TrimSuffix(q.Text, ".")), strings.Join(answers, "; ")))
	}
	c.folded("What to disclose next", "", lines, len(questions), size, "- and %d more in the JSON verdict")
	if said := print.Unasked(v); said != "" {
		c.line("\n%s", said)
	}
}
