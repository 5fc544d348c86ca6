package format

import (
	"cmp"
	"encoding/json"
	slash "path"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/origin"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// spot is a place in a profile, both counted from 1. Source is the file where it is
// another than that of the profile.
type spot struct {
	source       string
	line, column int
}

func (s spot) before(t spot) bool {
	return cmp.Or(cmp.Compare(s.source, t.source), cmp.Compare(s.line, t.line), cmp.Compare(s.column, t.column)) < 0
}

// spots are where a profile begins to say something, by JSON pointer of a fact
// or of what it is in.
type spots map[string]spot

// spotsOf gathers every place that a verdict names. A profile that is alone in its
// file begins where that does.
func spotsOf(v *verdict.Verdict, alone bool) spots {
	s := spots{}
	if alone {
		s[""] = spot{line: 1, column: 1}
	}
	for _, f := range v.Findings {
		s.add(f.Facts...)
	}
	for _, r := range v.Reasons {
		s.add(r.Facts...)
	}
	for _, f := range v.Score.Factors {
		for _, b := range f.Because {
			s.add(verdict.Fact{Pointer: b.Fact, Source: b.Source, Line: b.Line})
		}
	}
	for _, d := range v.Discounted {
		s.add(verdict.Fact{Pointer: d.Fact, Source: d.Source, Line: d.Line})
	}
	return s
}

func (s spots) add(facts ...verdict.Fact) {
	for _, f := range facts {
		if f.Line < 1 || !strings.HasPrefix(f.Pointer, "/") {
			continue
		}
		at := spot{f.Source, f.Line, max(f.Column, 1)}
		for p := f.Pointer; ; p = parent(p) {
			if known, ok := s[p]; !ok || at.before(known) {
				s[p] = at
			}
			if p == "" {
				break
			}
		}
	}
}

// of is the place of a fact. One that is not disclosed has none: it would stand
// in the nearest section of which the verdict names a fact.
func (s spots) of(f verdict.Fact) spot {
	if f.Disclosed && f.Line > 0 {
		return spot{f.Source, f.Line, max(f.Column, 1)}
	}
	for p := f.Pointer; ; p = parent(p) {
		if at, ok := s[p]; ok {
			return at
		}
		if p == "" {
			return spot{line: 1, column: 1}
		}
	}
}

// noted is where a note of a descriptor stands.
func noted(n origin.Note) spot { return spot{n.Source, max(n.Line, 1), max(n.Column, 1)} }

// main is where a finding is shown, and the index of the fact that stands there:
// the first that is disclosed.
func (s spots) main(f verdict.Finding) (spot, int) {
	for i, fact := range f.Facts {
		if fact.Disclosed {
			return s.of(fact), i
		}
	}
	if len(f.Facts) > 0 {
		return s.of(f.Facts[0]), 0
	}
	return s.of(verdict.Fact{}), -1
}

// parent is the pointer without its last token.
func parent(pointer string) string { return pointer[:max(strings.LastIndexByte(pointer, '/'), 0)] }

// file is the path of a profile as tools compare it.
func file(source string) string {
	if source == "-" || source == "" {
		return "stdin"
	}
	return slash.Clean(source)
}

// stated is what the profile says of a fact.
func stated(f verdict.Fact) string {
	if f.Moot {
		return print.Path(f.Pointer) + " not applicable"
	}
	if !f.Disclosed {
		return print.Path(f.Pointer) + " not disclosed"
	}
	said, isText := f.Value.(string)
	if !isText {
		text, _ := json.Marshal(f.Value)
		said = string(text)
	}
	return print.Path(f.Pointer) + ": " + document.Clip(said)
}

// weight is the severity by which a finding is shown where a format has no word
// for one that counts for nothing: at most medium.
func weight(f verdict.Finding) maestro.Severity {
	if f.Action != "" && f.Severity.Rank() < maestro.Medium.Rank() {
		return maestro.Medium
	}
	return f.Severity
}
