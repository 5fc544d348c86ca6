package compiled_test

import (
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/rego/value"
)

// FuzzPolicies writes policies and inputs as bytes choose: both evaluators have the
// same values.
func FuzzPolicies(f *testing.F) {
	for i := range 200 {
		seed := make([]byte, 400)
		for j := range seed {
			seed[j] = byte((i*7919 + j*j*31 + j*i) >> 2)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		w := policyWriter{choices: choices}
		policies, in := w.policies(), w.json(3)
		b, err := prepare(policies, map[string]any{"base": w.json(3)}, false, "[data.p, data.q]")
		if err != nil {
			return // It is no policy, or a recursive one.
		}
		if b.refused != nil {
			if strings.Contains(b.refused.Error(), ": builtin ") {
				t.Errorf("%v\n%s", b.refused, policies)
			}
			return // OPA does not plan it.
		}
		input, err := value.From(in)
		if err != nil {
			t.Fatal(err)
		}
		_, err = b.agree(input)
		if err != nil && !strings.Contains(err.Error(), "that requires evaluation") { // which is a bug of the interpreter
			t.Errorf("%v\n%s\ninput %s", err, policies, input.AST())
		}
	})
}
