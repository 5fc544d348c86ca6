package show

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// Changed is an agent whose outcome differs.
type Changed struct {
	Name   string `json:"name"`
	Source string `json:"source"`
	// From and To are the decisions.
	From        verdict.Decision     `json:"from"`
	To          verdict.Decision     `json:"to"`
	Rules       []string             `json:"rules"`
	Differences []verdict.Difference `json:"differences"`
}

// ChangedJSON prints what differs about one agent for machines.
func ChangedJSON(w io.Writer, c Changed) error { return print.Encode(w, c) }

// ChangedText prints what differs about one agent for a person.
func ChangedText(w io.Writer, c Changed, o print.Options) error {
	p := print.New(o)
	printChanged(p, c)
	if len(c.Differences) == 0 {
		p.Line("  ", "nothing differs")
	}
	return p.Flush(w)
}

// ChangedMarkdown prints what differs about one agent as a comment on a change.
func ChangedMarkdown(w io.Writer, c Changed) error {
	var out bytes.Buffer
	decision := "**" + string(c.To) + "**"
	if c.From != c.To {
		decision = string(c.From) + " → " + decision
	}
	fmt.Fprintf(&out, "<!-- audition-diff:%s -->\n### %s: %s\n\n", print.Markdown(c.Name), print.Markdown(c.Name), decision)
	if len(c.Differences) == 0 {
		out.WriteString("Nothing differs.\n")
	} else {
		out.WriteString("| | before | after |\n| --- | --- | --- |\n")
	}
	for _, d := range c.Differences {
		fmt.Fprintf(&out, "| %s | %s | %s |\n", print.Markdown(strings.TrimSpace(d.What+" "+d.Key)), print.Markdown(d.From), print.Markdown(d.To))
	}
	_, err := w.Write(out.Bytes())
	return err
}

// printChanged prints an agent and what differs about it.
func printChanged(p *print.Printer, c Changed) {
	decision, rest := p.Styled(string(c.To), string(c.To)), c.Differences
	if c.From != c.To {
		decision = fmt.Sprintf("%s → %s", c.From, decision)
		rest = rest[1:] // the decision, which stands here
	}
	p.Line("", fmt.Sprintf("%s  %s  %s", decision, p.Styled("bold", print.Clean(c.Name)), print.Clean(c.Source)))
	printDifferences(p, rest)
}

// Impact is what a change of policy does to many agents.
type Impact struct {
	Old     string    `json:"old"`
	New     string    `json:"new"`
	Agents  int       `json:"agents"`
	Changed []Changed `json:"changed"`
	// Decisions counts the agents whose decision changes.
	Decisions int `json:"decisions"`
}

// ImpactJSON prints an impact for machines.
func ImpactJSON(w io.Writer, i Impact) error { return print.Encode(w, i) }

// ImpactText prints an impact for a person: the agents that change, each with
// what changes, and a count.
func ImpactText(w io.Writer, i Impact, o print.Options) error {
	p := print.New(o)
	for _, c := range i.Changed {
		printChanged(p, c)
		p.Line("", "")
	}
	p.Line("", fmt.Sprintf("%d of %d agents judged otherwise, %d with another decision", len(i.Changed), i.Agents, i.Decisions))
	return p.Flush(w)
}

// printDifferences prints what two outcomes do not share, a line each.
func printDifferences(p *print.Printer, differences []verdict.Difference) {
	for _, d := range differences {
		what := d.What
		if d.Key != "" {
			what += " " + d.Key
		}
		from, to := shortened(d.From), shortened(d.To)
		switch {
		case from == "":
			p.Wrapped("  + ", 4, what+": "+to)
		case to == "":
			p.Wrapped("  - ", 4, what+": "+from)
		default:
			p.Wrapped("  ~ ", 4, what+": "+from+" → "+to)
		}
	}
}

var anyDigest = regexp.MustCompile(`sha256:[0-9a-f]{64}`)

// shortened cuts digests to what a person compares.
func shortened(s string) string {
	return anyDigest.ReplaceAllStringFunc(s, func(d string) string { return d[:len("sha256:")+12] + "…" })
}

// Replayed says whether a verdict was reached again.
type Replayed struct {
	Name string `json:"name"`
	// Same tells that inputs and outcome are those of the record.
	Same bool `json:"same"`
	// Inputs are what judged that is not what the record names; Engine is told and
	// makes no difference by itself.
	Inputs  []verdict.Difference `json:"inputs"`
	Outcome []verdict.Difference `json:"outcome"`
	Engine  []verdict.Difference `json:"engine"`
}

// ReplayedJSON prints replays for machines.
func ReplayedJSON(w io.Writer, all []Replayed) error { return print.Encode(w, all) }

// ReplayedText prints replays for a person.
func ReplayedText(w io.Writer, all []Replayed, o print.Options) error {
	p := print.New(o)
	for _, r := range all {
		switch {
		case r.Same:
			p.Line("", print.Clean(r.Name)+": the same verdict from the same inputs")
		case len(r.Outcome) == 0:
			p.Line("", print.Clean(r.Name)+": the same outcome from other inputs; that proves nothing about the record")
		default:
			p.Line("", print.Clean(r.Name)+": another outcome")
		}
		printDifferences(p, r.Inputs)
		printDifferences(p, r.Outcome)
		printDifferences(p, r.Engine)
	}
	return p.Flush(w)
}
