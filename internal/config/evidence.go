package config

import (
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/suggest"
)

// demanding holds that the higher assurance is the stricter; none is claimed.
// More is never laxer, since what speaks against an agent needs no evidence.
func demanding(a, b any) int { return assurance(a) - assurance(b) }

func assurance(v any) int {
	s, _ := v.(string)
	return max(0, slices.Index(profile.Assurances(), s))
}

// fewer holds that who vouches for less is the stricter.
func fewer(a, b any) int { return covers(vouches(b), vouches(a), vouchedBy) }

func vouchedBy(a, b profile.Vouch) bool {
	return a.Source == b.Source && (a.Agent == b.Agent || b.Agent == "") && assurance(a.UpTo) <= assurance(b.UpTo)
}

// higher holds that the floor that asks for more is the stricter.
func higher(a, b any) int { return covers(floor(a), floor(b), metBy) }

// metBy tells whether what an entry asks is asked by another too: the other has
// no fact that would be enough for it and not for this one.
func metBy(a, b []string) bool {
	return !slices.ContainsFunc(b, func(fact string) bool {
		return !slices.ContainsFunc(a, func(wide string) bool { return document.Within(fact, wide) })
	})
}

// covers compares two lists: positive when every item of b is within one of a and
// not the other way round, 0 when they cover each other, negative otherwise.
func covers[T any](a, b []T, within func(item, of T) bool) int {
	all := func(items, of []T) bool {
		return !slices.ContainsFunc(items, func(x T) bool {
			return !slices.ContainsFunc(of, func(y T) bool { return within(x, y) })
		})
	}
	switch {
	case !all(b, a):
		return -1
	case all(a, b):
		return 0
	}
	return 1
}

// vouches reads assurance.vouched, whose shape the schema has checked.
func vouches(v any) (out []profile.Vouch) {
	items, _ := v.([]any)
	for _, item := range items {
		out = append(out, profile.Vouch{Source: member(item, "source"), Agent: member(item, "agent"), UpTo: member(item, "up_to")})
	}
	return out
}

// floor reads disclosure.floor: an entry is one fact, or several of which one is
// enough.
func floor(v any) (out [][]string) {
	items, _ := v.([]any)
	for _, item := range items {
		var entry []string
		alternatives, ok := item.([]any)
		if !ok {
			alternatives = []any{item}
		}
		for _, fact := range alternatives {
			s, _ := fact.(string)
			entry = append(entry, s)
		}
		out = append(out, entry)
	}
	return out
}

// checkEvidence reports what a schema cannot say about assurance and disclosure.
func (l *Layer) checkEvidence() error {
	for at, item := range l.items("/assurance/vouched") {
		source := member(item, "source")
		if isID := !strings.Contains(source, "://") && !strings.HasPrefix(source, "sha256:"); isID && member(item, "agent") == "" {
			return l.errorf(at, "expected agent beside the id of a source: every profile can call a source %s", document.Clip(source))
		}
	}
	for at, item := range l.items("/disclosure/floor") {
		for _, fact := range floor([]any{item})[0] {
			if !profile.Known(fact) || strings.Contains(profile.General(fact), "*") {
				return l.errorf(at, "%s is no fact or section of a profile%s", document.Clip(fact), suggest.DidYouMean(fact, sections()))
			}
		}
	}
	return nil
}

// sections are the pointers that a floor can name.
func sections() (out []string) {
	for _, pointer := range profile.Pointers() {
		for p := pointer; p != "" && !strings.Contains(pointer, "*"); p = p[:strings.LastIndexByte(p, '/')] {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
