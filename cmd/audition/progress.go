package main

import (
	"fmt"
	"io"
	"time"

	"github.com/audition-dev/audition/internal/find"
)

// progress tells a person at a terminal how far long work is, at most once a
// second and not within the first.
type progress struct {
	out    io.Writer
	inputs []find.Input
	done   int
	last   time.Time
	shown  bool
}

func newProgress(stderr io.Writer, inputs []find.Input) *progress {
	p := &progress{inputs: inputs, last: time.Now()}
	if colored(stderr) {
		p.out = stderr
	}
	return p
}

// at tells how many inputs are done when one is being judged.
func (p *progress) at(in find.Input) {
	for p.done < len(p.inputs) && p.inputs[p.done] != in {
		p.done++
	}
	if p.out == nil || time.Since(p.last) < time.Second {
		return
	}
	p.last, p.shown = time.Now(), true
	fmt.Fprintf(p.out, "\r\x1b[Kjudged %d of %d files", p.done, len(p.inputs))
}

// end takes away what was told.
func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.shown = false
	}
}
