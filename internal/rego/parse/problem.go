package parse

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
// ours, of a document or of OPA's compiler has no place.
func ProblemsOf(err error) (out Problems) {
	switch err := err.(type) {
	case nil:
	case Problem:
		out = Problems{err}
	case Problems:
		out = err
	case ast.Errors:
		out = placed(err)
	case *ast.Error:
		out = placed(ast.Errors{err})
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

// Bounded returns the problems sorted, without control characters, none of them
// too long, and not too many: a policy writes much of their text.
func (ps Problems) Bounded() Problems {
	ps = ps.Sorted()
	if more := len(ps) - document.MaxErrors; more > 0 {
		ps = append(ps[:document.MaxErrors], Problem{Message: fmt.Sprintf("and %d more errors", more)})
	}
	for i, p := range ps {
		p.Message = Cut(p.Message, maxText-len(p.Error())+len(p.Message))
		ps[i].File, ps[i].Message = document.OneLine(p.File), document.OneLine(p.Message)
	}
	return ps
}

// Err is nil where there is no problem.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// At is a problem of a line.
func At(loc *ast.Location, format string, args ...any) Problem {
	return Problem{File: loc.File, Line: loc.Row, Message: fmt.Sprintf(format, args...)}
}

// placed are OPA's errors as problems.
func placed(errs ast.Errors) Problems {
	out := make(Problems, len(errs))
	for i, e := range errs {
		message := strings.Join(strings.Fields(e.Message), " ")
		if d, ok := e.Details.(interface{ Lines() []string }); ok {
			message += " " + details(e.Message, d.Lines())
		}
		if out[i].Message = message; e.Location != nil {
			out[i] = Problem{e.Location.File, e.Location.Row, e.Location.Col, strings.TrimSpace(message)}
		}
	}
	return out
}

// details joins what OPA says beside a message. For an undefined reference it
// repeats the reference in the first two lines.
func details(message string, lines []string) string {
	if strings.HasPrefix(message, "undefined ref") {
		lines = lines[min(2, len(lines)):]
	}
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}

// maxText bounds a problem, in bytes.
const maxText = 2000

// Cut shortens a message to about as many bytes.
func Cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:max(0, most)], "") + "…"
}
