package rego

import (
	"errors"
	"fmt"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/internal/rego/value"
)

// elements returns what is in a list.
func elements(v *value.Value) ([]*value.Value, error) {
	if v.Kind() != value.Array {
		return nil, fmt.Errorf("expected a list, got %s", shown(v))
	}
	if v.Len() > maxItems {
		return nil, fmt.Errorf("expected at most %d items, got %d", maxItems, v.Len())
	}
	return v.Items(), nil
}

func str(v *value.Value) (string, error) {
	s, ok := v.Text()
	if !ok {
		return "", fmt.Errorf("expected a text, got %s", shown(v))
	}
	return s, nil
}

// label reads a text that is kept whole.
func label(v *value.Value) (string, error) {
	s, err := str(v)
	if len(s) > maxText {
		err = fmt.Errorf("expected at most %d bytes, got %d", maxText, len(s))
	}
	return s, err
}

func texts(v *value.Value) ([]string, error) {
	items, err := elements(v)
	out := make([]string, 0, len(items))
	for _, item := range items {
		s, err := label(item)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, err
}

func severity(v *value.Value) (maestro.Severity, error) {
	s, err := str(v)
	if err == nil && !maestro.Severity(s).Valid() {
		err = fmt.Errorf("unknown severity %q", s)
	}
	return maestro.Severity(s), err
}

// said writes an error of an evaluation in one line that is not too long: a policy
// writes much of its text.
func said(err error) error {
	if err == nil {
		return nil
	}
	if line := document.OneLine(parse.Cut(err.Error(), maxText)); line != err.Error() {
		return errors.New(line)
	}
	return err
}

// shown writes a value into an error. Few steps of a policy make one that would
// take years to write: lists of the same list twice, and so on.
func shown(v *value.Value) string {
	if v.Exceeds(maxItems) {
		return "a large " + v.Kind().String()
	}
	return v.AST().String()
}
