package format

import (
	"github.com/audition-dev/audition/internal/verdict"
)

// held is a format that has to know everything before it can print the first line.
type held struct {
	verdict.Record
	print func(verdict.Record) error
}

func (h *held) Write(v *verdict.Verdict) error {
	h.Verdicts = append(h.Verdicts, v)
	return nil
}

func (h *held) Undecided(u verdict.Undecided) error {
	h.Record.Undecided = append(h.Record.Undecided, u)
	return nil
}

func (h *held) Close() error { return h.print(h.Record) }

// neighbours hands verdicts on, each when the next one has come: only then is it
// known whether a profile is alone in its file. Those of one file come together.
type neighbours struct {
	last   *verdict.Verdict
	shared bool // with one before it
	print  func(v *verdict.Verdict, alone bool) error
}

// next hands on the one before v, which is nil at the end.
func (n *neighbours) next(v *verdict.Verdict) error {
	last, shared := n.last, n.shared
	n.last, n.shared = v, v != nil && last != nil && v.Subject.Source == last.Subject.Source
	if last == nil {
		return nil
	}
	return n.print(last, !shared && !n.shared)
}

// undecided is what could not be judged as a document of its own.
type undecided struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	verdict.Undecided
}

func undecidedOf(u verdict.Undecided) undecided {
	return undecided{verdict.APIVersion, verdict.UndecidedKind, u}
}
