package verdict

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
)

func TestUndecidedBy(t *testing.T) {
	at := func(line int, pointer string) *document.Error {
		return &document.Error{Source: "a.yaml", Position: document.Position{Line: line, Column: 3}, Pointer: pointer, Message: "unknown field"}
	}
	for _, c := range []struct {
		err  error
		want []Undecided
	}{
		{errors.New("a.yaml: permission denied"), []Undecided{{"a.yaml", 0, 0, "permission denied"}}},
		{errors.New("evaluation:\nstopped"), []Undecided{{"a.yaml", 0, 0, `evaluation:\nstopped`}}},
		{fmt.Errorf("wrapped: %w", at(4, "/tools/0/x")), []Undecided{{"a.yaml", 4, 3, "tools[0].x: unknown field"}}},
		{document.Errors{at(4, "/x"), at(9, "")}, []Undecided{{"a.yaml", 4, 3, "x: unknown field"}, {"a.yaml", 9, 3, "unknown field"}}},
	} {
		if got := UndecidedBy("a.yaml", c.err); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: got %+v", c.err, got)
		}
	}
}

func TestUndecidedIsReadAgain(t *testing.T) {
	for text, want := range map[string]string{
		`{"apiVersion":"audition/v1","kind":"Undecided","source":"a.yaml","line":4,"column":3,"message":"m"}`:       "[{a.yaml 4 3 m}]",
		`{"kind":"VerdictList","items":[],"undecided":[{"source":"a","message":"m"},{"source":"b","message":"n"}]}`: "[{a 0 0 m} {b 0 0 n}]",
	} {
		r, err := ReadRecord("r", []byte(text))
		if err != nil || fmt.Sprint(r.Undecided) != want || len(r.Verdicts) > 0 {
			t.Errorf("%s: got %+v, %v", text, r, err)
		}
		if _, err := Read("r", []byte(text)); err == nil || !strings.HasPrefix(err.Error(), "r: expected verdicts only, got an input that could not be judged: a") {
			t.Errorf("taken for all there is: %v", err)
		}
	}
	for _, text := range []string{
		`{"kind":"VerdictList","items":[],"undecided":[1]}`, `{"kind":"Undecided","source":"a"}`, `{"kind":"Undecided","source":"a","message":"m","line":-1}`,
		`{"kind":"Undecided","source":"a","message":"m","line":"4"}`,
	} {
		if _, err := ReadRecord("r", []byte(text)); err == nil || !strings.Contains(err.Error(), "expected a source, a message") {
			t.Errorf("%s: got %v", text, err)
		}
	}
	if _, err := ReadRecord("r", []byte(`{"kind":"VerdictList","items":[]}`)); err == nil {
		t.Error("an empty list is read")
	}
}
