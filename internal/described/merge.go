package described

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
	"github.com/audition-dev/audition/internal/profile"
)

// merge makes one of a profile and of what a descriptor says.
type merge struct {
	p, q    *profile.Profile
	tools   map[int]int // indices of the descriptor's tools in the profile
	sources map[string]any
	facts   map[string]any // sources of facts, by pointer
	changes []document.Change
	gone    []string
	places  map[string]document.Place
	from    *origin.Origin
}

// merged returns p with what q says.
func merged(p, q *profile.Profile) (*profile.Profile, error) {
	m := &merge{p: p, q: q, tools: map[int]int{}, places: map[string]document.Place{}, from: together(p.Origin, q.Origin)}
	m.sources, m.facts = object(p, "/evidence/sources"), object(p, "/evidence/facts")
	m.changed()
	m.pair()
	said := q.Leaves()
	for _, pointer := range slices.Sorted(maps.Keys(said)) {
		switch list, isList := said[pointer].([]any); {
		case strings.HasSuffix(pointer, "_complete") || strings.HasSuffix(pointer, "/id"):
		case m.impossible(pointer, said[pointer]):
		case isList:
			m.list(pointer, list)
		default:
			m.fact(pointer, said[pointer])
		}
	}
	m.refuted()
	m.withdrawn()
	for _, pointer := range m.gone {
		delete(m.facts, pointer)
	}
	maps.Copy(m.sources, object(q, "/evidence/sources"))
	evidence := map[string]any{"sources": m.sources, "facts": m.facts}
	if id := p.Document().Value("/evidence/default"); id != nil {
		evidence["default"] = id
	}
	root := document.With(p.Document().Root, append(m.changes, document.Change{Pointer: "/evidence", Value: evidence})...)
	for _, pointer := range m.gone {
		root = without(root, pointer)
	}
	return profile.Of(p.Document().With(root.(map[string]any), m.places), m.from)
}

// together is where a profile comes from that a descriptor was read with.
func together(o, q *origin.Origin) *origin.Origin {
	out := *q
	if o == nil {
		o = &origin.Origin{Title: "a profile"}
	}
	out.Title = o.Title + " and " + q.Title
	out.Files = slices.Concat(o.Files, q.Files)
	out.Notes = slices.Concat(o.Notes, q.Notes)
	out.Contradictions = slices.Clone(o.Contradictions)
	return &out
}

// changed notes the files that are no longer what the profile was made of.
func (m *merge) changed() {
	for _, f := range m.q.Origin.Files {
		for _, id := range slices.Sorted(maps.Keys(m.sources)) {
			s, _ := m.sources[id].(map[string]any)
			if s["url"] == f.Source && s["digest"] != nil && s["digest"] != f.Digest {
				at := m.p.Position(document.Join("/evidence/sources", id) + "/digest")
				m.from.Notes = append(m.from.Notes, origin.Note{Kind: origin.Changed, Source: m.p.Source, Line: at.Line, Column: at.Column,
					Message: f.Source + " is not the file any more that the profile was made of"})
				break
			}
		}
	}
	m.from.Sort()
}

// pair finds the tools of the descriptor in the profile, and adds those it has not.
func (m *merge) pair() {
	tools, _ := m.p.Document().Value("/tools").([]any)
	tools = slices.Clone(tools)
	known, all := len(tools), m.p.Facts.Tools.Closed()
	for i, t := range m.q.Facts.Tools.Items {
		at := slices.IndexFunc(m.p.Facts.Tools.Items, func(u profile.Tool) bool { return u.ID.Value == t.ID.Value })
		if at < 0 {
			at = len(tools)
			tools = append(tools, map[string]any{"id": t.ID.Value})
		}
		m.tools[i] = at
	}
	if len(tools) == known {
		return
	}
	m.changes = append(m.changes, document.Change{Pointer: "/tools", Value: tools})
	for i, at := range m.tools {
		if at >= known {
			id := document.JoinIndex("/tools", at) + "/id"
			m.take(document.JoinIndex("/tools", i)+"/id", id, nil)
			m.places[document.JoinIndex("/tools", at)] = m.place(document.JoinIndex("/tools", i))
		}
	}
	if all {
		m.gone = append(m.gone, "/tools_complete")
		m.differ("/tools", len(m.p.Facts.Tools.Items), len(tools), m.q.Facts.Tools.Pointer, true)
	}
}

// target is where what the descriptor says at a pointer is in the profile.
func (m *merge) target(pointer string) string {
	list, rest := document.Cut(pointer)
	if list != "tools" || rest == "" {
		return pointer
	}
	index, rest := document.Cut(rest)
	i, _ := document.Index(index, len(m.q.Facts.Tools.Items))
	return document.JoinIndex("/tools", m.tools[i]) + rest
}

