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
		if q, _ := profiles[0].Demand(Demand{Minimum: "verified"}); q.Facts.Model.Name.Disclosed {
			t.Errorf("%s: a claim of the author passes as verified", in)
		}
	}
}

// TestLostToolLeavesNoIndices: the tool that takes the place of a lost one
// keeps its own indices, places and evidence.
func TestLostToolLeavesNoIndices(t *testing.T) {
	p := load(t, head+"tools:\n  - {id: t, access: [read, write]}\n  - {id: u, access: [pay, send]}\n"+sources+
		"  default: v\n  facts: {/tools/0/access/0: c, /tools/0/id: c, /tools/1/access/0: a}\n")
	q, _ := p.Demand(Demand{Minimum: "attested"})
	if got, want := q.Original("/tools/0/access/0"), "/tools/1/access/0"; got != want {
		t.Errorf("Original is %s, want %s", got, want)
	}
	if got := q.Assurance("/tools/0/access/0"); got != "attested" {
		t.Errorf("Assurance is %s, want attested", got)
	}
}

// TestDemandOfADemand: evidence is found by the pointer of the source the second time too.
func TestDemandOfADemand(t *testing.T) {
	p := load(t, head+"tools: [{id: t}, {id: u}, {id: w}]\n"+sources+"  facts: {/tools/0: c, /tools/1: d, /tools/2: v}\n")
	q, _ := p.Demand(Demand{Minimum: "documented"})
	q, d := q.Demand(Demand{Minimum: "verified"})
	if got, want := dropped(d), "/tools/1/id: documented, expected verified or better"; got != want {
		t.Errorf("discounted %s, want %s", got, want)
	}
	if got, want := q.Original("/tools/0/id"), "/tools/2/id"; got != want {
		t.Errorf("Original is %s, want %s", got, want)
	}
}

// TestDemandLeavesNoEmptySection: a section of which nothing is left is undisclosed.
func TestDemandLeavesNoEmptySection(t *testing.T) {
	p := load(t, head+"self_modification: {surfaces: [code], surfaces_complete: true}\n"+sources+"  facts: {/self_modification/surfaces_complete: v}\n")
	q, _ := p.Demand(Demand{Minimum: "verified"})
	if v, ok := q.Lookup("/self_modification"); ok {
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
