package assess

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// questions finds the undisclosed facts that could change the verdict: it tries
// every legal value of each and judges again. It needs no markup in any rule.
// The questions with the greatest effect come first.
func (a *Assessor) questions(ctx context.Context, j judgement) ([]verdict.Question, error) {
	facts := a.open(j.profile)
	asked := make([]verdict.Question, len(facts))
	errs := make([]error, len(facts))
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, f := range facts {
		wg.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; wg.Done() }()
			asked[i], errs[i] = a.ask(ctx, j, f)
		}()
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	questions := slices.DeleteFunc(asked, func(q verdict.Question) bool { return effect(j, q) == [4]int{} })
	slices.SortFunc(questions, func(p, q verdict.Question) int {
		x, y := effect(j, p), effect(j, q)
		return cmp.Or(slices.Compare(y[:], x[:]), strings.Compare(p.Fact, q.Fact))
	})
	return questions, nil
}

// open returns the undisclosed facts whose legal values can be listed.
func (a *Assessor) open(p *profile.Profile) []profile.FactType {
	return slices.DeleteFunc(expand(p), func(f profile.FactType) bool {
		_, disclosed := p.Lookup(f.Pointer)
		return disclosed || f.Type != "boolean" && f.Values == nil || !applies(a.Framework, p, f.Pointer)
	})
}

func (a *Assessor) ask(ctx context.Context, j judgement, f profile.FactType) (verdict.Question, error) {
	q := verdict.Question{Fact: j.profile.Original(f.Pointer), Text: f.Description}
	values := []any{true, false}
	if f.Values != nil {
		values = nil
		for _, v := range f.Values {
			values = append(values, v)
		}
	}
	before := counted(j.findings)
	for _, value := range values {
		k, err := a.judge(ctx, j.profile.With(f.Pointer, value))
		if err != nil {
			return q, err
		}
		answer := verdict.Answer{
			Value: value, Decision: k.decision, Low: k.score.Low, High: k.score.High,
			Added: []string{}, Removed: []string{}, Changed: []string{},
		}
		after := counted(k.findings)
		for _, f := range after {
			switch g, ok := before[f.name]; {
			case !ok:
				answer.Added = append(answer.Added, f.name)
			case g != f:
				answer.Changed = append(answer.Changed, f.name)
			}
		}
		for _, f := range before {
			if _, ok := after[f.name]; !ok {
				answer.Removed = append(answer.Removed, f.name)
			}
		}
		for _, names := range [][]string{answer.Added, answer.Changed, answer.Removed} {
			slices.Sort(names)
		}
		q.Answers = append(q.Answers, answer)
	}
	return q, nil
}

// standing is what of a finding can change.
type standing struct{ name, status, severity string }

// counted returns the findings that count by rule and term.
func counted(findings []verdict.Finding) map[string]standing {
	out := map[string]standing{}
	for _, f := range findings {
		if f.Counts() {
			name := strings.TrimSpace(f.Rule + " " + f.Term)
			out[name] = standing{name, string(f.Status), string(f.Severity)}
		}
	}
	return out
}

// effect says how much hangs on a question: answers that change the decision,
// that change the band of either end of the interval, the width of the interval
// that they take away, and the findings they change.
func effect(j judgement, q verdict.Question) (e [4]int) {
	for _, a := range q.Answers {
		if a.Decision != j.decision {
			e[0]++
		}
		if aivss.Band(a.Low) != aivss.Band(j.score.Low) || aivss.Band(a.High) != aivss.Band(j.score.High) {
			e[1]++
		}
		e[2] = max(e[2], int(a.Low-j.score.Low), int(j.score.High-a.High))
		e[3] += len(a.Added) + len(a.Removed) + len(a.Changed)
	}
	return e
}
