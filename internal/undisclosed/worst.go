package undisclosed

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
)

// Answer is a value for a fact that a profile leaves open.
type Answer struct{ document.Change }

// Worst is a profile with what it leaves open as bad as it may be.
type Worst struct {
	*profile.Profile
	// answers are those that do not speak for the subject, for each fact of the
	// vocabulary: of a control that it has none, of a list that is not complete that it
	// has all items.
	answers [][]Answer
	// refused are the first answers that contradict the profile or one before them: JSON
	// pointers.
	refused []string
}

// WorstOf gives a profile the first answer to each fact, as far as these agree.
func WorstOf(framework *maestro.Framework, p *profile.Profile) Worst {
	w := Worst{answers: make([][]Answer, len(profile.Vocabulary()))}
	w.find(framework, p, []string{""})
	return w.whole(p)
}

// Again is WorstOf where the profile is the one before but for some facts, JSON pointers,
// and the same applies to both. It returns where that differs from the worst before.
func (w Worst) Again(framework *maestro.Framework, p *profile.Profile, changed []string) (Worst, []string) {
	next := Worst{answers: slices.Clone(w.answers)}
	anew := next.find(framework, p, changed)
	turns, ok := w.turns(next, anew, p, changed)
	refused := slices.ContainsFunc(turns, func(c document.Change) bool {
		return document.Touches(c.Pointer, w.refused) || profile.MayContradict(c.Pointer, w.refused)
	})
	if ok && !refused {
		next.Profile, next.refused = w.WithAll(turns...), w.refused
		if !next.Contradicts() {
			return next, pointersOf(turns)
		}
	}
	next = next.whole(p)
	return next, Differing(w.Profile, next.Profile)
}

// whole gives a profile all first answers that agree.
func (w Worst) whole(p *profile.Profile) Worst {
	q, refused := p.Agreeing(firsts(w.answers)...)
	w.Profile, w.refused = q, pointersOf(refused)
	return w
}

// turns are what makes a worst profile of the one before, if a list of changes is enough
// for that.
func (w Worst) turns(next Worst, anew []int, p *profile.Profile, changed []string) ([]document.Change, bool) {
	var turns []document.Change
	for _, pointer := range changed {
		turns = append(turns, document.Change{Pointer: pointer, Value: p.Document().Value(pointer)})
	}
	for _, i := range anew {
		was, is := firsts(w.answers[i:i+1]), firsts(next.answers[i:i+1])
		if ofItems(profile.Vocabulary()[i].Pointer) {
			if len(was) != len(is) {
				return nil, false // items would lose their own answers
			}
			continue
		}
		before := map[string]any{}
		for _, c := range was {
			before[c.Pointer] = c.Value
		}
		for _, c := range is {
			if slices.ContainsFunc(changed, func(of string) bool { return c.Pointer != of && document.Within(c.Pointer, of) }) {
				return nil, false
			}
			if !reflect.DeepEqual(c.Value, before[c.Pointer]) {
				turns = append(turns, c)
			}
			delete(before, c.Pointer)
		}
		for pointer := range before { // no answer any more
			turns = append(turns, document.Change{Pointer: pointer, Value: p.Document().Value(pointer)})
		}
	}
	last := map[string]int{}
	for i, c := range turns {
		last[c.Pointer] = i
	}
	out := []document.Change{}
	for i, c := range turns {
		if c.Value == nil {
			return nil, false
		}
		if last[c.Pointer] == i && !reflect.DeepEqual(c.Value, w.Document().Value(c.Pointer)) {
			out = append(out, c)
		}
	}
	return out, true
}

// ofItems tells whether a fact of the vocabulary is a list whose items have facts.
func ofItems(list string) bool {
	return slices.ContainsFunc(profile.Vocabulary(), func(f profile.FactType) bool { return strings.HasPrefix(f.Pointer, list+"/*/") })
}

func pointersOf(changes []document.Change) []string {
	out := make([]string, len(changes))
	for i, c := range changes {
		out[i] = c.Pointer
	}
	return out
}

