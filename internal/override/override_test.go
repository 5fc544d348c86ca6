package override

import (
	"reflect"
	"testing"

	"github.com/audition-dev/audition/internal/document"
)

func TestScoring(t *testing.T) {
	docs, err := document.Read("f", []byte(`
scoring:
  cvss: CVSS:4.0/AV:N
  threat: {value: 0.97, because: seen}
  factors: {zeta: 1, alpha: {value: 0.50, because: why}, "a/b": 0}
`))
	if err != nil {
		t.Fatal(err)
	}
	s := Read(docs[0], "")
	want := Scoring{
		CVSS:       Estimate{Name: "cvss", Pointer: "/scoring/cvss", Text: "CVSS:4.0/AV:N"},
		Threat:     Estimate{Name: "threat", Pointer: "/scoring/threat", Text: "0.97", Number: true, Because: "seen"},
		Mitigation: Estimate{Name: "mitigation", Pointer: "/scoring/mitigation"},
		Factors: []Estimate{
			{Name: "a/b", Pointer: "/scoring/factors/a~1b", Text: "0", Number: true},
			{Name: "alpha", Pointer: "/scoring/factors/alpha", Text: "0.50", Number: true, Because: "why"},
			{Name: "zeta", Pointer: "/scoring/factors/zeta", Text: "1", Number: true},
		},
	}
	if s = plain(s); !reflect.DeepEqual(s, want) {
		t.Errorf("got  %+v\nwant %+v", s, want)
	}
}

// plain is a scoring without where it stands.
func plain(s Scoring) Scoring {
	for _, e := range []*Estimate{&s.CVSS, &s.Threat, &s.Mitigation} {
		e.doc = nil
	}
	for i := range s.Factors {
		s.Factors[i].doc = nil
	}
	return s
}
