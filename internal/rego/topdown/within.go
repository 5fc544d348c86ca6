package topdown

import (
	"context"
	"errors"
	"fmt"
)

// Within runs do until ctx ends. Task says what has not happened when it is late.
//
// OPA stops between two steps only, and a whole compilation is one step, as is a
// call of a builtin or the comparison of two values, however large. So what is
// untrusted and has a time limit runs in a goroutine, which is left behind when it
// is late and ends with its step or with the process. Others do not: a new stack
// costs a fifth of the time of an evaluation.
//
// A panic is an error: a builtin may have one, and nobody could recover from that
// of a goroutine.
func Within[T any](ctx context.Context, task string, untrusted bool, do func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	results := make(chan result, 1)
	run := func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r.err = fmt.Errorf("%s: panic: %v", task, p)
			}
			results <- r
		}()
		r.value, r.err = do()
	}
	var none T
	switch _, limited := ctx.Deadline(); {
	case ctx.Err() != nil:
		return none, stopped(task, ctx.Err())
	case untrusted && limited:
		go run()
	default:
		run()
	}
	select {
	case r := <-results:
		if ctx.Err() == nil {
			return r.value, r.err
		}
	case <-ctx.Done():
	}
	return none, stopped(task, ctx.Err())
}

func stopped(task string, err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%s within the time limit: %w", task, err)
	}
	return fmt.Errorf("%s: %w", task, err)
}
