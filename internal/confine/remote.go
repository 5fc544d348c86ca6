package confine

import (
	"context"
	"errors"
	"fmt"
	"net/rpc"
	"slices"
	"time"

	"github.com/audition-dev/audition/internal/author"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/value"
)

var _ Room = (*Process)(nil)

// confine is what every new process is told first.
func (c *child) confine(client *rpc.Client) error {
	_, err := repeat[bool](client, "Confine", c.limit)
	if err != nil {
		err = fmt.Errorf("--memory: %w", err)
	}
	return err
}

func ask[T any](ctx context.Context, p *Process, task, method string, args any) (T, error) {
	var a Answer[T]
	if err := p.call(ctx, task, method, args, &a); err != nil {
		return a.Value, fault.Undecided(err)
	}
	return a.get()
}

// repeat has a new process do what the old one did.
func repeat[T any](client *rpc.Client, method string, args any) (T, error) {
	var a Answer[T]
	if err := client.Call(service+"."+method, args, &a); err != nil {
		return a.Value, err
	}
	return a.get()
}

// Bundle opens a bundle in the process.
func (p *Process) Bundle(ctx context.Context, r Ref) (Bundle, error) {
	return ask[Bundle](ctx, p, "policy: not opened", "Bundle", r)
}

// Load compiles policies beside the builtin one in the process. Every evaluation of
// the engine happens there.
func (p *Process) Load(ctx context.Context, _ *maestro.Framework, refs []Ref) (*rego.Engine, error) {
	work := Work{refs, p.mode, p.plans, within(ctx)}
	c, err := ask[Compiled](ctx, p, "policy: not compiled", "Compile", work)
	if err != nil {
		return nil, err
	}
	p.keep(func(client *rpc.Client) error {
		d, err := repeat[Compiled](client, "Compile", work)
		if err == nil && !slices.Equal(c.Catalogue.Sources, d.Catalogue.Sources) {
			err = fault.Undecided(errors.New("policy: changed while it was in use"))
		}
		return err
	})
	e, err := rego.NewEngine(ctx, c.Catalogue, remote{p, c.Index})
	return e, fault.Undecided(err)
}

// remote is a policy that was compiled in a process.
type remote struct {
	process *Process
	index   int
}

// Prepare prepares a program there.
func (r remote) Prepare(ctx context.Context, terms []string) (rego.Program, error) {
	query := Terms{r.index, slices.Clone(terms), within(ctx)}
	prepared, err := ask[Prepared](ctx, r.process, "policy: not prepared", "Prepare", query)
	if err != nil {
		return nil, err
	}
	r.process.keep(func(client *rpc.Client) error {
		_, err := repeat[Prepared](client, "Prepare", query)
		return err
	})
	return program{r.process, prepared}, nil
}

// Examples evaluates the examples of a rule there.
func (r remote) Examples(ctx context.Context, rule string) (bad, good any, err error) {
	p, err := ask[Pair](ctx, r.process, "evaluation: not done", "Examples", RuleOf{r.index, rule, within(ctx)})
	if err != nil {
		return nil, nil, err
	}
	return p.values()
}

var _ rego.Selective = program{}

// program is a program that was prepared in a process.
type program struct {
	process  *Process
	prepared Prepared
}

// Mode is how it is evaluated there.
func (g program) Mode() rego.Mode { return g.prepared.Mode }

// Eval evaluates an input there.
func (g program) Eval(ctx context.Context, input *value.Value) (*value.Value, error) {
	return g.eval(ctx, input, false, nil)
}

// EvalSome evaluates some of the terms there.
func (g program) EvalSome(ctx context.Context, input *value.Value, terms []int) (*value.Value, error) {
	return g.eval(ctx, input, true, terms)
}

// Reads asks there what the terms read. A process that cannot say has the terms read
// everything, and tells why when it evaluates.
func (g program) Reads(ctx context.Context) [][]string {
	reads, err := ask[[][]string](ctx, g.process, "policy: not prepared", "Reads", Input{Program: g.prepared.Index, Within: within(ctx)})
	if err != nil {
		return nil
	}
	return reads
}

func (g program) eval(ctx context.Context, input *value.Value, some bool, terms []int) (*value.Value, error) {
	data, err := value.Encode(input)
	if err != nil {
		return nil, err
	}
	out, err := ask[[]byte](ctx, g.process, "evaluation: not done", "Eval", Input{g.prepared.Index, data, some, terms, within(ctx)})
	if err != nil {
		return nil, err
	}
	v, err := value.Decode(out)
	if err == nil && v.Kind() != value.Array {
		err = fmt.Errorf("evaluation: expected an array, got %s", v.Kind())
	}
	return v, err
}

// Suite opens policies with their tests in the process.
func (p *Process) Suite(ctx context.Context, _ *maestro.Framework, refs []Ref) (Suite, error) {
	work := Work{Refs: refs, Within: within(ctx)}
	opened, err := ask[Opened](ctx, p, "policy: not compiled", "Suite", work)
	if err != nil {
		return nil, err
	}
	p.keep(func(client *rpc.Client) error {
		_, err := repeat[Opened](client, "Suite", work)
		return err
	})
	return suite{p, opened}, nil
}

// suite is a suite that was opened in a process.
type suite struct {
	process *Process
	opened  Opened
}

var _ Suite = suite{}

func (s suite) Catalogue() rego.Catalogue { return s.opened.Catalogue }
func (s suite) Packages() int             { return s.opened.Packages }

func (s suite) House(ctx context.Context) (rego.Problems, error) {
	return ask[rego.Problems](ctx, s.process, "evaluation: not done", "House", RuleOf{Index: s.opened.Index, Within: within(ctx)})
}

func (s suite) Examples(ctx context.Context, r maestro.Rule) (bad, good any, err error) {
	p, err := ask[Pair](ctx, s.process, "evaluation: not done", "SuiteExamples", RuleOf{s.opened.Index, r.ID, within(ctx)})
	if err != nil {
		return nil, nil, err
	}
	return p.values()
}

func (s suite) Test(ctx context.Context, match string, limit time.Duration) (author.TestRun, error) {
	return ask[author.TestRun](ctx, s.process, "evaluation: not done", "Test", Tests{s.opened.Index, match, limit, within(ctx)})
}

func (s suite) Measure(ctx context.Context, part author.Part, rules, gates *value.Value, atLeast time.Duration, _ author.Stopwatch) (author.Cost, error) {
	work := Measurement{Suite: s.opened.Index, Part: part, AtLeast: atLeast, Within: within(ctx)}
	var errRules, errGates error
	work.Rules, errRules = value.Encode(rules)
	work.Gates, errGates = value.Encode(gates)
	if err := errors.Join(errRules, errGates); err != nil {
		return author.Cost{}, err
	}
	return ask[author.Cost](ctx, s.process, "evaluation: not done", "Measure", work)
}
