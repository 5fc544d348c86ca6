// Package batch judges many agents: inputs go in, several are judged at once, and
// verdicts come out one by one in the order of the inputs. It keeps nothing of those
// that are done but their names, so it takes the same memory for any number.
package batch

import (
	"context"
	"fmt"
	"io"
	"iter"
	"runtime"

	"github.com/audition-dev/audition/internal/advise"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/cache"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/find"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// Judged is an agent and its verdict, or what of an input could not be judged.
type Judged struct {
	Input find.Input
	// Profile is nil where the verdict was known.
	Profile *profile.Profile
	Verdict *verdict.Verdict
	Err     error
}

// Run is how inputs are judged.
type Run struct {
	Assessor *assess.Assessor
	// Stdin is what the input "-" stands for.
	Stdin io.Reader
	// Questions tells whether to ask them where so many agents are judged, of which
	// two stand for any number; nil is never.
	Questions func(agents int) bool
	// Workers is how many agents are judged at once; 0 is one for every processor.
	Workers int
	// Cache keeps verdicts for the next run; nil is none. It was opened with all that
	// the assessor judges by.
	Cache *cache.Cache
}

// task is a document of an input on its way.
type task struct {
	in   find.Input
	part find.Part
	// err is what there is instead of a document. Ends tells that there is neither: the
	// input has no more.
	err       error
	ends      bool
	questions bool
	// done has what came of it.
	done chan []Judged
}

// All judges the inputs. It ends early when ctx does, with one error.
func (r Run) All(ctx context.Context, inputs []find.Input) iter.Seq[Judged] {
	return func(yield func(Judged) bool) {
		within, stop := context.WithCancel(ctx)
		defer stop()
		workers := r.Workers
		if workers <= 0 {
			workers = runtime.GOMAXPROCS(0)
		}
		work, order := make(chan *task), make(chan *task, 4*workers)
		go r.read(within, inputs, work, order)
		for range workers {
			go r.work(within, work)
		}
		c := collector{names: map[string]string{}, yield: yield}
		for i := 0; i < len(inputs); {
			t := next(ctx, order)
			if t == nil {
				more := ""
				if left := len(inputs) - i - 1; left > 0 {
					more = fmt.Sprintf(" and %d more", left)
				}
				yield(Judged{Input: inputs[i], Err: fault.Undecided(fmt.Errorf("stopped before %s%s: %w", inputs[i].Name, more, ctx.Err()))})
				return
			}
			if !c.collect(t) || ctx.Err() != nil && !t.ends {
				return
			}
			if t.ends {
				i++
			}
		}
	}
}

// next returns the next task in order, nil when ctx has ended.
func next(ctx context.Context, order <-chan *task) *task {
	if ctx.Err() != nil {
		return nil
	}
	select {
	case t := <-order:
		return t
	case <-ctx.Done():
		return nil
	}
}

// read cuts the inputs into tasks, and hands each to whoever is free.
func (r Run) read(ctx context.Context, inputs []find.Input, work, order chan<- *task) {
	defer close(work)
	send := func(t *task) bool {
		t.done = make(chan []Judged, 1)
		select {
		case order <- t:
		case <-ctx.Done():
			return false
		}
		if t.ends {
			t.done <- nil
			return true
		}
		select {
		case work <- t:
			return true
		case <-ctx.Done():
			t.done <- []Judged{{Input: t.in, Err: fault.Undecided(fmt.Errorf("%s: %w", t.in.Name, ctx.Err()))}}
			return false
		}
	}
	for _, in := range inputs {
		for t := range r.tasks(in, len(inputs)) {
			if !send(t) {
				return
			}
		}
		if !send(&task{in: in, ends: true}) {
			return
		}
	}
}

// tasks cuts an input. It looks one document ahead: whether to ask questions depends
// on how many there are.
func (r Run) tasks(in find.Input, inputs int) iter.Seq[*task] {
	return func(yield func(*task) bool) {
		next, stop := iter.Pull2(in.Parts(r.Stdin))
		defer stop()
		part, err, more := next()
		questions := false
		for first := true; more; first = false {
			t := &task{in: in, part: part, err: err}
			part, err, more = next()
			if first && r.Questions != nil {
				agents := inputs
				if more {
					agents = max(agents, 2)
				}
				questions = r.Questions(agents)
			}
			if t.questions = questions; !yield(t) {
				return
			}
		}
	}
}

func (r Run) work(ctx context.Context, work <-chan *task) {
	for t := range work {
		judged := r.known(t)
		if judged == nil {
			judged = r.judge(ctx, t)
			if err := r.keep(t, judged); err != nil {
				judged = append(judged, Judged{Input: t.in, Err: fault.Undecided(fmt.Errorf("cache: %w", err))})
			}
		}
		t.done <- judged
	}
}

// judge judges the agents of a document, of which there is one as a rule.
func (r Run) judge(ctx context.Context, t *task) []Judged {
	if t.err != nil {
		return []Judged{{Input: t.in, Err: t.err}}
	}
	profiles, err := t.part.Profiles()
	if err != nil {
		return []Judged{{Input: t.in, Err: err}}
	}
	assess := r.Assessor.Assess
	if t.questions {
		assess = func(ctx context.Context, p *profile.Profile) (*verdict.Verdict, error) {
			return advise.Assess(ctx, r.Assessor, p)
		}
	}
	var out []Judged
	for _, p := range profiles {
		j := Judged{Input: t.in, Profile: p}
		j.Verdict, j.Err = assess(ctx, p)
		out = append(out, j)
	}
	return out
}

// collector hands on what comes of tasks, in their order.
type collector struct {
	// names has where each agent was seen.
	names map[string]string
	// some tells that the input has had something.
	some  bool
	yield func(Judged) bool
}

// collect waits for a task and hands on what comes of it.
func (c *collector) collect(t *task) bool {
	judged := <-t.done
	if t.ends && !c.some {
		judged = []Judged{{Input: t.in, Err: fault.Undecided(document.Empty(t.in.Name))}}
	}
	c.some = !t.ends && (c.some || len(judged) > 0)
	for _, j := range judged {
		if err := c.twice(j); err != nil {
			j.Verdict, j.Err = nil, err
		}
		if !c.yield(j) {
			return false
		}
	}
	return true
}

// twice refuses a second agent of one name: whatever is said of the one would be
// taken for the other.
func (c *collector) twice(j Judged) error {
	if j.Verdict == nil {
		return nil
	}
	name := j.Verdict.Subject.Name
	first, seen := c.names[name]
	if !seen {
		c.names[name] = j.Input.Name
		return nil
	}
	err := fmt.Errorf("another agent of this run is called %s, in %s; expected names that differ", name, first)
	if j.Profile != nil {
		return fault.Undecided(j.Profile.Errorf("/metadata/name", "%v", err))
	}
	return fault.Undecided(fmt.Errorf("%s: metadata.name: %w", j.Input.Name, err))
}
