package rego

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"sync"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/rego/compiled"
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/rego/topdown"
	"github.com/audition-dev/audition/internal/rego/value"
)

// Mode is how policy is evaluated.
type Mode string

const (
	// Auto is Compiled where that is supported, and Topdown otherwise.
	Auto Mode = "auto"
	// Compiled runs what OPA planned as functions of Go. What goes wrong with them has
	// the interpreter of OPA find out what it is.
	Compiled Mode = "compiled"
	// Topdown runs the interpreter of OPA.
	Topdown Mode = "topdown"
	// Verify runs both. That they differ is an error.
	Verify Mode = "verify"
)

// Modes are all modes.
func Modes() []Mode { return []Mode{Auto, Compiled, Topdown, Verify} }

// With is the policy evaluated in another way; "" is Auto.
func (p *Policy) With(m Mode) *Policy {
	q := *p
	q.mode = cmp.Or(m, Auto)
	return &q
}

// Prepare makes a program of terms such as data.org.acme.rule.findings. That they are
// not compiled is an error where the mode asks for it.
func (p *Policy) Prepare(ctx context.Context, terms []string) (Program, error) {
	out := &program{terms: terms, mode: p.mode, untrusted: p.compiled.Untrusted, prepare: func(ctx context.Context) (*topdown.Program, error) {
		return p.compiled.Prepare(ctx, terms)
	}}
	if p.mode != Topdown {
		var err error
		out.fast, err = topdown.Within(ctx, "policy: not compiled", p.compiled.Untrusted, func() (*compiled.Program, error) {
			return compiled.Prepare(ctx, p.compiled.Compiler, p.data, terms)
		})
		switch {
		case err == nil && p.mode == Auto:
			out.mode = Compiled
		case err == nil:
		case p.mode != Auto:
			return nil, fmt.Errorf("engine %s: %w", p.mode, err)
		case ctx.Err() != nil:
			return nil, err
		default:
			out.mode = Topdown
		}
	}
	if out.mode == Compiled {
		return out, nil
	}
	_, err := out.interpreter(ctx)
	return out, err
}

// program is a list of terms, prepared for what evaluates them.
type program struct {
	terms     []string
	mode      Mode
	untrusted bool
	fast      *compiled.Program
	// prepare prepares the terms for the interpreter.
	prepare func(context.Context) (*topdown.Program, error)

	mu   sync.Mutex
	slow *topdown.Program
}

// Mode is how the program is evaluated, which is never Auto.
func (p *program) Mode() Mode { return p.mode }

// interpreter prepares the terms for the interpreter, when there is need for it.
func (p *program) interpreter(ctx context.Context) (*topdown.Program, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.slow != nil {
		return p.slow, nil
	}
	slow, err := p.prepare(ctx)
	if err == nil {
		p.slow = slow
	}
	return slow, err
}

// Eval returns the values of the terms for an input. An error of what is compiled
// says only that there may be one.
func (p *program) Eval(ctx context.Context, input *value.Value) (*value.Value, error) {
	var fast *value.Value
	if p.mode != Topdown {
		var err error
		fast, err = topdown.Within(ctx, "evaluation: not done", p.untrusted, func() (*value.Value, error) {
			return p.fast.Eval(ctx, input)
		})
		if err == nil && p.mode == Compiled || err != nil && ctx.Err() != nil {
			return fast, err
		}
	}
	interpreter, err := p.interpreter(ctx)
	if err != nil {
		return nil, err
	}
	slow, err := interpreter.Eval(ctx, input)
	if fast == nil || err != nil && ctx.Err() != nil {
		return slow, err
	}
	if err != nil {
		return nil, fmt.Errorf("engine verify: topdown has an error and compiled has none: %w", err)
	}
	return slow, p.differ(slow, fast)
}

// Reads returns what the terms read of the input; see [Selective].
func (p *program) Reads(context.Context) [][]string {
	if p.mode != Compiled || !p.fast.Parts() {
		return nil
	}
	out := make([][]string, len(p.terms))
	for term := range out {
		for _, path := range p.fast.Reads(term) {
			pointer := ""
			for _, key := range path {
				pointer = document.Join(pointer, key)
			}
			out[term] = append(out[term], pointer)
		}
	}
	return out
}

// EvalSome is Eval of some terms, where these can be asked for alone.
func (p *program) EvalSome(ctx context.Context, input *value.Value, terms []int) (*value.Value, error) {
	return topdown.Within(ctx, "evaluation: not done", p.untrusted, func() (*value.Value, error) {
		return p.fast.EvalSome(ctx, input, terms)
	})
}

// differ tells which term has another value, if any.
func (p *program) differ(slow, fast *value.Value) error {
	for i, term := range p.terms {
		x, errX := value.Encode(slow.Items()[i])
		y, errY := value.Encode(fast.Items()[i])
		switch {
		case errX != nil:
			return errX
		case errY != nil:
			return errY
		case !bytes.Equal(x, y):
			const shown = 200
			x, y, at := slow.Items()[i].AST().String(), fast.Items()[i].AST().String(), 0
			for at < min(len(x), len(y)) && x[at] == y[at] {
				at++
			}
			from := func(s string) string { return parse.Cut(s[max(0, at-shown/2):], shown) }
			return fmt.Errorf("engine verify: %s: topdown has %s and compiled has %s", term, from(x), from(y))
		}
	}
	return nil
}
