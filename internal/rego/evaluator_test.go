package rego

import (
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/audition-dev/audition/internal/rego/value"
)

// elsewhere evaluates a policy that is not in the process of the engine: nothing
// but terms, inputs and values goes to and fro.
type elsewhere struct{ policy *Policy }

func (e elsewhere) Prepare(ctx context.Context, terms []string) (Program, error) {
	p, err := e.policy.Prepare(ctx, terms)
	return remote{p}, err
}

func (e elsewhere) Examples(ctx context.Context, rule string) (any, any, error) {
	return e.policy.Examples(ctx, rule)
}

type remote struct{ program Program }

func (r remote) Mode() Mode { return r.program.Mode() }

func (r remote) Eval(ctx context.Context, input *value.Value) (*value.Value, error) {
	there, err := sent(input)
	if err != nil {
		return nil, err
	}
	array, err := r.program.Eval(ctx, there)
	if err != nil {
		return nil, err
	}
	return sent(array)
}

func sent(v *value.Value) (*value.Value, error) {
	data, err := value.Encode(v)
	if err != nil {
		return nil, err
	}
	return value.Decode(data)
}

// TestAnotherEvaluator: an engine of a catalogue that was written down and of an
// evaluator elsewhere judges and explains as one of sources does.
func TestAnotherEvaluator(t *testing.T) {
	ctx := context.Background()
	p, err := Compile(ctx, framework(t), Builtin())
	if err != nil {
		t.Fatal(err)
	}
	here, err := NewEngine(ctx, p.Catalogue(), p)
	if err != nil {
		t.Fatal(err)
	}
	s, in := subject(t, example(t)), given(9.5, 10)
	want, err := here.Findings(ctx, s)
	if err != nil || len(want) == 0 {
		t.Fatalf("%d findings, %v", len(want), err)
	}
	wantReasons, err := here.Gate(ctx, s, in)
	if err != nil || len(wantReasons) == 0 {
		t.Fatalf("%d reasons, %v", len(wantReasons), err)
	}
	for name, sent := range map[string]func(from, to any) error{
		"gob": func(from, to any) error {
			var b bytes.Buffer
			if err := gob.NewEncoder(&b).Encode(from); err != nil {
				return err
			}
			return gob.NewDecoder(&b).Decode(to)
		},
		"JSON": func(from, to any) error {
			data, err := json.Marshal(from)
			if err != nil {
				return err
			}
			return json.Unmarshal(data, to)
		},
	} {
		var c Catalogue
		if err := sent(p.Catalogue(), &c); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(c, p.Catalogue()) {
			t.Errorf("%s: the catalogue is not what it was", name)
		}
		e, err := NewEngine(ctx, c, elsewhere{p})
		if err != nil {
			t.Fatal(err)
		}
		got, err := e.Findings(ctx, s)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: findings %+v, %v, want %+v", name, got, err, want)
		}
		reasons, err := e.Gate(ctx, s, in)
		if err != nil || !reflect.DeepEqual(reasons, wantReasons) {
			t.Errorf("%s: reasons %+v, %v, want %+v", name, reasons, err, wantReasons)
		}
		off, err := e.Without(ctx, []string{want[0].Rule.ID})
		if err != nil {
			t.Fatal(err)
		}
		if fewer, err := off.Findings(ctx, s); err != nil || len(fewer) >= len(want) {
			t.Errorf("%s: %d findings without %s, %v", name, len(fewer), want[0].Rule.ID, err)
		}
	}
}