// Differing are the JSON pointers of the facts that two profiles do not share.
func Differing(p, q *profile.Profile) (out []string) {
	was, is := p.Leaves(), q.Leaves()
	for pointer, v := range was {
		if !reflect.DeepEqual(v, is[pointer]) {
			out = append(out, pointer)
		}
	}
	for pointer := range is {
		if _, ok := was[pointer]; !ok {
			out = append(out, pointer)
		}
	}
	return out
}

// Answers are all of them, in the order of the vocabulary.
func (w Worst) Answers() []Answer { return slices.Concat(w.answers...) }

// Others are the answers that the profile does not have.
func (w Worst) Others() (out []Answer) {
	for _, of := range w.answers {
		for i, answer := range of {
			if i > 0 && of[i-1].Pointer == answer.Pointer {
				out = append(out, answer)
			}
		}
	}
	return out
}

// firsts are the first answers to each fact.
func firsts(answers [][]Answer) (out []document.Change) {
	for _, of := range answers {
		for i, answer := range of {
			if i == 0 || of[i-1].Pointer != answer.Pointer {
				out = append(out, answer.Change)
			}
		}
	}
	return out
}

// find finds the answers where something is otherwise, and returns the places of these
// facts in the vocabulary.
func (w Worst) find(framework *maestro.Framework, p *profile.Profile, changed []string) (anew []int) {
	general := make([]string, len(changed))
	for i, pointer := range changed {
		general[i] = profile.General(pointer)
	}
	touched := func(fact string) bool {
		return document.Touches(fact, general) || document.Touches(fact+"_complete", general)
	}
	for i, f := range profile.Vocabulary() {
		depends := touched(f.Pointer) || slices.ContainsFunc(framework.Applicability, func(a maestro.Applicability) bool {
			return touched(a.Unless) && facts.Among(f.Pointer, a.Facts)
		})
		if strings.HasSuffix(f.Pointer, "_complete") || !depends {
			continue
		}
		anew, w.answers[i] = append(anew, i), nil
		for _, f := range facts.InItems(p, f) {
			if facts.Applies(framework, p, f.Pointer) {
				for _, value := range worst(p, f) {
					w.answers[i] = append(w.answers[i], Answer{document.Change{Pointer: f.Pointer, Value: value}})
				}
			}
		}
	}
	return anew
}

func worst(p *profile.Profile, f profile.FactType) (out []any) {
	stated, disclosed := p.Lookup(f.Pointer)
	list, _ := stated.([]any)
	complete, _ := p.Lookup(f.Pointer + "_complete")
	switch {
	case f.Type == "array" && (f.Safer.Direction != profile.Less || complete == true):
		return nil
	case f.Pointer == "/tools":
		return []any{append(slices.Clone(list), worstTool())}
	case f.Type == "array" && len(f.Items) > 0:
		for _, item := range f.Items {
			if !slices.Contains(list, any(item)) {
				list = append(slices.Clone(list), item)
			}
		}
		if len(list) > 0 {
			return []any{list}
		}
	case disclosed:
	case f.Type == "integer":
		return []any{json.Number("36500")}
	case f.Safer.Direction == "":
		for _, value := range Answers(f) {
			if !f.Safer.Favours(value) {
				out = append(out, value)
			}
		}
	}
	return out
}

// worstTool is a tool that a profile may have left out.
func worstTool() map[string]any {
	var access []any
	of, _ := profile.TypeOf("/tools/0/access")
	for _, right := range of.Items {
		access = append(access, right)
	}
	return map[string]any{"id": "another tool", "kind": "infra", "access": access, "audience": "external", "reversible": false}
}

// String is the answer in a few words.
func (a Answer) String() string {
	if list, ok := a.Value.([]any); ok && len(list) > 0 {
		return document.PathOf(a.Pointer) + " with more than is listed"
	}
	return document.PathOf(a.Pointer) + ": " + fmt.Sprint(a.Value)
}
