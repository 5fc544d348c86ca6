// Package interview asks a person what a profile leaves open, the most effective
// question first, and shows what each answer does to the verdict.
package interview

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/audition-dev/audition/internal/advise"
	"github.com/audition-dev/audition/internal/answer"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// Interview is about the only agent of a file.
type Interview struct {
	Person *Person
	// Judge judges with questions.
	Judge func(context.Context, *profile.Profile) (*verdict.Verdict, error)
	// Source names the file, and Write writes it whole.
	Source string
	Write  func([]byte) error
}

// Run asks until nothing is open, or the person has enough or is gone. The file is written
// after each answer.
func (i Interview) Run(ctx context.Context, data []byte) error {
	_, p, err := answer.Put(i.Source, data, nil)
	if err != nil {
		return err
	}
	v, err := i.Judge(ctx, p)
	if err != nil {
		return err
	}
	var passed []string
	for {
		open := slices.DeleteFunc(advise.Open(v), func(fact string) bool { return slices.Contains(passed, fact) })
		if len(open) == 0 {
			i.Person.say("Nothing is left to ask.\n")
			return nil
		}
		value, err := i.Person.ask(v, open[0], len(open))
		switch {
		case err == errEnough || err == io.EOF:
			i.Person.say("%s has what was answered.\n", i.Source)
			return nil
		case err == errPass:
			passed = append(passed, open[0])
			continue
		case err != nil:
			return err
		}
		text, q, err := answer.Put(i.Source, data, given(open[0], value))
		if err != nil {
			i.Person.say("  %v\n", err)
			passed = append(passed, open[0])
			continue
		}
		if err := i.Write(text); err != nil {
			return err
		}
		data = text
		before := v
		switch v, err = i.Judge(ctx, q); {
		case ctx.Err() != nil:
			i.Person.say("\n%s has what was answered.\n", i.Source)
			return nil
		case err != nil:
			return err
		}
		i.Person.say("  %s\n\n", Moved(before, v))
	}
}

// given is a value as answers: a list that a person gives is complete.
func given(fact string, value any) []answer.Answer {
	out := []answer.Answer{{Fact: fact, Value: value}}
	if _, ok := profile.TypeOf(fact + "_complete"); ok {
		out = append(out, answer.Answer{Fact: fact + "_complete", Value: true})
	}
	return out
}

// Standing is the decision and the score of a verdict.
func Standing(v *verdict.Verdict) string {
	return fmt.Sprintf("%s, AIVSS %v %s%s", v.Decision, v.Score.AIVSS, v.Score.Severity, print.Interval(v.Score))
}

// Moved is the standing before and after a change.
func Moved(before, after *verdict.Verdict) string {
	if from := Standing(before); from != Standing(after) {
		return from + " → " + Standing(after)
	}
	return Standing(after) + ", as before"
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
