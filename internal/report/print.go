package report

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
	// Rules are all the rules that the run knew, for formats with a catalogue. Of
	// rules that are not among them a verdict tells what its findings say.
	Rules []maestro.Rule
}

// width is how many columns a line takes where words allow it.
const width = 100

// printer lays out text for a person, line by line.
type printer struct {
	paint func(style, s string) string
	out   bytes.Buffer
}

// newPrinter begins a text.
func newPrinter(o Options) *printer { return &printer{paint: painter(o.Color)} }

// flush writes the text that was printed.
func (p *printer) flush(w io.Writer) error {
	_, err := w.Write(p.out.Bytes())
	return err
}

// styled is s in a style: a decision, a severity of a score or of a finding, or
// bold. A style that there is not, or no colour, leaves s alone.
func (p *printer) styled(style, s string) string { return p.paint(style, s) }

// line prints an indented line without spaces at its end. What may come from a
// profile has to be clean.
func (p *printer) line(indent, s string) { p.out.WriteString(strings.TrimRight(indent+s, " ") + "\n") }

// heading begins a section.
func (p *printer) heading(s string) {
	p.line("", "")
	p.line("", p.paint("bold", s))
}

// wrapped prints words within width; the first line begins with lead, the
// others with as many spaces as lead is wide.
func (p *printer) wrapped(lead string, wide int, s string) {
	column, indent := wide, strings.Repeat(" ", wide)
	words := strings.Fields(clean(s))
	if len(words) == 0 {
		p.line("", lead)
		return
	}
	p.out.WriteString(lead)
	for i, word := range words {
		switch n := len([]rune(word)); {
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
