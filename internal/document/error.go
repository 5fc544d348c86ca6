package document

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Position is a place in a source, both counted from 1. The zero Position is
// no place.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Error is one thing that is wrong with a document, and where.
type Error struct {
	Source string
	Position
	// Pointer is the JSON pointer of the value, "" for the document.
	Pointer string
	Message string
}

// Error prints source:line:column: path: message, in one line.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Source)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Column)
	}
	b.WriteString(": ")
	if e.Pointer != "" {
		b.WriteString(PathOf(e.Pointer) + ": ")
	}
	b.WriteString(e.Message)
	return OneLine(b.String())
}

// OneLine escapes what would write lines or control sequences of its own into a
// log or a terminal.
func OneLine(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
	}
	return b.String()
}

// Errors are all the things that are wrong with a document, a line each.
type Errors []*Error

func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, err := range e {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "\n")
}

// MaxErrors is how many errors of one input anybody reads; more are not worth
// time.
const MaxErrors = 100

// Sorted orders the errors by place and returns them; of very many the first,
// and one that counts the others.
func (e Errors) Sorted() Errors {
	slices.SortStableFunc(e, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Pointer, b.Pointer), cmp.Compare(a.Message, b.Message))
	})
	if len(e) <= MaxErrors {
		return e
	}
	first := e[MaxErrors]
	rest := &Error{Source: first.Source, Position: first.Position, Message: fmt.Sprintf("and %d more errors", len(e)-MaxErrors)}
	return append(slices.Clip(e[:MaxErrors]), rest)
}
