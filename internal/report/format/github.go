package format

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// maxAnnotations is how many annotations of a level GitHub shows for a step.
const maxAnnotations = 10

// github prints workflow commands: a group for each agent, an annotation for its
// decision and one for each finding. Strengths, and what a worse finding covers,
// are left out; a waived finding is a notice.
type github struct {
	neighbours
	w     io.Writer
	out   bytes.Buffer
	shown map[string]int // annotations by level
}

func GitHub(w io.Writer, _ print.Options) print.Writer {
	g := &github{w: w, shown: map[string]int{}}
	g.print = g.agent
	return g
}

func (g *github) Write(v *verdict.Verdict) error { return g.next(v) }

func (g *github) Undecided(u verdict.Undecided) error {
	if err := g.next(nil); err != nil {
		return err
	}
	g.annotate("error", file(u.Source), spot{"", max(u.Line, 1), max(u.Column, 1)}, "UNDECIDED "+u.Source, "could not be judged: "+u.Message)
	return g.flush()
}

func (g *github) Close() error {
	if err := g.next(nil); err != nil {
		return err
	}
	for _, level := range []string{"error", "warning", "notice"} {
		if n := g.shown[level]; n > maxAnnotations {
			fmt.Fprintf(&g.out, "GitHub shows %d annotations of level %s for a step; all %d are in this log.\n", maxAnnotations, level, n)
		}
	}
	return g.flush()
}

func (g *github) flush() error {
	_, err := g.w.Write(g.out.Bytes())
	g.out.Reset()
	return err
}

func (g *github) annotate(level, name string, at spot, title, message string) {
	g.shown[level]++
	place := ""
	if at.source != "" {
		name = file(at.source)
	}
	if name != "stdin" {
		place = fmt.Sprintf("file=%s,line=%d,col=%d,", property(name), at.line, at.column)
	}
	fmt.Fprintf(&g.out, "::%s %stitle=%s::%s\n", level, place, property(title), data(message))
}

func (g *github) agent(v *verdict.Verdict, alone bool) error {
	name, at := file(v.Subject.Source), spotsOf(v, alone)
	fmt.Fprintf(&g.out, "::group::%s\n", data(fmt.Sprintf("%s %s, %s", v.Decision, v.Subject.Name, scored(v.Score))))
	level := map[verdict.Decision]string{verdict.Reject: "error", verdict.Review: "warning"}[v.Decision]
	if level == "" {
		level = "notice"
	}
	said := strings.TrimSuffix(scored(v.Score)+"; "+print.Basis(v), "; ")
	if loose := print.Loosened(v); len(loose) > 0 {
		said += "; " + strings.Join(loose, "; ")
	}
	g.annotate(level, name, at.of(verdict.Fact{}), string(v.Decision)+" "+v.Subject.Name, said)
	for _, n := range v.Origin.Told() {
		g.annotate("warning", name, noted(n), "not a fact of "+v.Subject.Name, print.Note(n))
	}
	for _, f := range v.Findings {
		place, _ := at.main(f)
		switch {
		case f.Kind == maestro.Strength || f.SuppressedBy != "":
		case f.WaivedBy != "":
			g.annotate("notice", name, place, f.Name(), fmt.Sprintf("%s (%s)", annotation(f), print.Acceptance(v, f)))
		default:
			g.annotate(githubLevel(weight(f)), name, place, f.Name(), annotation(f)+" "+f.Remediation)
		}
	}
	g.out.WriteString("::endgroup::\n")
	return g.flush()
}

// scored is the score with its interval.
func scored(s verdict.Score) string {
	return fmt.Sprintf("AIVSS %v %s%s", s.AIVSS, s.Severity, print.Interval(s))
}

func githubLevel(s maestro.Severity) string {
	switch s {
	case maestro.Critical, maestro.High:
		return "error"
	case maestro.Medium, maestro.Low:
		return "warning"
	}
	return "notice"
}

// data escapes the message of a workflow command, property a property of one, as
// actions/toolkit does (packages/core/src/command.ts); clean leaves no line ends.
func data(s string) string { return strings.ReplaceAll(print.Clean(s), "%", "%25") }

func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(s))
}
