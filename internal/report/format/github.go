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

// GitHub prints workflow commands: a group for each agent, an annotation for its
// decision and one for each finding. Strengths, and what a worse finding covers,
// are left out; a waived finding is a notice.
func GitHub(w io.Writer, verdicts []*verdict.Verdict, _ print.Options) error {
	var out bytes.Buffer
	shown := map[string]int{}
	annotate := func(level, name string, at spot, title, message string) {
		shown[level]++
		place := ""
		if name != "stdin" {
			place = fmt.Sprintf("file=%s,line=%d,col=%d,", property(name), at.line, at.column)
		}
		fmt.Fprintf(&out, "::%s %stitle=%s::%s\n", level, place, property(title), data(message))
	}
	for _, v := range verdicts {
		name, at := file(v.Subject.Source), spotsOf(v, verdicts)
		fmt.Fprintf(&out, "::group::%s\n", data(fmt.Sprintf("%s %s, %s", v.Decision, v.Subject.Name, scored(v.Score))))
		level := map[verdict.Decision]string{verdict.Reject: "error", verdict.Review: "warning"}[v.Decision]
		if level == "" {
			level = "notice"
		}
		annotate(level, name, at.of(verdict.Fact{}), string(v.Decision)+" "+v.Subject.Name, scored(v.Score))
		for _, f := range v.Findings {
			place, _ := at.main(f)
			switch {
			case f.Kind == maestro.Strength || f.SuppressedBy != "":
			case f.WaivedBy != "":
				annotate("notice", name, place, f.Name(), fmt.Sprintf("%s (%s)", annotation(f), acceptance(v, f)))
			default:
				annotate(githubLevel(weight(f)), name, place, f.Name(), annotation(f)+" "+f.Remediation)
			}
		}
		out.WriteString("::endgroup::\n")
	}
	for _, level := range []string{"error", "warning", "notice"} {
		if n := shown[level]; n > maxAnnotations {
			fmt.Fprintf(&out, "GitHub shows %d annotations of level %s for a step; all %d are in this log.\n", maxAnnotations, level, n)
		}
	}
	_, err := w.Write(out.Bytes())
	return err
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
