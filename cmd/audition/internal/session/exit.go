package session

import (
	"errors"

	"github.com/audition-dev/audition/internal/fault"
)

// Version is the version of this program.
const Version = "0.1.0"

// The exit codes. They do not depend on the output format. Over many inputs the
// first of 3, 5, 1, 4, 0 that occurs is the code.
const (
	ExitApprove   = 0 // every agent is approved
	ExitReject    = 1 // an agent is rejected
	ExitUsage     = 2 // usage or configuration
	ExitUndecided = 3 // an agent could not be decided: parse, compile, evaluation, time limit
	ExitReview    = 4 // an agent needs a review
	ExitNothing   = 5 // nothing was evaluated
)

// Failed is a command that has said everything and found the code to exit with.
type Failed int

func (Failed) Error() string { return "" }

// CodeOf is the exit code of an error.
func CodeOf(err error) int {
	var f Failed
	if errors.As(err, &f) {
		return int(f)
	}
	switch fault.KindOf(err) {
	case fault.Open:
		return ExitUndecided
	case fault.Empty:
		return ExitNothing
	}
	return ExitUsage
}
