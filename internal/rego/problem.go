package rego

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/fault"
)

// Problem is one thing that is wrong with a policy, and where. A line or column
// of 0 is no place.
type Problem struct {
	File         string
	Line, Column int
	Message      string
}

// Error prints file:line:column: message, as far as there is a place.
func (p Problem) Error() string {
	switch {
	case p.File == "":
		return p.Message
	case p.Line == 0:
		return p.File + ": " + p.Message
	case p.Column == 0:
		return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Problems is an error of a line for each.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Kind is fault.Open: what has a problem decides nothing.
func (Problem) Kind() fault.Kind { return fault.Open }

// Kind is that of a [Problem].
func (Problems) Kind() fault.Kind { return fault.Open }

// Sorted returns the problems by place, each once.
func (ps Problems) Sorted() Problems {
	slices.SortFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(ps)
}

// ProblemsOf are the problems that are joined in an error. One that is none of
// ours or of a document has no place.
func ProblemsOf(err error) (out Problems) {
	switch err := err.(type) {
	case nil:
	case Problem:
		out = Problems{err}
	case Problems:
		out = err
	case *document.Error:
		message := err.Message
		if err.Pointer != "" {
			message = document.PathOf(err.Pointer) + ": " + message
		}
		out = Problems{{err.Source, err.Line, err.Column, document.OneLine(message)}}
	case document.Errors:
		for _, e := range err {
			out = append(out, ProblemsOf(e)...)
		}
	case interface{ Unwrap() []error }:
		for _, e := range err.Unwrap() {
			out = append(out, ProblemsOf(e)...)
		}
	default:
		out = Problems{{Message: err.Error()}}
	}
	return out
}

// bounded returns the problems sorted, without control characters, none of them
// too long, and not too many: a policy writes much of their text.
func (ps Problems) bounded() Problems {
	ps = ps.Sorted()
	if more := len(ps) - document.MaxErrors; more > 0 {
		ps = append(ps[:document.MaxErrors], Problem{Message: fmt.Sprintf("and %d more errors", more)})
	}
	for i, p := range ps {
		p.Message = cut(p.Message, maxText-len(p.Error())+len(p.Message))
		ps[i].File, ps[i].Message = document.OneLine(p.File), document.OneLine(p.Message)
	}
	return ps
}

// err is nil where there is no problem.
func (ps Problems) err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// at is a problem of a line.
func at(loc *ast.Location, format string, args ...any) Problem {
	return Problem{File: loc.File, Line: loc.Row, Message: fmt.Sprintf(format, args...)}
}
