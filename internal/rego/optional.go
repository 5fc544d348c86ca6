package rego

import (
	"fmt"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
)

// withOptional returns the message of a finding with what of its facts and
// controls is optional. A gap that leaves nothing else open says that alone: to say
// that nothing is disclosed would be false.
func (r reader) withOptional(f maestro.Finding) string {
	var optional []string
	open := 0
	for _, fact := range distinct(slices.Concat(f.Facts, f.Controls)) {
		if r.profile.IsOptional(fact) {
			optional = append(optional, document.PathOf(r.profile.Original(fact)))
		} else if _, disclosed := r.profile.Lookup(fact); !disclosed {
			open++
		}
	}
	list := strings.Join(optional, ", ")
	switch {
	case list == "":
		return f.Message
	case f.Rule.Kind == maestro.Gap && open == 0:
		return fmt.Sprintf("Optional, so up to whoever deploys it: %s.", list)
	}
	return fmt.Sprintf("%s; optional: %s.", strings.TrimSuffix(f.Message, "."), list)
}