// fact merges a value that is no list.
func (m *merge) fact(pointer string, v any) {
	at := m.target(pointer)
	was := m.p.Document().Value(at)
	of, _ := profile.TypeOf(at)
	switch {
	case was == nil, was == profile.Optional:
		m.take(pointer, at, v)
	case reflect.DeepEqual(was, v):
		if m.better(pointer, at) {
			m.take(pointer, at, v)
		}
	case m.read(at), m.configured(pointer):
		m.take(pointer, at, v)
		m.differ(at, was, v, pointer, of.Safer.Favours(was) && !of.Safer.Favours(v))
	case m.words(pointer): // beside what is no worse evidence
		flatters, refuted := of.Safer.Favours(was), m.p.Assurance(at) != profile.Assurances()[0]
		m.differ(at, was, v, pointer, flatters != of.Safer.Favours(v) && (flatters || refuted))
	}
}

// list merges a list of words: what one of both has is there.
func (m *merge) list(pointer string, v []any) {
	at := m.target(pointer)
	if pointer == "/tools" {
		return // a descriptor without any
	}
	was, stated := m.p.Document().Value(at).([]any)
	missing := slices.DeleteFunc(slices.Clone(v), func(w any) bool { return slices.Contains(was, w) })
	complete, said := at+"_complete", m.q.Document().Value(pointer+"_complete")
	all := m.p.Document().Value(complete) == true
	switch {
	case !stated || m.read(at):
		m.take(pointer, at, v)
		for i := range v {
			m.places[document.JoinIndex(at, i)] = m.place(document.JoinIndex(pointer, i))
		}
		if said != nil {
			m.take(pointer+"_complete", complete, said)
		} else if all {
			m.gone = append(m.gone, complete)
		}
		if stated && len(missing) > 0 {
			m.differ(at, was, v, pointer, true)
		}
	case len(missing) > 0 && (!all || m.configured(pointer)):
		m.changes = append(m.changes, document.Change{Pointer: at, Value: slices.Concat(was, missing)})
		for i, w := range missing {
			m.places[document.JoinIndex(at, len(was)+i)] = m.place(document.JoinIndex(pointer, slices.Index(v, w)))
		}
		if all {
			m.gone = append(m.gone, complete)
			m.differ(at, was, v, pointer, true)
		}
	}
}

// take has what the descriptor says at a pointer count in the profile.
func (m *merge) take(pointer, at string, v any) {
	if v != nil {
		m.changes = append(m.changes, document.Change{Pointer: at, Value: v})
	}
	m.places[at] = m.place(pointer)
	m.facts[at] = m.q.Sources(pointer)
}

func (m *merge) place(pointer string) document.Place { return placeOf(m.q, pointer) }

func placeOf(p *profile.Profile, pointer string) document.Place {
	source := p.Elsewhere(pointer)
	if source == "" {
		source = p.Source
	}
	return document.Place{Source: source, Position: p.Position(pointer)}
}

// read tells whether the profile has a fact from the files of the descriptor alone.
func (m *merge) read(at string) bool {
	ids := m.p.Sources(at)
	return len(ids) > 0 && !slices.ContainsFunc(ids, func(id any) bool {
		s, _ := m.sources[id.(string)].(map[string]any)
		return !slices.ContainsFunc(m.q.Origin.Files, func(f origin.File) bool { return f.Source == s["url"] })
	})
}

// configured tells whether the host acts on what the descriptor says.
func (m *merge) configured(pointer string) bool {
	return m.q.Assurance(pointer) != profile.Assurances()[0]
}

// words tells whether the descriptor says a fact in words only.
func (m *merge) words(pointer string) bool {
	return slices.ContainsFunc(m.q.Sources(pointer), func(id any) bool {
		s, _ := object(m.q, "/evidence/sources")[id.(string)].(map[string]any)
		return s["kind"] == string(draft.Claimed)
	})
}

// better tells whether the descriptor is the better evidence of what both say.
func (m *merge) better(pointer, at string) bool {
	rank := func(p *profile.Profile, at string) int { return slices.Index(profile.Assurances(), p.Assurance(at)) }
	return m.read(at) || rank(m.q, pointer) > rank(m.p, at)
}

// object is a copy of an object of a profile, empty where there is none.
func object(p *profile.Profile, pointer string) map[string]any {
	v, _ := p.Document().Value(pointer).(map[string]any)
	out := maps.Clone(v)
	if out == nil {
		out = map[string]any{}
	}
	return out
}

// without returns a JSON value without what a pointer leads to.
func without(root any, pointer string) any {
	above, name := pointer[:strings.LastIndexByte(pointer, '/')], pointer[strings.LastIndexByte(pointer, '/')+1:]
	parent := (&document.Document{Root: root.(map[string]any)}).Value(above)
	in, ok := parent.(map[string]any)
	if !ok {
		return root
	}
	in = maps.Clone(in)
	delete(in, name)
	return document.With(root, document.Change{Pointer: above, Value: in})
}
