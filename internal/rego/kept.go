package rego

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed" // for what is kept
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"sync"

	"github.com/audition-dev/audition/internal/rego/compiled"
	"github.com/audition-dev/audition/internal/rego/topdown"
	"github.com/audition-dev/audition/internal/rego/value"
	"github.com/audition-dev/audition/policies"
)

// builtinPlan is the builtin policy as it was planned. A test writes it.
//
//go:embed builtin.plan
var builtinPlan []byte

// kept is what is kept of a policy beside its plan.
type kept struct {
	// Of is what it was planned of, and OPA by which version.
	Of, OPA   string
	Catalogue Catalogue
}

// keep writes down what a policy says of itself, in a line, and the plan of all its
// rules and gates.
func keep(ctx context.Context, p *Policy) ([]byte, error) {
	of, err := builtinDigest()
	if err != nil {
		return nil, err
	}
	head, err := json.Marshal(kept{of, OPAVersion(), p.catalogue})
	if err != nil {
		return nil, err
	}
	var terms []string
	for _, r := range p.catalogue.Rules {
		terms = append(terms, r.Term())
	}
	for _, g := range p.catalogue.Gates {
		terms = append(terms, g.Terms()...)
	}
	plan, err := compiled.NewPlan(ctx, p.compiled.Compiler, terms)
	if err != nil {
		return nil, err
	}
	body, err := plan.Encode()
	return append(append(head, '\n'), body...), err
}

// unkeep reads what keep wrote, if that is of the policies of this program.
func unkeep(data []byte) (c Catalogue, plan *compiled.Plan, ok bool) {
	head, body, _ := bytes.Cut(data, []byte("\n"))
	var k kept
	of, err := builtinDigest()
	if err != nil || json.Unmarshal(head, &k) != nil || k.Of != of || k.OPA != OPAVersion() {
		return c, nil, false
	}
	plan, err = compiled.DecodePlan(body)
	return k.Catalogue, plan, err == nil
}

// builtinDigest is the SHA-256 of all that the builtin policy is made of.
func builtinDigest() (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(policies.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(policies.FS, name)
		sum.Write([]byte(name + "\n"))
		sum.Write(data)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}

// LoadBuiltin makes an engine of the builtin policy alone. It reads no Rego where
// what is kept is of this policy.
func LoadBuiltin(ctx context.Context) (*Engine, error) {
	policy := sync.OnceValues(compileBuiltin)
	if c, plan, ok := unkeep(builtinPlan); ok {
		return NewEngine(ctx, c, &planned{plan, policy})
	}
	p, err := policy()
	if err != nil {
		return nil, err
	}
	return NewEngine(ctx, p.Catalogue(), p)
}

func compileBuiltin() (*Policy, error) {
	framework, err := Framework()
	if err != nil {
		return nil, err
	}
	return Compile(context.Background(), framework, Builtin())
}

// planned evaluates a plan, and the policy that it was made of where that is not
// enough.
type planned struct {
	plan   *compiled.Plan
	policy func() (*Policy, error)
}

// Prepare makes a program of terms.
func (e *planned) Prepare(ctx context.Context, terms []string) (Program, error) {
	fast, err := e.plan.Program(noData, terms)
	if err != nil {
		p, err := e.policy()
		if err != nil {
			return nil, err
		}
		return p.Prepare(ctx, terms)
	}
	return &program{terms: terms, mode: Compiled, fast: fast, prepare: func(ctx context.Context) (*topdown.Program, error) {
		p, err := e.policy()
		if err != nil {
			return nil, err
		}
		return p.compiled.Prepare(ctx, terms)
	}}, nil
}

// noData are the data of the builtin policy.
var noData = new(value.Arena).Object(0)

// Examples returns the inputs bad and good of the test beside a rule, as JSON values.
func (e *planned) Examples(ctx context.Context, rule string) (bad, good any, err error) {
	p, err := e.policy()
	if err != nil {
		return nil, nil, err
	}
	return p.Examples(ctx, rule)
}
