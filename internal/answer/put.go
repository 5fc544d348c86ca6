package answer

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
)

// Put writes answers into a text that is one profile, and returns the text and the
// profile that it is then. Where the profile names sources of its facts, an answer gets
// one of its own, which is worth a claim. Put refuses answers that the profile cannot
// have, and what it cannot do without changing something else. Source names the text in
// errors.
func Put(source string, data []byte, answers []Answer) ([]byte, *profile.Profile, error) {
	docs, err := document.Read(source, data)
	if err != nil {
		return nil, nil, err
	}
	if len(docs) > 1 {
		return nil, nil, docs[1].Errorf("", "expected one agent, got %d", len(docs))
	}
	root := docs[0].Root
	answers = append(slices.Clone(answers), sources(root, answers)...)
	t, want := newText(data), any(root)
	for _, a := range answers {
		want = document.With(want, document.Change{Pointer: a.Fact, Value: a.Value})
		if err := t.set(document.Split(a.Fact), a.Value); err != nil {
			return nil, nil, &document.Error{Source: source, Pointer: a.Fact, Message: err.Error()}
		}
	}
	out := t.bytes()
	got, err := document.Read(source, out)
	if err != nil || len(got) != 1 || !reflect.DeepEqual(any(got[0].Root), want) {
		return nil, nil, &document.Error{Source: source, Pointer: answers[0].Fact, Message: "cannot be written without changing something else; edit the file by hand"}
	}
	profiles, err := profile.Load(source, out)
	if err != nil {
		return nil, nil, placeless(err)
	}
	return out, profiles[0], nil
}

// placeless takes the places away from errors about a text that is written nowhere.
func placeless(err error) error {
	var several document.Errors
	if !errors.As(err, &several) {
		return err
	}
	out := make(document.Errors, len(several))
	for i, e := range several {
		out[i] = &document.Error{Source: e.Source, Pointer: e.Pointer, Message: e.Message}
	}
	return out
}

// sources are the changes to the evidence of a profile that make its answers claims:
// without them an answer would rest on what the fact, or every fact, rests on.
func sources(root map[string]any, answers []Answer) (out []Answer) {
	evidence, _ := root["evidence"].(map[string]any)
	_, all := evidence["default"]
	byFact, _ := evidence["facts"].(map[string]any)
	known, _ := evidence["sources"].(map[string]any)
	id := "answers"
	for n := 2; known[id] != nil && !reflect.DeepEqual(known[id], claim()); n++ {
		id = fmt.Sprintf("answers-%d", n)
	}
	for _, a := range answers {
		named := all
		for fact := range byFact {
			named = named || document.Within(a.Fact, fact)
		}
		if named {
			out = append(out, Answer{document.Join("/evidence/facts", a.Fact), id})
		}
	}
	if len(out) > 0 && known[id] == nil {
		out = append(out, Answer{document.Join("/evidence/sources", id), claim()})
	}
	return out
}

// claim is the source of what is answered.
func claim() any { return map[string]any{"kind": "correspondence", "title": "answers"} }
