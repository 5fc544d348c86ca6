package declare

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/verdict"
)

// TestAsk has a person press keys.
func TestAsk(t *testing.T) {
	v := &verdict.Verdict{Questions: []verdict.Question{{Fact: "/execution/runs_code", Answers: []verdict.Answer{{Value: true, Decision: verdict.Reject, Low: 40, High: 100}}}}}
	for _, c := range []struct {
		name, fact, keys string
		value            any
		err              error
		said             string
	}{
		{"yes", "/execution/runs_code", "y", true, nil, "y  yes → reject, 4.0–10.0"},
		{"another key first", "/execution/runs_code", "xo7n", false, nil, "> no"},
		{"optional", "/oversight/stop", "o", "optional", nil, "o  optional"},
		{"by number", "/oversight/approval", "3", "never", nil, "3  never"},
		{"words", "/data/classes", "pii, financial\r", []any{"pii", "financial"}, nil, "a list of public,"},
		{"text, mended", "/model/name", "clx\x7faude\r", "claude", nil, "a text"},
		{"nothing of what is a list of things", "/tools", "n", []any{}, nil, "n  none"},
		{"passed", "/oversight/stop", "s", nil, errPass, ""},
		{"passed, a text", "/model/name", "\r", nil, errPass, "Enter alone skips"},
		{"enough", "/oversight/stop", "q", nil, errEnough, ""},
		{"Ctrl-C", "/oversight/stop", "\x03", nil, io.EOF, ""},
		{"Ctrl-C in a text", "/model/name", "cl\x03", nil, io.EOF, ""},
		{"gone", "/oversight/stop", "", nil, io.EOF, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			value, err := newPerson(strings.NewReader(c.keys), &out).ask(v, c.fact, 1)
			if !errors.Is(err, c.err) || c.err == nil && !reflect.DeepEqual(value, c.value) {
				t.Errorf("got %v, %v, want %v, %v", value, err, c.value, c.err)
			}
			if !strings.Contains(out.String(), c.said) {
				t.Errorf("%q is not in:\n%s", c.said, out.String())
			}
		})
	}
}

// TestTypedAhead leaves what follows an answer to the next question.
func TestTypedAhead(t *testing.T) {
	p := newPerson(strings.NewReader("claude\ry2"), io.Discard)
	for i, fact := range []string{"/model/name", "/execution/runs_code", "/oversight/approval"} {
		want := []any{"claude", true, "risky"}[i]
		if got, err := p.ask(&verdict.Verdict{}, fact, 1); got != want || err != nil {
			t.Errorf("%s: got %v, %v, want %v", fact, got, err, want)
		}
	}
}
