package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/suggest"
)

// Selector names rules. The forms, the most specific first:
//
//	L4/egress-open     one rule
//	L4/*, org.acme/*   the rules of a folder; of an organisation's package and
//	                   those below it, the longer the more specific
//	@production        the rules of a collection
//	kind:gap           the rules of a kind
//	*                  all
type Selector struct {
	text  string
	class int
	// name is the part that differs between selectors of a class.
	name string
}

// The classes of selectors, the least specific first.
const (
	everything = iota
	ofKind
	ofCollection
	ofFolder
	oneRule
)

// ParseSelector reads a selector. It is an error if it has none of the forms.
func ParseSelector(text string) (Selector, error) {
	s := Selector{text: text, class: oneRule, name: text}
	switch {
	case text == "*":
		s.class = everything
	case strings.HasPrefix(text, "@"):
		s.class, s.name = ofCollection, text[1:]
	case strings.HasPrefix(text, "kind:"):
		s.class, s.name = ofKind, strings.TrimPrefix(text, "kind:")
		if !slices.Contains(maestro.Kinds(), maestro.Kind(s.name)) {
			var kinds []string
			for _, k := range maestro.Kinds() {
				kinds = append(kinds, string(k))
			}
			return s, fmt.Errorf("unknown kind %q%s", s.name, suggest.DidYouMean(s.name, kinds))
		}
	case strings.HasSuffix(text, "/*"):
		s.class, s.name = ofFolder, strings.TrimSuffix(text, "/*")
	}
	if s.name == "" || strings.ContainsAny(s.name, "* ") && s.class != everything || s.class == oneRule && !strings.Contains(text, "/") {
		return s, fmt.Errorf("expected a rule such as L4/egress-open, L4/*, org.acme/*, @collection, kind:gap or *, got %q", text)
	}
	return s, nil
}

// String returns the selector as it was written.
func (s Selector) String() string { return s.text }

func (s Selector) matches(r maestro.Rule) bool {
	switch s.class {
	case everything:
		return true
	case ofKind:
		return string(r.Kind) == s.name
	case ofCollection:
		return slices.Contains(r.Collections, s.name)
	case ofFolder:
		folder, _, _ := strings.Cut(r.ID, "/")
		return folder == s.name || strings.HasPrefix(folder, s.name+".")
	}
	return r.ID == s.name
}

// compare orders selectors that match the same rule: positive when s is the more
// specific one.
func (s Selector) compare(t Selector) int {
	if s.class != ofFolder || t.class != ofFolder {
		return cmp.Compare(s.class, t.class)
	}
	return cmp.Compare(len(s.name), len(t.name))
}

// unmatched says what a selector that matches no rule may have meant.
func (s Selector) unmatched(rules []maestro.Rule) string {
	var candidates []string
	for _, r := range rules {
		folder, _, _ := strings.Cut(r.ID, "/")
		candidates = append(candidates, r.ID, folder+"/*")
		for _, c := range r.Collections {
			candidates = append(candidates, "@"+c)
		}
	}
	slices.Sort(candidates)
	meant := suggest.Closest(s.text, slices.Compact(candidates))
	if meant == "" {
		return fmt.Sprintf("%s selects no rule; audition rules lists them", s.text)
	}
	return fmt.Sprintf("%s selects no rule, did you mean %q?", s.text, meant)
}
