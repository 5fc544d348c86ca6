package verdict

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/document"
)

// UndecidedKind is the kind of a document that stands for an Undecided.
const UndecidedKind = "Undecided"

// Undecided is one thing for which an input could not be judged. It is no verdict:
// nobody can say what that would have been.
type Undecided struct {
	// Source is the file, or - for standard input.
	Source string `json:"source"`
	// Line and Column are counted from 1, and 0 where no place is known.
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

// UndecidedBy returns what an error says of an input: one thing for each error of a
// document, with its place, and one for an error of any other kind.
func UndecidedBy(source string, err error) []Undecided {
	var several document.Errors
	if one := (*document.Error)(nil); !errors.As(err, &several) && errors.As(err, &one) {
		several = document.Errors{one}
	}
	if len(several) == 0 {
		message := document.OneLine(err.Error())
		return []Undecided{{Source: source, Message: strings.TrimPrefix(message, document.OneLine(source)+": ")}}
	}
	var out []Undecided
	for _, e := range several {
		message := e.Message
		if e.Pointer != "" {
			message = document.PathOf(e.Pointer) + ": " + message
		}
		out = append(out, Undecided{cmp.Or(e.Source, source), e.Line, e.Column, message})
	}
	return out
}

// Place is source:line:column, as far as it is known.
func (u Undecided) Place() string {
	if u.Line < 1 {
		return u.Source
	}
	return fmt.Sprintf("%s:%d:%d", u.Source, u.Line, max(u.Column, 1))
}

// Record is what a run has left behind: its verdicts, and what it could not judge.
type Record struct {
	Verdicts  []*Verdict
	Undecided []Undecided
}

// Whole is nil where everything was judged, and else an error that names the first
// input that was not. Source names the record in it.
func (r Record) Whole(source string) error {
	if len(r.Undecided) == 0 {
		return nil
	}
	u := r.Undecided[0]
	return fmt.Errorf("%s: expected verdicts only, got an input that could not be judged: %s", source, document.OneLine(u.Place()+": "+u.Message))
}

// readUndecided reads those of a list, or the one that a document is.
func readUndecided(doc *document.Document) ([]Undecided, error) {
	items, at := []any{doc.Root}, ""
	if doc.Root["kind"] != UndecidedKind {
		items, _ = doc.Root["undecided"].([]any)
		at = "/undecided/%d"
	}
	var out []Undecided
	for i, item := range items {
		pointer := at
		if at != "" {
			pointer = fmt.Sprintf(at, i)
		}
		object, _ := item.(map[string]any)
		u := Undecided{}
		if err := decode(object, &u); err != nil || u.Source == "" || u.Message == "" || u.Line < 0 || u.Column < 0 {
			return nil, doc.Errorf(pointer, "expected a source, a message and perhaps a line and a column of an input that could not be judged")
		}
		out = append(out, u)
	}
	return out, nil
}
