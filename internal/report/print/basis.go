package print

import (
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/verdict"
)

// Basis says in a sentence what a verdict rests on: how many facts, how good their
// evidence is, and whether anybody judged now. Of a former verdict it may be "".
func Basis(v *verdict.Verdict) string {
	said := facts(v.Basis)
	if v.Recorded != "" {
		said = strings.TrimPrefix(fmt.Sprintf("%s; as recorded in %s, not judged here", said, v.Recorded), "; ")
	}
	return said
}

func facts(b *verdict.Basis) string {
	switch {
	case b == nil || b.Applicable == 0:
		return ""
	case b.Disclosed == 0:
		return fmt.Sprintf("rests on silence: none of %d facts is disclosed", b.Applicable)
	}
	lead := "rests on"
	if b.Disclosed*10 < b.Applicable {
		lead = "nearly silent: rests on"
	}
	if b.Claimed == b.Disclosed {
		return fmt.Sprintf("%s claims alone: %d of %d facts disclosed", lead, b.Disclosed, b.Applicable)
	}
	var by []string
	for _, of := range []struct {
		n    int
		what string
	}{{b.Verified, "verified"}, {b.Attested, "attested"}, {b.Documented, "documented"}, {b.Claimed, "claimed"}} {
		if of.n > 0 {
			by = append(by, fmt.Sprintf("%d %s", of.n, of.what))
		}
	}
	return fmt.Sprintf("%s %d of %d facts: %s", lead, b.Disclosed, b.Applicable, strings.Join(by, ", "))
}
