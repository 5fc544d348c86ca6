//go:build unix

package compare

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/value"
	"github.com/audition-dev/audition/internal/verdict"
)

// raw are the findings of an agent as the rules write them, as JSON by package.
type raw map[string][]string

// peerFinding is a finding that a peer prints.
type peerFinding struct {
	Msg      string
	Finding  any
	Metadata struct{ Finding any } // where conftest keeps what is not msg
}

// peerFindings reads what a peer prints about agents.
func peerFindings(out []byte) (map[string]raw, error) {
	type about struct {
		Filename, Path   string
		Failures, Result []peerFinding
	}
	var all []about
	err := json.Unmarshal(out, &all)
	if bytes.HasPrefix(out, []byte("{")) {
		var exec struct{ Result []about }
		err = json.Unmarshal(out, &exec)
		all = exec.Result
	}
	found := map[string]raw{}
	for _, a := range all {
		r := raw{}
		for _, f := range append(a.Failures, a.Result...) {
			if f.Finding == nil {
				f.Finding = f.Metadata.Finding
			}
			text, err := json.Marshal(f.Finding)
			if err != nil {
				return nil, err
			}
			r[f.Msg] = append(r[f.Msg], string(text))
		}
		for _, texts := range r {
			slices.Sort(texts)
		}
		found[strings.TrimSuffix(filepath.Base(a.Filename+a.Path), ".json")] = r
	}
	return found, err
}

// replay evaluates rules by what a peer found. Of gates it knows nothing.
type replay struct {
	terms []string
	raw   raw
}

func (r *replay) Prepare(_ context.Context, terms []string) (rego.Program, error) {
	if r.terms == nil { // the rules come first
		r.terms = terms
	}
	return r, nil
}

func (r *replay) Examples(context.Context, string) (bad, good any, err error) { return nil, nil, nil }

func (r *replay) Mode() rego.Mode { return rego.Topdown }

func (r *replay) Eval(context.Context, *value.Value) (*value.Value, error) {
	out := ast.NewArray()
	for _, term := range r.terms {
		set := ast.NewSet()
		for _, text := range r.raw[strings.TrimSuffix(strings.TrimPrefix(term, "data."), ".findings")] {
			v, err := ast.ValueFromReader(strings.NewReader(text))
			if err != nil {
				return nil, err
			}
			set.Add(ast.NewTerm(v))
		}
		out = out.Append(ast.NewTerm(set))
	}
	return new(value.Arena).FromAST(out)
}

// joined are the findings of agents, a line each, that a policy makes of what a peer
// found.
func joined(p *policy, profiles []string, found map[string]raw) (map[string][]string, error) {
	f, err := rego.Framework()
	if err != nil {
		return nil, err
	}
	r := &replay{}
	engine, err := rego.NewEngine(context.Background(), p.compiled.Catalogue(), r)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for _, path := range profiles {
		one, err := load(path)
		if err != nil {
			return nil, err
		}
		s, err := rego.NewSubject(one, facts.Derive(one, f))
		if err != nil {
			return nil, err
		}
		name, ok := one.Metadata.Name, false
		if r.raw, ok = found[name]; !ok {
			return nil, fmt.Errorf("%s: nothing is said of it", name)
		}
		findings, err := engine.Findings(context.Background(), s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out[name] = []string{}
		for _, f := range findings {
			out[name] = append(out[name], line(f.Rule.ID, f.Term, string(f.Status), slices.Concat(f.Facts, f.Controls)))
		}
		slices.Sort(out[name])
	}
	return out, nil
}

func load(path string) (*profile.Profile, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	all, err := profile.Load(filepath.Base(path), data)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

func line(rule, term, status string, facts []string) string {
	slices.Sort(facts)
	return fmt.Sprintf("%s %q %s %s", rule, term, status, strings.Join(slices.Compact(facts), " "))
}

// judged are the findings of agents, a line each, that the program prints as NDJSON,
// and how often it decided what.
func judged(c *command) (found map[string][]string, decisions map[verdict.Decision]int, err error) {
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Dir = c.dir
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, nil, err
	}
	found, decisions = map[string][]string{}, map[verdict.Decision]int{}
	for in := json.NewDecoder(out); ; {
		var v verdict.Verdict
		if err = in.Decode(&v); err != nil {
			break
		}
		if v.Kind != verdict.Kind {
			continue // undecided, which is the exit code too
		}
		lines := []string{}
		for _, f := range v.Findings {
			var facts []string
			for _, fact := range f.Facts {
				facts = append(facts, fact.Pointer)
			}
			lines = append(lines, line(f.Rule, f.Term, string(f.Status), facts))
		}
		slices.Sort(lines)
		found[v.Subject.Name] = lines
		decisions[v.Decision]++
	}
	if _, rest := io.Copy(io.Discard, out); err == io.EOF {
		err = rest
	}
	if wait := cmd.Wait(); wait != nil {
		return nil, nil, fmt.Errorf("%w: %s", wait, firstLine(said.String()))
	}
	return found, decisions, err
}
