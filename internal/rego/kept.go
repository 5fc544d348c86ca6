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
	Untrusted bool
	Data      []byte
	Catalogue Catalogue
}

// Keep writes down a policy, and of what it was made: what it says of itself and its
// data, in a line, and the plan of all its rules and gates. One that cannot be planned is
// an error.
func Keep(ctx context.Context, p *Policy, of string) ([]byte, error) {
	return topdown.Within(ctx, "policy: not compiled", p.compiled.Untrusted, func() ([]byte, error) {
		data, err := value.Encode(p.data)
		if err != nil {
			return nil, err
		}
		head, err := json.Marshal(kept{of, OPAVersion(), p.compiled.Untrusted, data, p.catalogue})
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
	})
}

// Kept is a policy as [Keep] wrote it down. It is evaluated by its plan, and by the policy
// that it was made of where that is not enough.
type Kept struct {
	kept
	plan   *compiled.Plan
	data   *value.Value
	policy func() (*Policy, error)
}

// Unkeep reads what Keep wrote, if that is of the same and by this program.
func Unkeep(data []byte, of string, policy func() (*Policy, error)) (*Kept, bool) {
	head, body, _ := bytes.Cut(data, []byte("\n"))
	k := &Kept{policy: policy}
	if json.Unmarshal(head, &k.kept) != nil || k.Of != of || k.OPA != OPAVersion() {
		return nil, false
	}
	var errs [2]error
	k.data, errs[0] = value.Decode(k.Data)
	k.plan, errs[1] = compiled.DecodePlan(body)
	return k, errs == [2]error{}
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
	of, err := builtinDigest()
	if err != nil {
		return nil, err
	}
	if k, ok := Unkeep(builtinPlan, of, policy); ok {
		return NewEngine(ctx, k.Catalogue(), k)
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

// Catalogue returns what the policy says of itself.
func (k *Kept) Catalogue() Catalogue { return k.kept.Catalogue }

// Prepare makes a program of terms.
func (k *Kept) Prepare(ctx context.Context, terms []string) (Program, error) {
	fast, err := topdown.Within(ctx, "policy: not compiled", k.Untrusted, func() (*compiled.Program, error) {
		return k.plan.Program(k.data, terms)
	})
	if err != nil {
		p, err := k.policy()
		if err != nil {
			return nil, err
		}
		return p.Prepare(ctx, terms)
	}
	return &program{terms: terms, mode: Compiled, untrusted: k.Untrusted, fast: fast, prepare: func(ctx context.Context) (*topdown.Program, error) {
		p, err := k.policy()
		if err != nil {
			return nil, err
		}
		return p.compiled.Prepare(ctx, terms)
	}}, nil
}

// Examples returns the inputs bad and good of the test beside a rule, as JSON values.
func (k *Kept) Examples(ctx context.Context, rule string) (bad, good any, err error) {
	p, err := k.policy()
	if err != nil {
		return nil, nil, err
	}
	return p.Examples(ctx, rule)
}
