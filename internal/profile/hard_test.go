package profile

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
)

// TestWholeNumbers: JSON Schema calls 1.0 an integer. Input and Facts must not
// disagree about it; to refuse it is fine.
func TestWholeNumbers(t *testing.T) {
	for _, n := range []string{"30.0", "3e1", "1e30", "0e0"} {
		profiles, err := Load("f", []byte(head+"model: {provider_retention: "+n+"}"))
		if err != nil {
			continue
		}
		if f := profiles[0].Facts.Model.ProviderRetention; !f.Disclosed {
			t.Errorf("%s is in Input and undisclosed in Facts", n)
		}
	}
}

// TestNamelessSourceIsNotTheAuthor: what no source stands behind stays a claim.
func TestNamelessSourceIsNotTheAuthor(t *testing.T) {
	for _, in := range []string{
		"evidence: {sources: {'': {kind: test, assurance: verified}}}",
		"evidence: {sources: {'': {kind: test, assurance: verified}, b: {kind: test}}, facts: {/model/card: b}}",
	} {
		profiles, err := Load("f", []byte(head+"model: {card: true, name: x}\n"+in))
		if err != nil {
			continue // refusing a source without a name is fine
		}
		if q, _, _ := profiles[0].Demand(Demand{Minimum: "verified"}); q.Facts.Model.Name.Disclosed {
			t.Errorf("%s: a claim of the author passes as verified", in)
		}
	}
}

// TestLostItemLeavesNoIndices: the item that takes the place of a lost one
// keeps its own place and evidence.
func TestLostItemLeavesNoIndices(t *testing.T) {
	p := load(t, head+"compliance:\n  certifications:\n    - {id: soc2, scope: true}\n    - {id: aiuc1, scope: true}\n"+sources+
		"  default: v\n  facts: {/compliance/certifications/0/id: c, /compliance/certifications/1/scope: a}\n")
	q, _, _ := p.Demand(Demand{Minimum: "attested", Vouched: vouched})
	if got, want := q.Original("/compliance/certifications/0/scope"), "/compliance/certifications/1/scope"; got != want {
		t.Errorf("Original is %s, want %s", got, want)
	}
	if got := q.Assurance("/compliance/certifications/0/scope"); got != "attested" {
		t.Errorf("Assurance is %s, want attested", got)
	}
}

// TestDemandOfADemand: evidence is found by the pointer of the source the second time too.
func TestDemandOfADemand(t *testing.T) {
	p := load(t, head+"compliance: {certifications: [{id: soc2}, {id: aiuc1}, {id: hitrust}]}\n"+sources+
		"  facts: {/compliance/certifications/0: c, /compliance/certifications/1: d, /compliance/certifications/2: v}\n")
	q, _, _ := p.Demand(Demand{Minimum: "documented", Vouched: vouched})
	q, d, _ := q.Demand(Demand{Minimum: "verified", Vouched: vouched})
	if got, want := dropped(d), "/compliance/certifications/1/id: documented, expected verified or better"; got != want {
		t.Errorf("discounted %s, want %s", got, want)
	}
	if got, want := q.Original("/compliance/certifications/0/id"), "/compliance/certifications/2/id"; got != want {
		t.Errorf("Original is %s, want %s", got, want)
	}
}

// TestDemandLeavesNoEmptySection: a section of which nothing is left is undisclosed.
func TestDemandLeavesNoEmptySection(t *testing.T) {
	p := load(t, head+"compliance: {certifications: [{id: soc2}], certifications_complete: true}\n"+sources+"  facts: {/compliance/certifications_complete: v}\n")
	q, _, _ := p.Demand(Demand{Minimum: "verified", Vouched: vouched})
	if v, ok := q.Lookup("/compliance"); ok {
		t.Errorf("got %v", v)
	}
}

// TestEvidenceOfAnOtherSpelling: evidence for a pointer that RFC 6901 does not
// spell so would be accepted and never found, and the default stand in for it.
func TestEvidenceOfAnOtherSpelling(t *testing.T) {
	for _, pointer := range []string{"/tools/00", "/tools/+0/id", "/tools/-0"} {
		_, err := Load("f", []byte(head+"tools: [{id: a}]\nevidence: {default: s, sources: {s: {kind: test}}, facts: {"+pointer+": s}}"))
		if err == nil {
			t.Errorf("%s: accepted", pointer)
		}
	}
}

// TestSourceIDWithSlash: the error is at the source, not at all of them.
func TestSourceIDWithSlash(t *testing.T) {
	_, err := Load("f", []byte(head+"evidence: {sources: {a/b: {kind: test, retrieved: 2026-02-30}}}"))
	const want = `f:4:40: evidence.sources.a/b.retrieved: expected a day such as 2026-01-31, got "2026-02-30"`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// TestErrorsHaveOneOrder, also when aliases put several in one place.
func TestErrorsHaveOneOrder(t *testing.T) {
	var b strings.Builder
	for i := range 10 {
		fmt.Fprintf(&b, "s%d: *s, ", i)
	}
	in := []byte(head + "x-s: &s {kind: test, retrieved: 2026-02-30}\nevidence: {sources: {" + b.String() + "}}")
	_, first := Load("f", in)
	for range 10 {
		if _, err := Load("f", in); err.Error() != first.Error() {
			t.Fatalf("got\n%v\nand\n%v", first, err)
		}
	}
}

// TestRootErrorOfLaterDocument: what a later document lacks is not reported in the first.
func TestRootErrorOfLaterDocument(t *testing.T) {
	_, err := Load("f", []byte(head+"---\napiVersion: audition/v1\nkind: AgentProfile\n"))
	errs, ok := err.(document.Errors)
	if !ok || len(errs) != 1 || errs[0].Message != "expected metadata" || errs[0].Line < 4 {
		t.Errorf("got %v", err)
	}
}

// TestNullBelowXKey: what begins with x- is ignored with all that is below it.
func TestNullBelowXKey(t *testing.T) {
	for _, value := range []string{"1", "null"} {
		if _, err := Load("f", []byte(head+"evidence: {sources: {x-a: {b: "+value+"}}}")); err != nil {
			t.Errorf("%s: %v", value, err)
		}
	}
}

// TestTextsBehindAliasesAreBounded: 1000 aliases of one text of 20 kB are 20 MB of
// metadata. To refuse them is fine.
func TestTextsBehindAliasesAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "l%d: *s, ", i)
	}
	in := []byte("x-s: &s " + strings.Repeat("x", 20_000) + "\napiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a, labels: {" + b.String() + "}}\n")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Load("f", in)
	runtime.ReadMemStats(&after)
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 40 {
		t.Errorf("%d bytes took %d MB (error: %v)", len(in), mb, err)
	}
}
