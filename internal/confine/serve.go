package confine

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/rpc"
	"sync"
	"time"

	"github.com/audition-dev/audition/internal/author"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/value"
)

// service is the name that calls have.
const service = "Policy"

// Serve does what a [Process] asks for on one stream, and answers on another, until
// the first one ends. Nothing else may be written to them.
func Serve(in io.Reader, out io.Writer) error {
	s := rpc.NewServer()
	if err := s.RegisterName(service, &server{}); err != nil {
		return err
	}
	s.ServeConn(stream{io.NopCloser(in), writeOnly{out}})
	return nil
}

type writeOnly struct{ io.Writer }

func (writeOnly) Close() error { return nil }

// Answer is what a call comes to: a value, or why there is none.
type Answer[T any] struct {
	Value   T
	Failure *Failure
}

// Failure is an error as it travels: its text, its kind and, where it is a list of
// problems of a policy, these.
type Failure struct {
	Kind     fault.Kind
	Problems rego.Problems
	Text     string
}

func (a *Answer[T]) set(value T, err error) error {
	a.Value = value
	if err == nil {
		return nil
	}
	a.Failure = &Failure{Kind: fault.KindOf(err), Text: err.Error()}
	errors.As(err, &a.Failure.Problems)
	return nil
}

func (a *Answer[T]) get() (T, error) {
	f := a.Failure
	if f == nil {
		return a.Value, nil
	}
	var err error = errors.New(f.Text)
	if len(f.Problems) > 0 {
		err = f.Problems
	}
	if f.Kind > fault.Usage { // Others may still get one.
		err = fault.As(f.Kind, err)
	}
	return a.Value, err
}

// Within is the time that a call has; 0 is no limit.
type Within time.Duration

func within(ctx context.Context) Within {
	if deadline, ok := ctx.Deadline(); ok {
		return Within(max(time.Until(deadline), 1))
	}
	return 0
}

func (w Within) context() (context.Context, context.CancelFunc) {
	if w == 0 {
		return context.WithCancel(context.Background())
	}
	return context.WithTimeout(context.Background(), time.Duration(w))
}

// server is the other end of a [Process]. Its exported methods are those of
// net/rpc.
type server struct {
	mu       sync.Mutex
	policies []policy
	programs []rego.Program
	suites   []*author.Suite
}

// Confine bounds the memory that policy takes here, in bytes.
func (*server) Confine(limit int64, a *Answer[bool]) error { return a.set(true, limitMemory(limit)) }

// Bundle opens a bundle.
func (*server) Bundle(r Ref, a *Answer[Bundle]) error {
	b, err := Local{}.Bundle(context.Background(), r)
	return a.set(b, err)
}

// Work is what policies are compiled of, what for, and how long that may take.
type Work struct {
	Refs   []Ref
	Mode   rego.Mode
	Plans  Plans
	Within Within
}

// Compiled is a policy that was compiled.
type Compiled struct {
	Index     int
	Catalogue rego.Catalogue
}

// Compile compiles policies.
func (s *server) Compile(w Work, a *Answer[Compiled]) error {
	ctx, cancel := w.Within.context()
	defer cancel()
	framework, err := rego.Framework()
	if err != nil {
		return a.set(Compiled{}, err)
	}
	p, err := w.Plans.compile(ctx, framework, w.Refs, w.Mode)
	if err != nil {
		return a.set(Compiled{}, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.policies = append(s.policies, p)
	return a.set(Compiled{len(s.policies) - 1, p.Catalogue()}, nil)
}

// Terms are a query of a policy.
type Terms struct {
	Policy int
	Terms  []string
	Within Within
}

// Prepared is a program that was prepared.
type Prepared struct {
	Index int
	Mode  rego.Mode
}

// Prepare prepares a program.
func (s *server) Prepare(t Terms, a *Answer[Prepared]) error {
	ctx, cancel := t.Within.context()
	defer cancel()
	p, err := s.policies[t.Policy].Prepare(ctx, t.Terms)
	if err != nil {
		return a.set(Prepared{}, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.programs = append(s.programs, p)
	return a.set(Prepared{len(s.programs) - 1, p.Mode()}, nil)
}

// Input is what a program evaluates.
type Input struct {
	Program int
	Value   []byte
	// Terms are evaluated of a program where Some is set, else all of them.
	Some   bool
	Terms  []int
	Within Within
}

// Eval evaluates an input.
func (s *server) Eval(in Input, a *Answer[[]byte]) error {
	ctx, cancel := in.Within.context()
	defer cancel()
	input, err := value.Decode(in.Value)
	if err != nil {
		return a.set(nil, err)
	}
	array, err := eval(ctx, s.program(in), input, in)
	if err != nil {
		return a.set(nil, err)
	}
	out, err := value.Encode(array)
	return a.set(out, err)
}

func eval(ctx context.Context, p rego.Program, input *value.Value, in Input) (*value.Value, error) {
	if !in.Some {
		return p.Eval(ctx, input)
	}
	some, ok := p.(rego.Selective)
	if !ok {
		return nil, errors.New("evaluation: the terms cannot be asked for alone")
	}
	return some.EvalSome(ctx, input, in.Terms)
}

// Reads returns what the terms of a program read.
func (s *server) Reads(in Input, a *Answer[[][]string]) error {
	ctx, cancel := in.Within.context()
	defer cancel()
	p, ok := s.program(in).(rego.Selective)
	if !ok {
		return a.set(nil, nil)
	}
	return a.set(p.Reads(ctx), nil)
}

func (s *server) program(in Input) rego.Program {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.programs[in.Program]
}

// RuleOf is a rule of a policy or of a suite.
type RuleOf struct {
	Index  int
	Rule   string
	Within Within
}

// Pair is two JSON values, null where there is none.
type Pair struct{ Bad, Good []byte }

func newPair(bad, good any, err error) (p Pair, _ error) {
	var errBad, errGood error
	p.Bad, errBad = json.Marshal(bad)
	p.Good, errGood = json.Marshal(good)
	return p, errors.Join(err, errBad, errGood)
}

func (p Pair) values() (bad, good any, err error) {
	err = errors.Join(json.Unmarshal(p.Bad, &bad), json.Unmarshal(p.Good, &good))
	return bad, good, err
}

// Examples evaluates the examples of a rule.
func (s *server) Examples(r RuleOf, a *Answer[Pair]) error {
	ctx, cancel := r.Within.context()
	defer cancel()
	pair, err := newPair(s.policies[r.Index].Examples(ctx, r.Rule))
	return a.set(pair, err)
}
