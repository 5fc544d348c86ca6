package declare

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/audition-dev/audition/internal/advise"
	"github.com/audition-dev/audition/internal/answer"
	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// interview is about the only agent of a file.
type interview struct {
	person   *person
	assessor *assess.Assessor
	// source names the file, and write writes it whole.
	source string
	write  func([]byte) error
	// passed are the facts that are not asked again.
	passed []string
}

// run asks until nothing is open, or the person has enough or is gone. The file is written
// after each answer.
func (i *interview) run(ctx context.Context, data []byte) error {
	_, p, err := answer.Put(i.source, data, nil)
	if err != nil {
		return err
	}
	var before *verdict.Verdict
	for err == nil {
		var v *verdict.Verdict
		switch v, err = advise.Assess(ctx, i.assessor, p); {
		case ctx.Err() != nil:
			err = errEnough
			continue
		case err != nil:
			continue
		case before != nil:
			i.person.say("  %s\n\n", moved(before, v))
		}
		before = v
		var text []byte
		if text, p, err = i.next(p, v, data); err == nil {
			data, err = text, i.write(text)
		}
	}
	if err == errEnough || err == io.EOF {
		i.person.say("%s has what was answered.\n", i.source)
		return nil
	}
	return err
}

// next asks until there is an answer that the profile can have, and puts it in.
func (i *interview) next(p *profile.Profile, v *verdict.Verdict, data []byte) ([]byte, *profile.Profile, error) {
	open := slices.DeleteFunc(advise.Open(i.assessor, p, v), func(fact string) bool { return slices.Contains(i.passed, fact) })
	for len(open) > 0 {
		value, err := i.person.ask(v, open[0], len(open))
		switch {
		case err == errPass:
			i.passed, open = append(i.passed, open[0]), open[1:]
			continue
		case err != nil:
			return nil, nil, err
		}
		text, q, err := answer.Put(i.source, data, given(open[0], value))
		if err == nil {
			return text, q, nil
		}
		i.person.say("  %v\n\n", err)
	}
	i.person.say("Nothing is left to ask.\n")
	return nil, nil, errEnough
}

// given is a value as answers: a list that a person gives is complete.
func given(fact string, value any) []answer.Answer {
	out := []answer.Answer{{Fact: fact, Value: value}}
	if _, ok := profile.TypeOf(fact + "_complete"); ok {
		out = append(out, answer.Answer{Fact: fact + "_complete", Value: true})
	}
	return out
}

// standing is the decision and the score of a verdict.
func standing(v *verdict.Verdict) string {
	s := v.Score
	return fmt.Sprintf("%s, AIVSS %v %s (%s)", v.Decision, s.AIVSS, s.Severity, print.Span(s.Low, s.High))
}

// moved is the standing before and after a change.
func moved(before, after *verdict.Verdict) string {
	if from := standing(before); from != standing(after) {
		return from + " → " + standing(after)
	}
	return standing(after) + ", as before"
}

// effects are what the answers to a question would lead to, by the value as it is written.
func effects(v *verdict.Verdict, fact string) map[string]string {
	out := map[string]string{}
	for _, q := range v.Questions {
		for _, a := range q.Answers {
			if q.Fact == fact {
				out[print.Value(a.Value)] = fmt.Sprintf("%s, %s", a.Decision, print.Span(a.Low, a.High))
			}
		}
	}
	return out
}

// about says what a fact is.
func about(fact string) (profile.FactType, string) {
	f, _ := profile.TypeOf(fact)
	return f, document.OneLine(f.Description)
}
