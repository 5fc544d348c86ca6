package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/document"
)

// OPA has no memory limit, and the one of Go is a wish. So a command that loads a
// policy which nobody vouches for runs in a worker: the program starts itself once
// more with the same arguments and streams; the second process limits its memory
// and does the work, the first waits and makes a line of a crash.
//
// Descriptor 2 of a worker takes what the Go runtime writes when it dies, so its
// standard error is descriptor 3. Its exit codes are shifted, for the runtime dies
// with the code of a usage error.
const (
	workerOf     = "AUDITION_WORKER_OF" // in the environment of a worker: who started it
	workerStderr = 3
	workerEnded  = 40
)

// inWorker tells whether this process is a worker. What a worker leaves in the
// environment of others does not make workers of them.
func inWorker() bool { return os.Getenv(workerOf) == strconv.Itoa(os.Getppid()) }

// needsWorker is the error of a command that has to run in a worker.
type needsWorker struct{ memory mebibytes }

func (*needsWorker) Error() string { return "a worker is needed" }

// spare is what a process needs beside what a policy allocates: its program,
// threads and the tables of the runtime.
const spare = 64 << 20

// confine limits the memory of this process, if it is a worker, and otherwise asks
// for one. Descriptors of a process cannot be handed down on Windows; there the
// program confines itself, and a single huge allocation is not stopped.
func confine(memory mebibytes) error {
	if runtime.GOOS != "windows" && !inWorker() {
		return &needsWorker{memory}
	}
	limit := int64(memory) << 20
	debug.SetMemoryLimit(min(debug.SetMemoryLimit(-1), limit/8*7))
	if err := limitData(uint64(limit)); err != nil {
		return &exit{exitUndecided, fmt.Errorf("--memory: %w", err)}
	}
	go watch(memory)
	return nil
}

// watch ends the process when Go has more memory from the system than allowed.
func watch(memory mebibytes) {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for range time.Tick(2 * time.Millisecond) {
		metrics.Read(samples)
		if samples[0].Value.Uint64()-samples[1].Value.Uint64() > uint64(memory)<<20 {
			fmt.Fprintln(os.Stderr, tooMuch(memory))
			os.Exit(exitUndecided)
		}
	}
}

func tooMuch(memory mebibytes) error {
	return fmt.Errorf("evaluation: stopped: the policy needs more memory than %d MiB (--memory)", memory)
}

// supervise runs the program in a worker and returns how that ended, as an exit
// without a message where the worker has said everything.
func supervise(ctx context.Context, memory mebibytes, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	program, err := os.Executable()
	if err != nil {
		return &exit{exitUndecided, err}
	}
	errs, flush, err := asFile(stderr)
	if err != nil {
		return &exit{exitUndecided, err}
	}
	defer flush()
	var crash head
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Args[0] = "audition" // A test has several programs in one.
	cmd.Env = append(os.Environ(), workerOf+"="+strconv.Itoa(os.Getpid()))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, stdout, &crash
	cmd.ExtraFiles = []*os.File{workerStderr - 3: errs}
	cmd.SysProcAttr = endsWithParent()
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 2 * time.Second
	// For Linux the parent of a process is a thread.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		return &exit{exitUndecided, err}
	}
	over := stopOver(memory, cmd.Process)
	cmd.Wait() // How it went is in the state.
	if over() {
		return &exit{exitUndecided, tooMuch(memory)}
	}
	if code := cmd.ProcessState.ExitCode() - workerEnded; code >= exitApprove && code <= exitNothing {
		return &exit{code, errors.New("")}
	}
	if ctx.Err() != nil {
		return &exit{exitUndecided, fmt.Errorf("evaluation: stopped: %w", ctx.Err())}
	}
	return &exit{exitUndecided, crashed(crash.String(), cmd.ProcessState.String(), memory)}
}

// stopOver kills a worker that holds too much memory when its own watch does not:
// nothing of it runs while a large value is copied and the collector waits for
// that. The function it returns ends this and tells whether it happened.
func stopOver(memory mebibytes, worker *os.Process) func() bool {
	done, over := make(chan struct{}), make(chan bool, 1)
	go func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				over <- false
				return
			case <-tick.C:
			}
			if resident(worker.Pid) > uint64(memory)<<20+spare && worker.Kill() == nil {
				over <- true
				return
			}
		}
	}()
	return func() bool { close(done); return <-over }
}

// outOfMemory is what a worker dies of that got no more memory: by its watch, by
// the runtime of Go and that of C, or by a runtime that did not expect it.
var outOfMemory = regexp.MustCompile(`needs more memory|out of memory|allocate|newosproc|pthread_create|SIGSEGV: |unexpected signal during runtime`)

// crashed says in a line why a worker died: text is what its runtime wrote, state
// how the system saw it.
func crashed(text, state string, memory mebibytes) error {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if line == "" {
		line = state
	}
	if outOfMemory.MatchString(text) && !strings.HasPrefix(line, "panic: ") {
		return tooMuch(memory)
	}
	return fmt.Errorf("evaluation: stopped: %s", document.OneLine(line))
}

// asFile makes a file of a writer. What is written is all there after flush.
func asFile(w io.Writer) (f *os.File, flush func(), err error) {
	if f, ok := w.(*os.File); ok {
		return f, func() {}, nil
	}
	r, f, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	done := make(chan struct{})
	go func() {
		io.Copy(w, r)
		r.Close()
		close(done)
	}()
	return f, func() { f.Close(); <-done }, nil
}

// head keeps the beginning of what is written to it.
type head struct{ bytes.Buffer }

func (h *head) Write(p []byte) (int, error) {
	h.Buffer.Write(p[:min(len(p), 16<<10-h.Len())])
	return len(p), nil
}

// mebibytes is a flag for an amount of memory.
type mebibytes int

const enoughMemory mebibytes = 1024

var _ pflag.Value = (*mebibytes)(nil)

func (m *mebibytes) String() string { return strconv.Itoa(int(*m)) }
func (m *mebibytes) Type() string   { return "MiB" }

func (m *mebibytes) Set(s string) error {
	const least, most = 64, 1 << 20
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		return fmt.Errorf("expected a number of MiB from %d to %d", least, most)
	}
	*m = mebibytes(n)
	return nil
}
