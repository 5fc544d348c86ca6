package profile

import (
	"bytes"
	"errors"
	"regexp"

	"github.com/audition-dev/audition/internal/document"
)

// harmless are messages that quote nothing of a document.
var harmless = regexp.MustCompile(`^expected (apiVersion\b|an object with |at most |a document, |UTF-8 text)`)

// discreet makes an error quote nothing of what does not say that it is ours: a
// link in a judged tree may lead to a secret, and errors end up in comments that
// anybody reads.
func discreet(data []byte, err error) error {
	if err == nil || bytes.Contains(data, []byte("audition/")) {
		return err
	}
	var e *document.Error
	var all document.Errors
	if errors.As(err, &all) && len(all) > 0 {
		e = all[0]
	} else if !errors.As(err, &e) {
		return err
	}
	if e.Pointer == "" && harmless.MatchString(e.Message) {
		return e
	}
	return &document.Error{Source: e.Source, Position: e.Position, Message: "expected an agent profile, with apiVersion: audition/v1"}
}
