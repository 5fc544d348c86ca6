package session

import (
	"fmt"
	"io"
	"time"

	"github.com/audition-dev/audition/internal/find"
)

// Progress tells a person at a terminal how far long work is, at most once a
// second and not within the first.
type Progress struct {
	out    io.Writer
	inputs []find.Input
	done   int
	last   time.Time
	shown  bool
}

func NewProgress(stderr io.Writer, inputs []find.Input) *Progress {
	p := &Progress{inputs: inputs, last: time.Now()}
	if Colored(stderr) {
		p.out = stderr
	}
	return p
}

// At tells how many inputs are done when one is being judged.
func (p *Progress) At(in find.Input) {
	for p.done < len(p.inputs) && p.inputs[p.done] != in {
		p.done++
	}
	if p.out == nil || time.Since(p.last) < time.Second {
		return
	}
	p.last, p.shown = time.Now(), true
	fmt.Fprintf(p.out, "\r\x1b[Kjudged %d of %d files", p.done, len(p.inputs))
}

// End takes away what was told.
func (p *Progress) End() {
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.shown = false
	}
}
