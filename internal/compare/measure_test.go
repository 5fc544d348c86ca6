//go:build unix

package compare

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// usage is what a run of a program took.
type usage struct {
	CPU, Wall time.Duration // CPU of the user and of the system
	Peak      int64         // bytes of memory that were resident
	Code      int           // it ended with, -1 for a run that was ended
	Said      string        // first line of standard error
}

// command is a program that is run several times, in a directory.
type command struct {
	dir   string
	args  []string
	codes []int // that it may end with
	runs  []usage
	err   error // why it is not measured
}

// measure runs each of the commands once a round, so that all of them have their
// share of what else the machine does.
func measure(rounds int, limit time.Duration, commands ...*command) {
	for range rounds {
		for _, c := range commands {
			if c.err != nil {
				continue
			}
			u, err := launched(launch{c.dir, c.args, limit})
			switch {
			case err != nil:
				c.err = err
			case u.Code < 0:
				c.err = fmt.Errorf("ended after %v", limit)
			case !slices.Contains(c.codes, u.Code):
				c.err = fmt.Errorf("exit code %d: %s", u.Code, u.Said)
			}
			c.runs = append(c.runs, u)
		}
	}
}

// median of what the runs took, by each measure alone.
func (c *command) median() usage {
	return usage{
		CPU:  middle(c.runs, func(u usage) time.Duration { return u.CPU }),
		Wall: middle(c.runs, func(u usage) time.Duration { return u.Wall }),
		Peak: middle(c.runs, func(u usage) int64 { return u.Peak }),
	}
}

func middle[S any, T cmp.Ordered](of []S, what func(S) T) T {
	var values []T
	for _, s := range of {
		values = append(values, what(s))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// launch is what the process between a test and a program is asked for.
type launch struct {
	Dir   string
	Args  []string
	Limit time.Duration
}

const asked = "AUDITION_COMPARE_LAUNCH"

// TestMain is a test, or the process between a test and a program.
func TestMain(m *testing.M) {
	ask := os.Getenv(asked)
	if ask == "" {
		os.Exit(m.Run())
	}
	var l launch
	err := json.Unmarshal([]byte(ask), &l)
	if err == nil {
		var u usage
		if u, err = l.run(); err == nil {
			err = json.NewEncoder(os.Stdout).Encode(u)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// launched runs a program from a small process of its own: the peak of a program
// begins with the memory of whoever starts it, and a test has much.
func launched(l launch) (u usage, err error) {
	ask, err := json.Marshal(l)
	if err != nil {
		return u, err
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asked+"="+string(ask))
	var wrong bytes.Buffer
	cmd.Stderr = &wrong
	out, err := cmd.Output()
	if err != nil {
		return u, fmt.Errorf("%w: %s", err, wrong.String())
	}
	return u, json.Unmarshal(out, &u)
}

// run runs the program; what it prints is thrown away.
func (l launch) run() (u usage, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), l.Limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, l.Args[0], l.Args[1:]...)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, asked) })
	cmd.Dir, cmd.WaitDelay = l.Dir, time.Second
	var said bytes.Buffer
	cmd.Stderr = &said
	began := time.Now()
	err = cmd.Run()
	u.Wall = time.Since(began)
	if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) && ctx.Err() == nil {
		return u, err
	}
	used := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	u.CPU, u.Code = spent(used), cmd.ProcessState.ExitCode()
	u.Said = firstLine(said.String())
	if u.Peak = int64(used.Maxrss); runtime.GOOS != "darwin" {
		u.Peak *= 1024
	}
	return u, nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func spent(r *syscall.Rusage) time.Duration {
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// spentBy is the CPU time that this process takes for something.
func spentBy(do func() error) (time.Duration, error) {
	var before, after syscall.Rusage
	err := errors.Join(syscall.Getrusage(syscall.RUSAGE_SELF, &before), do(), syscall.Getrusage(syscall.RUSAGE_SELF, &after))
	return spent(&after) - spent(&before), err
}
