// Package fault gives an error the kind that decides what a program does about it.
// It is set where an error arises; what wraps it keeps it.
package fault

import "errors"

// Kind is what an error is about.
type Kind int

// The kinds, from the mildest.
const (
	// None is that of no error.
	None Kind = iota
	// Usage is wrong arguments or a wrong configuration, and what every error is that
	// says nothing else.
	Usage
	// Empty is that there was nothing to do.
	Empty
	// Open is that something could not be decided: it could not be read, compiled,
	// verified or evaluated.
	Open
)

// Kinded is an error that knows its kind.
type Kinded interface {
	error
	Kind() Kind
}

type fault struct {
	error
	kind Kind
}

func (f *fault) Unwrap() error { return f.error }
func (f *fault) Kind() Kind    { return f.kind }

// As gives an error a kind and leaves its text alone. An error that has one already
// keeps it; nil stays nil.
func As(kind Kind, err error) error {
	if k := Kinded(nil); err == nil || errors.As(err, &k) {
		return err
	}
	return &fault{err, kind}
}

// Undecided is As(Open, err).
func Undecided(err error) error { return As(Open, err) }

// Nothing is As(Empty, err).
func Nothing(err error) error { return As(Empty, err) }

// KindOf returns the kind of an error: that of the outermost error in it that has
// one, and of errors that are joined the gravest.
func KindOf(err error) Kind {
	switch e := err.(type) {
	case nil:
		return None
	case Kinded:
		return e.Kind()
	case interface{ Unwrap() []error }:
		worst := Usage
		for _, one := range e.Unwrap() {
			worst = max(worst, KindOf(one))
		}
		return worst
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			return KindOf(inner)
		}
	}
	return Usage
}
