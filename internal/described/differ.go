package described

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/origin"
	"github.com/audition-dev/audition/internal/profile"
)

// refuted takes out what the profile alone says and what cannot be beside what the
// descriptor says, such as a kind of sandbox where none is configured.
func (m *merge) refuted() {
	had := m.p.Leaves()
	for _, pointer := range slices.Sorted(maps.Keys(had)) {
		if m.q.Document().Value(pointer) != nil || strings.HasPrefix(pointer, "/tools") {
			continue
		}
		errs := m.q.With(pointer, had[pointer]).Contradictions()
		if len(errs) == 0 {
			continue
		}
		of, _ := profile.TypeOf(pointer)
		m.gone = append(m.gone, pointer)
		m.tell(pointer, had[pointer], m.q.Source+": "+errs[0].Message, of.Safer.Favours(had[pointer]))
	}
}

// impossible tells whether words of the descriptor cannot be beside what the profile says
// on no worse evidence. They do not count, and are told.
func (m *merge) impossible(pointer string, v any) bool {
	if m.configured(pointer) || strings.HasPrefix(pointer, "/tools") || m.p.Document().Value(pointer) != nil {
		return false
	}
	errs := m.p.With(pointer, v).Contradictions()
	if len(errs) == 0 {
		return false
	}
	of, _ := profile.TypeOf(pointer)
	m.from.Contradictions = append(m.from.Contradictions, origin.Contradiction{
		Fact: pointer, Said: []string{m.p.Source + ": " + errs[0].Message, where(m.place(pointer)) + " says " + spelt(v)}, Favours: of.Safer.Favours(v),
	})
	return true
}

// withdrawn takes out what the profile has from a file that does not say so any more, and
// that speaks for the agent.
func (m *merge) withdrawn() {
	still := map[string]bool{}
	for pointer := range m.q.Leaves() {
		still[m.target(pointer)] = true
	}
	had := m.p.Leaves()
	for _, pointer := range slices.Sorted(maps.Keys(had)) {
		of, _ := profile.TypeOf(pointer)
		if still[pointer] || !m.read(pointer) || strings.HasSuffix(pointer, "/id") || !of.Safer.Favours(had[pointer]) {
			continue
		}
		m.gone = append(m.gone, pointer)
		if !strings.HasSuffix(pointer, "_complete") {
			m.differ(pointer, had[pointer], nil, "", true)
		}
	}
}

// differ keeps that both say something else; nil is that the descriptor says nothing.
func (m *merge) differ(at string, was, now any, pointer string, favours bool) {
	said := m.q.Source + " says nothing of it any more"
	if now != nil {
		said = where(m.place(pointer)) + " says " + spelt(now)
	}
	m.tell(at, was, said, favours)
}

func (m *merge) tell(at string, was any, said string, favours bool) {
	m.from.Contradictions = append(m.from.Contradictions, origin.Contradiction{
		Fact: at, Said: []string{where(placeOf(m.p, at)) + " says " + spelt(was), said}, Favours: favours,
	})
}

func where(p document.Place) string { return fmt.Sprintf("%s:%d", p.Source, p.Line) }

func spelt(v any) string {
	if n, isNumber := v.(int); isNumber {
		return fmt.Sprintf("%d in all", n)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return document.Clip(fmt.Sprint(v))
	}
	return document.Clip(strings.ReplaceAll(strings.Trim(string(text), `"`), `","`, `", "`))
}
