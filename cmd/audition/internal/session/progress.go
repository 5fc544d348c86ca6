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
	out          io.Writer
	inputs       []find.Input
	files        int // that are done
	agents       int
	begin, shown time.Time
}

func NewProgress(stderr io.Writer, inputs []find.Input) *Progress {
	p := &Progress{inputs: inputs, begin: time.Now()}
	if Colored(stderr) {
		p.out = stderr
	}
	return p
}

// At tells how far the work is when something of an input is done.
func (p *Progress) At(in find.Input) {
	for p.files < len(p.inputs) && p.inputs[p.files] != in {
		p.files++
	}
	p.agents++
	now := time.Now()
	if p.out == nil || now.Sub(p.begin) < time.Second || now.Sub(p.shown) < time.Second {
		return
	}
	p.shown = now
	fmt.Fprintf(p.out, "\r\x1b[K%s", farness(p.agents, p.files, len(p.inputs), now.Sub(p.begin)))
}

// farness says how far work is. How long the rest takes is known by the files.
func farness(agents, files, all int, since time.Duration) string {
	said := fmt.Sprintf("judged %s, %.0f a second", Counted(agents, "agent"), float64(agents)/since.Seconds())
	if all == 1 {
		return said
	}
	said += fmt.Sprintf("; %d of %d files", files, all)
	if files > 0 {
		said += fmt.Sprintf(", %s left", (since / time.Duration(files) * time.Duration(all-files)).Round(time.Second))
	}
	return said
}

// End takes away what was told.
func (p *Progress) End() {
	if !p.shown.IsZero() {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.shown = time.Time{}
	}
}
