package batch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/assess/assesstest"
	"github.com/audition-dev/audition/internal/find"
	"github.com/audition-dev/audition/internal/profile"
)

func run(t testing.TB, workers int, stdin io.Reader) Run {
	t.Helper()
	a, err := assesstest.Builtin(time.Time{}, profile.Demand{}, assess.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return Run{Assessor: a, Stdin: stdin, Workers: workers}
}

func agent(name string) string {
	return "---\napiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: " + name + "}\n"
}

var standard = []find.Input{{Name: "-", Path: "-"}}

// said is what came of every agent, a line each.
func said(r Run, ctx context.Context, inputs []find.Input) (out []string) {
	for j := range r.All(ctx, inputs) {
		if j.Err != nil {
			out = append(out, j.Err.Error())
			continue
		}
		out = append(out, j.Verdict.Subject.Name)
	}
	return out
}

// TestOrder: whoever is done first, verdicts come in the order of the inputs, and
// what cannot be judged holds up nobody.
func TestOrder(t *testing.T) {
	var in strings.Builder
	var want []string
	for i := range 40 {
		switch name := fmt.Sprintf("a%d", i); i {
		case 7:
			in.WriteString("---\n- no agent\n")
			want = append(want, "-:30:1: expected an object with apiVersion, kind and metadata, got a list")
		case 9:
			in.WriteString(agent("a0"))
			want = append(want, "-:38:12: metadata.name: another agent of this run is called a0, in -; expected names that differ")
		default:
			in.WriteString(agent(name))
			want = append(want, name)
		}
	}
	empty := filepath.Join(t.TempDir(), "empty.yaml")
	if err := os.WriteFile(empty, []byte("# nothing\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	inputs := append(slices.Clone(standard), find.Input{Name: "empty.yaml", Path: empty}, find.Input{Name: "gone.yaml", Path: empty + "x"}, find.Input{Name: "odd", Err: errors.New("odd")})
	want = append(want, "empty.yaml: expected a document, got an empty file", empty+"x: no such file or directory", "odd")
	for _, workers := range []int{1, 2, 7} {
		if got := said(run(t, workers, strings.NewReader(in.String())), context.Background(), inputs); !slices.Equal(got, want) {
			t.Errorf("%d workers:\n got %q\nwant %q", workers, got, want)
		}
	}
}

// TestQuestions are asked by how many agents there are: of a stream one or several.
func TestQuestions(t *testing.T) {
	for in, want := range map[string]int{agent("a"): 1, agent("a") + agent("b") + agent("c"): 2} {
		r := run(t, 2, strings.NewReader(in))
		var asked []int
		r.Questions = func(agents int) bool {
			asked = append(asked, agents)
			return agents == 1
		}
		for j := range r.All(context.Background(), standard) {
			if j.Err != nil || (len(j.Verdict.Questions) > 0) != (want == 1) {
				t.Errorf("%d questions, %v", len(j.Verdict.Questions), j.Err)
			}
		}
		if !slices.Equal(asked, []int{want}) {
			t.Errorf("asked of %v, want %d", asked, want)
		}
	}
}

// endless is a stream of agents without an end, of which it counts those that were
// read. None fits into a buffer beside another.
type endless struct {
	read atomic.Int64
	rest string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		e.rest = agent(fmt.Sprintf("a%d", e.read.Add(1))) + "#" + strings.Repeat("x", 60_000) + "\n"
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// TestBounded: a run reads no further ahead than its workers need, whoever takes the
// verdicts, and ends when nobody does.
func TestBounded(t *testing.T) {
	in := &endless{}
	r, taken := run(t, 2, in), 0
	for j := range r.All(context.Background(), standard) {
		if j.Err != nil {
			t.Fatal(j.Err)
		}
		if taken++; taken == 20 {
			time.Sleep(50 * time.Millisecond) // for whoever would read on
			break
		}
	}
	if read := int(in.read.Load()); read > taken+30 {
		t.Errorf("%d agents read for %d verdicts", read, taken)
	}
}

// TestStops with one error when its time is over, also while it waits for input.
func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	silent, speaker := io.Pipe()
	defer speaker.Close()
	cancel()
	inputs := append(slices.Clone(standard), find.Input{Name: "b.yaml", Path: "b.yaml"})
	if got := said(run(t, 2, silent), ctx, inputs); !slices.Equal(got, []string{"stopped before - and 1 more: context canceled"}) {
		t.Errorf("got %q", got)
	}
	ctx, cancel = context.WithCancel(context.Background())
	defer cancel()
	var got []string
	for j := range run(t, 2, &endless{}).All(ctx, standard) {
		if j.Err != nil {
			got = append(got, j.Err.Error())
		}
		cancel()
	}
	if len(got) > 1 {
		t.Errorf("got %q", got)
	}
}

// BenchmarkRun judges the examples, as a directory is judged.
// TestAllocations guards what judging an agent takes, from its file to its verdict: on
// every machine it allocates as often. Who needs more has to say so here.
func TestAllocations(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector allocates too")
	}
	const most = 7300
	inputs := examples(t)
	r := run(t, 1, nil)
	n := testing.AllocsPerRun(5, func() {
		for j := range r.All(context.Background(), inputs) {
			if j.Err != nil {
				t.Fatal(j.Err)
			}
		}
	}) / float64(len(inputs))
	if n > most {
		t.Errorf("%.0f allocations for an agent, expected at most %d", n, most)
	}
}

func examples(t testing.TB) (inputs []find.Input) {
	t.Helper()
	files, err := filepath.Glob("../../examples/*/profile.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		inputs = append(inputs, find.Input{Name: f, Path: f})
	}
	return inputs
}

func BenchmarkRun(b *testing.B) {
	inputs := examples(b)
	r := run(b, 1, nil)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		for j := range r.All(context.Background(), inputs) {
			if j.Err != nil {
				b.Fatal(j.Err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(inputs)), "µs/agent")
}
