// Package advise says what to do about a verdict: which disclosures would change
// it, which would reach approval, and why a rule fires. It judges by asking the
// assessor again.
package advise

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/undisclosed"
	"github.com/audition-dev/audition/internal/verdict"
)

// adviser asks an assessor.
type adviser struct{ *assess.Assessor }

// Assess judges a profile and adds the questions whose answers would change the
// verdict.
func Assess(ctx context.Context, a *assess.Assessor, p *profile.Profile) (*verdict.Verdict, error) {
	v, j, err := a.Judged(ctx, p)
	if err != nil {
		return nil, err
	}
	open := undisclosed.Facts(a.Framework(), j.Profile)
	asked := few(j.Profile, open, beside)
	questions, err := adviser{a}.questions(ctx, j, asked)
	if err != nil {
		return nil, err
	}
	v.Questions, v.Unasked = inSource(j, questions), len(open)-len(asked)
	v.Advice, err = adviser{a}.advice(ctx, j, questions)
	return v, err
}

// What questions may take, beside a verdict and of whoever asks for them, and with that
// how long: answers that are judged, each the dearer the more tools there are. It is a
// number and no time, so that the same profile always has the same questions.
const (
	beside = 40_000
	alone  = 10 * beside
)

// answers is how many can be judged.
func answers(p *profile.Profile, work int) int { return work / (50 + len(p.Facts.Tools.Items)) }

// few are those of the open facts that the work suffices for: first what is asked of
// the agent, then of each tool in its order.
func few(p *profile.Profile, open []profile.FactType, work int) []profile.FactType {
	left := answers(p, work)
	ofItem := func(f profile.FactType) int { return strings.Count(f.Pointer, "/tools/") }
	ordered := slices.Clone(open)
	slices.SortStableFunc(ordered, func(f, g profile.FactType) int { return ofItem(f) - ofItem(g) })
	for i, f := range ordered {
		if left -= len(undisclosed.Answers(f)); left < 0 {
			return ordered[:i]
		}
	}
	return ordered
}

// question is a question, whose fact is a pointer into what was judged.
type question struct {
	verdict.Question
	of profile.FactType
	// after is what each answer leads to.
	after []standing
}

// questions finds those of the undisclosed facts that could change the verdict: it
// tries every legal value of each and judges again. It needs no markup in any rule.
// The questions with the greatest effect come first.
func (a adviser) questions(ctx context.Context, j assess.Judgement, open []profile.FactType) ([]question, error) {
	out := make([]question, len(open))
	err := each(len(open), func(i int) (err error) {
		out[i], err = a.ask(ctx, j, open[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	questions := slices.DeleteFunc(out, func(q question) bool { return effect(j, q.Question) == [5]int{} })
	slices.SortFunc(questions, func(p, q question) int {
		x, y := effect(j, p.Question), effect(j, q.Question)
		return cmp.Or(slices.Compare(y[:], x[:]), strings.Compare(p.Fact, q.Fact))
	})
	return questions, nil
}

// each does a number of things and returns the first error in their order. Few
// goroutines do them all: the stack that an evaluation needs grows once in each.
func each(n int, do func(i int) error) error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				errs[i] = do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// inSource writes questions with pointers into the profile's source.
func inSource(j assess.Judgement, questions []question) []verdict.Question {
	out := make([]verdict.Question, len(questions))
	for i, q := range questions {
		out[i] = q.Question
		out[i].Fact = j.Profile.Original(q.Fact)
	}
	return out
}

func (a adviser) ask(ctx context.Context, j assess.Judgement, f profile.FactType) (question, error) {
	q := question{Question: verdict.Question{Fact: f.Pointer, Text: f.Description}, of: f}
	before := counted(j.Findings)
	for _, value := range undisclosed.Answers(f) {
		k, ok, err := a.After(ctx, j, undisclosed.Saying(f.Pointer, value)...)
		if err != nil {
			return q, err
		}
		if !ok {
			continue // a profile that says so is refused
		}
		answer := verdict.Answer{
			Value: value, Decision: k.Decision, Low: k.Score.Low, High: k.Score.High,
			Added: []string{}, Removed: []string{}, Changed: []string{},
		}
		after := counted(k.Findings)
		touched := []string{}
		for _, f := range after {
			switch g, ok := before[f.name]; {
			case !ok:
				answer.Added = append(answer.Added, f.name)
				touched = append(touched, f.severity)
			case g != f:
				answer.Changed = append(answer.Changed, f.name)
				touched = append(touched, f.severity, g.severity)
			}
		}
		for _, f := range before {
			if _, ok := after[f.name]; !ok {
				answer.Removed = append(answer.Removed, f.name)
				touched = append(touched, f.severity)
			}
		}
		for _, names := range [][]string{answer.Added, answer.Changed, answer.Removed} {
			slices.Sort(names)
		}
		answer.Gravity = maestro.Severity("").Rank()
		for _, s := range touched {
			answer.Gravity = min(answer.Gravity, maestro.Severity(s).Rank())
		}
		q.Answers, q.after = append(q.Answers, answer), append(q.after, standingOf(k))
	}
	return q, nil
}

// counting is what of a finding can change.
type counting struct{ name, status, severity string }

// counted returns the findings that count by rule and term.
func counted(findings []verdict.Finding) map[string]counting {
	out := map[string]counting{}
	for _, f := range findings {
		if f.Counts() {
			name := strings.TrimSpace(f.Rule + " " + f.Term)
			out[name] = counting{name, string(f.Status), string(f.Severity)}
		}
	}
	return out
}

// effect says how much hangs on a question: answers that change the decision,
// that change the band of either end of the interval, the worst finding they
// touch, the width of the interval they take away, and how many findings change.
func effect(j assess.Judgement, q verdict.Question) (e [5]int) {
	for _, a := range q.Answers {
		if a.Decision != j.Decision {
			e[0]++
		}
		if aivss.Band(a.Low) != aivss.Band(j.Score.Low) || aivss.Band(a.High) != aivss.Band(j.Score.High) {
			e[1]++
		}
		e[2] = max(e[2], maestro.Severity("").Rank()-a.Gravity)
		e[3] = max(e[3], int(a.Low-j.Score.Low), int(j.Score.High-a.High))
		e[4] += len(a.Added) + len(a.Removed) + len(a.Changed)
	}
	return e
}
