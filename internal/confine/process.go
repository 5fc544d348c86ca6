package confine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/rpc"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/rego"
)

// Process is a process of its own that opens, compiles and evaluates policy which
// nobody vouches for. It is started by the first call, and again after it was
// ended: by too much memory, by a crash, or by the end of the context of a call,
// as nothing else stops all that a policy can do. It is safe for concurrent use.
type Process struct {
	command func() *exec.Cmd
	mode    rego.Mode
	plans   Plans
	limit   int64

	mu    sync.Mutex
	child *child
	// state is what makes of a new process what the old one was.
	state []func(*rpc.Client) error
}

// NewProcess returns a process of a program that calls [Serve] with its standard
// streams, evaluates in the way of a mode and keeps plans. Limit is the memory in bytes
// that policy may take in it.
func NewProcess(command func() *exec.Cmd, m rego.Mode, plans Plans, limit int64) *Process {
	return &Process{command: command, mode: m, plans: plans, limit: limit}
}

// Close ends the process.
func (p *Process) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.child != nil {
		p.child.end()
		p.child = nil
	}
}

// child is a process that runs.
type child struct {
	cmd    *exec.Cmd
	client *rpc.Client
	crash  head
	limit  int64
	exited chan struct{}
	over   func() bool
	once   sync.Once
	why    error
}

// call has the process do something. Task says what has not happened when ctx
// ends before.
func (p *Process) call(ctx context.Context, task, method string, args, reply any) error {
	if err := ctx.Err(); err != nil {
		return stopped(task, err)
	}
	c, err := p.running()
	if err != nil {
		return err
	}
	call := c.client.Go(service+"."+method, args, reply, make(chan *rpc.Call, 1))
	select {
	case <-call.Done:
	case <-ctx.Done():
		p.forget(c)
		return stopped(task, ctx.Err())
	}
	if _, said := call.Error.(rpc.ServerError); said || call.Error == nil {
		return call.Error
	}
	p.forget(c)
	return c.why
}

// keep notes what a new process has to do too.
func (p *Process) keep(again func(*rpc.Client) error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = append(p.state, again)
}

// running returns the process, a new one if there is none.
func (p *Process) running() (*child, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.child != nil {
		return p.child, nil
	}
	c, err := p.start()
	if err != nil {
		return nil, fmt.Errorf("evaluation: no process for it: %w", err)
	}
	for _, again := range append([]func(*rpc.Client) error{c.confine}, p.state...) {
		if err := again(c.client); err != nil {
			c.end()
			if c.why == nil {
				c.why = err
			}
			return nil, c.why
		}
	}
	p.child = c
	return c, nil
}

// start starts the process. For Linux the parent of a process is a thread, so the
// one that starts it waits for its end.
func (p *Process) start() (*child, error) {
	c := &child{cmd: p.command(), limit: p.limit, exited: make(chan struct{})}
	c.cmd.Stderr = &c.crash
	c.cmd.SysProcAttr = endsWithParent()
	c.cmd.WaitDelay = time.Second
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := c.cmd.Start()
		started <- err
		if err == nil {
			c.cmd.Wait() // How it went is in the state.
			close(c.exited)
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	c.over = stopOver(p.limit, c.cmd.Process)
	c.client = rpc.NewClient(stream{out, in})
	return c, nil
}

// forget ends a process that no other call shall use.
func (p *Process) forget(c *child) {
	c.end()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.child == c {
		p.child = nil
	}
}

// end ends the process and finds out why it had ended by itself, if it had.
func (c *child) end() {
	c.once.Do(func() {
		c.client.Close()
		c.cmd.Process.Kill()
		<-c.exited
		switch over := c.over(); {
		case over:
			c.why = tooMuch(c.limit)
		default:
			c.why = crashed(c.crash.String(), c.cmd.ProcessState.String(), c.limit)
		}
	})
}

// outOfMemory is what a process dies of that got no more memory: by its watch, by
// the runtime of Go and that of C, or by a runtime that did not expect it.
var outOfMemory = regexp.MustCompile(`needs more memory|out of memory|allocate|newosproc|pthread_create|SIGSEGV: |unexpected signal during runtime`)

// crashed says in a line why a process died: text is what its runtime wrote, state
// how the system saw it.
func crashed(text, state string, limit int64) error {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if line == "" {
		line = state
	}
	if outOfMemory.MatchString(text) && !strings.HasPrefix(line, "panic: ") {
		return tooMuch(limit)
	}
	return fmt.Errorf("evaluation: stopped: %s", document.OneLine(line))
}

func stopped(task string, err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%s within the time limit: %w", task, err)
	}
	return fmt.Errorf("%s: %w", task, err)
}

// stream is two streams as one connection.
type stream struct {
	io.ReadCloser
	w io.WriteCloser
}

func (s stream) Write(p []byte) (int, error) { return s.w.Write(p) }
func (s stream) Close() error                { return errors.Join(s.w.Close(), s.ReadCloser.Close()) }

// head keeps the beginning of what is written to it.
type head struct{ bytes.Buffer }

func (h *head) Write(p []byte) (int, error) {
	h.Buffer.Write(p[:min(len(p), 16<<10-h.Len())])
	return len(p), nil
}
