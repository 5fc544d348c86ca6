package find

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"regexp"

	"github.com/audition-dev/audition/internal/described"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/profile"
)

// Part is a document of an input, or all of what may be a descriptor.
type Part struct {
	document.Part
	name   string
	beside described.Open
	// whole is nil for a document.
	whole *draft.Input
}

// Profiles reads the agents of the part; a document may have none.
func (p Part) Profiles() (out []*profile.Profile, err error) {
	if p.whole != nil {
		out, err = described.Load(*p.whole, p.beside)
	} else if out, err = profile.LoadPart(p.name, p.Part); err == nil {
		out, err = described.All(out, p.beside)
	}
	return out, fault.Undecided(err)
}

// beginning is how much of an input tells whether it has profiles, in bytes.
const beginning = 1 << 16

// ours finds what every profile begins with. One that has it nowhere in the beginning
// is read as a whole.
var ours = regexp.MustCompile(`(?m)(?:^|[{,]\s*)["']?apiVersion["']?\s*:\s*["']?audition/`)

// Parts reads the documents of the input one by one, so that there may be any number
// of them. An error is the last that comes.
func (in Input) Parts(stdin io.Reader) iter.Seq2[Part, error] {
	return func(yield func(Part, error) bool) {
		if in.Err != nil {
			yield(Part{}, in.Err)
			return
		}
		from := stdin
		if in.Path != "-" {
			f, err := file.Open(in.Path)
			if err != nil {
				yield(Part{}, fault.Undecided(err))
				return
			}
			defer f.Close()
			from = f
		}
		r := bufio.NewReaderSize(from, beginning)
		if start, err := r.Peek(beginning); !ours.Match(start) {
			var data []byte
			if err == nil || errors.Is(err, io.EOF) {
				data, err = file.ReadFrom(r, document.MaxBytes)
			}
			whole := in.project(data)
			yield(Part{Part: document.Part{Data: data}, name: in.Name, beside: in.beside(), whole: &whole}, in.unread(err))
			return
		}
		for part, err := range document.Parts(in.Name, r) {
			if !yield(Part{Part: part, name: in.Name, beside: in.beside()}, in.unread(err)) {
				return
			}
		}
	}
}

// unread is an error of reading the input.
func (in Input) unread(err error) error {
	var at *document.Error
	if err != nil && !errors.As(err, &at) {
		err = &file.Error{Path: in.Name, Cause: err}
	}
	return fault.Undecided(err)
}
