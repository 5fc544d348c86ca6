package main

import (
	"fmt"
	"io"
	"time"
)

// progress tells a person at a terminal how far long work is, at most once a
// second and not within the first.
type progress struct {
	out   io.Writer
	total int
	last  time.Time
	shown bool
}

func newProgress(stderr io.Writer, total int) *progress {
	p := &progress{total: total, last: time.Now()}
	if colored(stderr) {
		p.out = stderr
	}
	return p
}

// at tells that so many are done.
func (p *progress) at(done int) {
	if p.out == nil || time.Since(p.last) < time.Second {
		return
	}
	p.last, p.shown = time.Now(), true
	fmt.Fprintf(p.out, "\r\x1b[Kjudged %d of %d files", done, p.total)
}

// end takes away what was told.
func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
