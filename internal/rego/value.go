package rego

import (
	"errors"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego/parse"
)

func each(t *ast.Term, do func(*ast.Term) error) error {
	list, ok := t.Value.(*ast.Array)
	if !ok {
		return fmt.Errorf("expected a list, got %s", shown(t))
	}
	if list.Len() > maxItems {
		return fmt.Errorf("expected at most %d items, got %d", maxItems, list.Len())
	}
	return list.Iter(do)
}

func str(t *ast.Term) (string, error) {
	s, ok := t.Value.(ast.String)
	if !ok {
		return "", fmt.Errorf("expected a text, got %s", shown(t))
	}
	return string(s), nil
}

// label reads a text that is kept whole.
func label(t *ast.Term) (string, error) {
	s, err := str(t)
	if len(s) > maxText {
		err = fmt.Errorf("expected at most %d bytes, got %d", maxText, len(s))
	}
	return s, err
}

func texts(t *ast.Term) (out []string, err error) {
	err = each(t, func(item *ast.Term) error {
		s, err := label(item)
		out = append(out, s)
		return err
	})
	return out, err
}

func severity(t *ast.Term) (maestro.Severity, error) {
	s, err := str(t)
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
func shown(t *ast.Term) string {
	terms := 0
	ast.WalkTerms(t, func(*ast.Term) bool { terms++; return terms > maxItems })
	if terms > maxItems {
		return "a large " + ast.ValueName(t.Value)
	}
	return t.String()
}
