// Package print is what all reports are made of: lines for a person, text made
// safe for where it stands, JSON, and the words for places, scores and answers.
package print

import (
	"bytes"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
)

// Options are what a format may take from its surroundings.
type Options struct {
	// Color allows escape sequences, for a terminal.
	Color bool
	// Details has text print all there is of an agent, and not only a screen.
	Details bool
	// Rules are all the rules that the run knew, for formats with a catalogue. Of
	// rules that are not among them a verdict tells what its findings say.
	Rules []maestro.Rule
}

// width is how many columns a line takes where words allow it.
const width = 100

// Printer lays out text for a person, line by line.
type Printer struct {
	paint func(style, s string) string
	out   bytes.Buffer
}

// New begins a text.
func New(o Options) *Printer { return &Printer{paint: painter(o.Color)} }

// Flush writes the text that was printed.
func (p *Printer) Flush(w io.Writer) error {
	_, err := w.Write(p.out.Bytes())
	return err
}

// Styled is s in a style: a decision, a severity of a score or of a finding, or
// bold. A style that there is not, or no colour, leaves s alone.
func (p *Printer) Styled(style, s string) string { return p.paint(style, s) }

// Line prints an indented line without spaces at its end. What may come from a
// profile has to be clean.
func (p *Printer) Line(indent, s string) { p.out.WriteString(strings.TrimRight(indent+s, " ") + "\n") }

// Heading begins a section.
func (p *Printer) Heading(s string) {
	p.Line("", "")
	p.Line("", p.paint("bold", s))
}

// Wrapped prints words within width; the first line begins with lead, the
// others with as many spaces as lead is wide.
func (p *Printer) Wrapped(lead string, wide int, s string) {
	column, indent := wide, strings.Repeat(" ", wide)
	words := strings.Fields(Clean(s))
	if len(words) == 0 {
		p.Line("", lead)
		return
	}
	p.out.WriteString(lead)
	for i, word := range words {
		switch n := Width(word); {
		case i == 0:
			column += n
		case column+1+n > width:
			p.out.WriteString("\n" + indent)
			column = wide + n
		default:
			p.out.WriteByte(' ')
			column += 1 + n
		}
		p.out.WriteString(word)
	}
	p.out.WriteByte('\n')
}
