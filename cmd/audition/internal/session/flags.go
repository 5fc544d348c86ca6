package session

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/audition-dev/audition/internal/suggest"
	"github.com/spf13/pflag"
)

// OneOf is a flag whose value is one of a few words.
type OneOf struct {
	Value   string
	Allowed []string
}

// Choose is a flag of words, of which the first is the default.
func Choose(words ...string) OneOf { return OneOf{words[0], words} }

var _ pflag.Value = (*OneOf)(nil)

func (o *OneOf) String() string { return o.Value }
func (o *OneOf) Type() string   { return "string" }

// Words are what a shell may offer.
func (o *OneOf) Words() []string { return o.Allowed }

// Set takes one of the words.
func (o *OneOf) Set(s string) error {
	if !slices.Contains(o.Allowed, s) {
		return fmt.Errorf("unknown value %q%s", s, suggest.DidYouMean(s, o.Allowed))
	}
	o.Value = s
	return nil
}

// Limit is a flag for a time limit; 0 is none.
type Limit time.Duration

var _ pflag.Value = (*Limit)(nil)

func (l *Limit) String() string { return time.Duration(*l).String() }
func (l *Limit) Type() string   { return "duration" }

// Set takes a duration that is not negative.
func (l *Limit) Set(s string) error {
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return fmt.Errorf("expected a time such as 10s, or 0 for no limit")
	}
	*l = Limit(d)
	return nil
}

// Bound is a context that ends with the limit.
func (l Limit) Bound(ctx context.Context) (context.Context, context.CancelFunc) {
	if l == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, time.Duration(l))
}

// Mebibytes is a flag for an amount of memory.
type Mebibytes int

// EnoughMemory is the usual limit.
const EnoughMemory Mebibytes = 1024

var _ pflag.Value = (*Mebibytes)(nil)

func (m *Mebibytes) String() string { return strconv.Itoa(int(*m)) }
func (m *Mebibytes) Type() string   { return "MiB" }

// Set takes a number of MiB within reason.
func (m *Mebibytes) Set(s string) error {
	const least, most = 64, 1 << 20
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		return fmt.Errorf("expected a number of MiB from %d to %d", least, most)
	}
	*m = Mebibytes(n)
	return nil
}
