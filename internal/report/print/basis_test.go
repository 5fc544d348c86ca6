package print

import (
	"testing"

	"github.com/audition-dev/audition/internal/verdict"
)

func TestBasis(t *testing.T) {
	for _, c := range []struct {
		basis *verdict.Basis
		want  string
	}{
		{nil, ""},
		{&verdict.Basis{Applicable: 92}, "rests on silence: none of 92 facts is disclosed"},
		{&verdict.Basis{Applicable: 92, Disclosed: 9, Claimed: 9}, "nearly silent: rests on claims alone: 9 of 92 facts disclosed"},
		{&verdict.Basis{Applicable: 90, Disclosed: 9, Claimed: 9}, "rests on claims alone: 9 of 90 facts disclosed"},
		{&verdict.Basis{Applicable: 90, Disclosed: 40, Claimed: 9, Documented: 30, Verified: 1}, "rests on 40 of 90 facts: 1 verified, 30 documented, 9 claimed"},
	} {
		if got := Basis(&verdict.Verdict{Basis: c.basis}); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	v := verdict.Verdict{Recorded: "v.json"}
	if got := Basis(&v); got != "as recorded in v.json, not judged here" {
		t.Error(got)
	}
	v.Basis = &verdict.Basis{Applicable: 92}
	if got := Basis(&v); got != "rests on silence: none of 92 facts is disclosed; as recorded in v.json, not judged here" {
		t.Error(got)
	}
}
