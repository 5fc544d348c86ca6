package profile

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/document"
)

// sources has one source of every assurance; n has none stated, f is as good as
// v and read in 2026.
const sources = "evidence:\n  sources:\n    c: {kind: listing, assurance: claimed}\n    n: {kind: listing}\n" +
	"    d: {kind: document, assurance: documented}\n    a: {kind: attestation, assurance: attested}\n    v: {kind: test, assurance: verified}\n" +
	"    f: {kind: test, assurance: verified, retrieved: 2026-01-01}\n    old: {kind: test, assurance: verified, retrieved: 2025-12-31}\n"

var firstOfFebruary = time.Date(2026, time.February, 1, 0, 0, 0, 0, time.UTC)

// dropped gives discounted facts as one text, a fact per line.
func dropped(d []Discounted) string {
	lines := make([]string, len(d))
	for i, f := range d {
		lines[i] = f.Fact + ": " + f.Why
	}
	return strings.Join(lines, "\n")
}

func TestDemand(t *testing.T) {
	attested := Demand{Minimum: "attested"}
	month := Demand{MaxAge: 31, At: firstOfFebruary}
	for name, c := range map[string]struct {
		facts, evidence string
		demand          Demand
		left, dropped   string
	}{
		"assurance above":                  {"model: {card: true}", "default: v", attested, "/model/card", ""},
		"assurance exact":                  {"model: {card: true}", "default: a", attested, "/model/card", ""},
		"assurance below":                  {"model: {card: true}", "default: d", attested, "", "/model/card: documented, expected attested or better"},
		"assurance not stated":             {"model: {card: true}", "default: n", attested, "", "/model/card: claimed, expected attested or better"},
		"no evidence at all":               {"model: {card: true}", "", attested, "", "/model/card: claimed, expected attested or better"},
		"best of several sources":          {"model: {card: true}", "facts: {/model/card: [c, v, d]}", attested, "/model/card", ""},
		"false is a fact":                  {"model: {card: false}", "default: d", attested, "", "/model/card: documented, expected attested or better"},
		"zero is a fact":                   {"model: {provider_retention: 0}", "default: d", attested, "", "/model/provider_retention: documented, expected attested or better"},
		"longest pointer wins, downwards":  {"model: {card: true, name: x}", "default: v\n  facts: {/model: v, /model/card: d}", attested, "/model/name", "/model/card: documented, expected attested or better"},
		"longest pointer wins, upwards":    {"model: {card: true, name: x}", "default: d\n  facts: {/model: d, /model/card: v}", attested, "/model/card", "/model/name: documented, expected attested or better"},
		"pointers end at a slash":          {"tools: [{id: t, publisher: x, publisher_verified: true}]", "default: v\n  facts: {/tools/0/publisher: d}", attested, "/tools /tools/0/id /tools/0/publisher_verified", "/tools/0/publisher: documented, expected attested or better"},
		"facts before default":             {"model: {card: true, name: x}\nmemory: {expiry: true}", "default: v\n  facts: {/model: c}", attested, "/memory/expiry", "/model/card: claimed, expected attested or better\n/model/name: claimed, expected attested or better"},
		"age at the boundary":              {"model: {card: true}", "default: f", month, "/model/card", ""},
		"age a day more":                   {"model: {card: true}", "default: old", month, "", "/model/card: 32 days old, expected at most 31"},
		"age at the end of the last day":   {"model: {card: true}", "default: f", Demand{MaxAge: 31, At: firstOfFebruary.Add(24*time.Hour - 1)}, "/model/card", ""},
		"age without a day":                {"model: {card: true}", "default: v", month, "", "/model/card: no day of retrieval, expected at most 31 days of age"},
		"age of the author's claim":        {"model: {card: true}", "", month, "", "/model/card: no day of retrieval, expected at most 31 days of age"},
		"age asked of a claim":             {"model: {card: true}", "default: f", Demand{Minimum: "claimed", MaxAge: 30, At: firstOfFebruary}, "", "/model/card: 31 days old, expected at most 30"},
		"one source must be good and new":  {"model: {card: true}", "facts: {/model: [v, c]}", Demand{Minimum: "verified", MaxAge: 31, At: firstOfFebruary}, "", "/model/card: claimed, expected verified or better"},
		"good, old and new sources":        {"model: {card: true}", "facts: {/model: [old, f]}", Demand{Minimum: "verified", MaxAge: 31, At: firstOfFebruary}, "/model/card", ""},
		"list loses an item":               {"data: {classes: [pii, hr], classes_complete: true}", "default: v\n  facts: {/data/classes/0: c}", attested, "/data/classes /data/classes/0", "/data/classes/0: claimed, expected attested or better"},
		"list keeps all":                   {"data: {classes: [pii, hr], classes_complete: true}", "default: v", attested, "/data/classes /data/classes/0 /data/classes/1 /data/classes_complete", ""},
		"list wholly lost":                 {"data: {classes: [pii, hr], classes_complete: true, deletion: true}", "default: v\n  facts: {/data/classes: c}", attested, "/data/deletion", "/data/classes/0: claimed, expected attested or better\n/data/classes/1: claimed, expected attested or better"},
		"complete alone is lost":           {"data: {classes: [pii], classes_complete: true}", "default: v\n  facts: {/data/classes_complete: c}", attested, "/data/classes /data/classes/0", "/data/classes_complete: claimed, expected attested or better"},
		"declared none kept":               {"tools: []\ntools_complete: true", "default: v", attested, "/tools /tools_complete", ""},
		"declared none lost":               {"tools: []\ntools_complete: true", "default: v\n  facts: {/tools: c}", attested, "", "/tools: claimed, expected attested or better"},
		"tool loses a fact":                {"tools: [{id: t, pinned: true}]\ntools_complete: true", "default: v\n  facts: {/tools/0/pinned: c}", attested, "/tools /tools/0/id /tools_complete", "/tools/0/pinned: claimed, expected attested or better"},
		"tool loses its id":                {"tools: [{id: t, pinned: true}, {id: u}]\ntools_complete: true", "default: v\n  facts: {/tools/0/id: c}", attested, "/tools /tools/0/id", "/tools/0/id: claimed, expected attested or better"},
		"every tool loses its id":          {"tools: [{id: t, pinned: true}]\ntools_complete: true", "default: v\n  facts: {/tools/0/id: c}", attested, "", "/tools/0/id: claimed, expected attested or better"},
		"certification loses its id":       {"compliance: {certifications: [{id: soc2, scope: true}], certifications_complete: true, owner: true}", "default: v\n  facts: {/compliance/certifications/0/id: c}", attested, "/compliance/owner", "/compliance/certifications/0/id: claimed, expected attested or better"},
		"inner list opens, outer does not": {"tools: [{id: t, access: [read, pay], access_complete: true}]\ntools_complete: true", "default: v\n  facts: {/tools/0/access/1: c}", attested, "/tools /tools/0/access /tools/0/access/0 /tools/0/id /tools_complete", "/tools/0/access/1: claimed, expected attested or better"},
		"section wholly lost":              {"execution: {sandbox: {present: true}}", "default: c", attested, "", "/execution/sandbox/present: claimed, expected attested or better"},
		"tenth item after the second":      {"data: {classes: [public, internal, pii, phi, financial, credentials, source_code, email, crm, hr, legal]}", "default: v\n  facts: {/data/classes/10: c, /data/classes/2: c}", attested, "/data/classes /data/classes/0 /data/classes/1 /data/classes/2 /data/classes/3 /data/classes/4 /data/classes/5 /data/classes/6 /data/classes/7 /data/classes/8", "/data/classes/2: claimed, expected attested or better\n/data/classes/10: claimed, expected attested or better"},
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, head+c.facts+"\n"+sources+"  "+c.evidence+"\n")
			before, digest := pointers(t, p), p.Digest()
			q, d := p.Demand(c.demand)
			if got := pointers(t, q); got != c.left {
				t.Errorf("left:\ngot  %s\nwant %s", got, c.left)
			}
			if got := dropped(d); got != c.dropped {
				t.Errorf("discounted:\ngot\n%s\nwant\n%s", got, c.dropped)
			}
			if pointers(t, p) != before || p.Digest() != digest {
				t.Error("the profile itself was changed")
			}
			// Metadata and scoring are no facts, evidence says where they come from.
			for _, key := range []string{"apiVersion", "kind", "metadata", "evidence"} {
				if !reflect.DeepEqual(q.Input()[key], p.Input()[key]) {
					t.Errorf("%s changed to %v", key, q.Input()[key])
				}
			}
		})
	}
}

// TestDemandKeepsScoring: what an assessor decided needs no evidence.
func TestDemandKeepsScoring(t *testing.T) {
	p := load(t, head+"model: {card: true}\nscoring: {cvss: 5}")
	q, _ := p.Demand(Demand{Minimum: "verified"})
	if q.Scoring.CVSS.Text != "5" || q.Input()["scoring"] == nil {
		t.Errorf("got %+v", q.Scoring)
	}
}

func TestZeroDemandIsTheSameProfile(t *testing.T) {
	p := load(t, head+"model: {card: true}")
	for _, d := range []Demand{{}, {Minimum: "claimed"}, {At: firstOfFebruary}} {
		if q, discounted := p.Demand(d); q != p || discounted != nil {
			t.Errorf("%+v: got %p, want %p; %v", d, q, p, discounted)
		}
	}
}

// TestPointersAfterDemand: pointers count what is left, places and evidence stay
// those of the source.
func TestPointersAfterDemand(t *testing.T) {
	const in = head + `tools:
  - id: weak
    pinned: true
  - id: first
    access: [read, write, pay]
    scopes: [x]
  - id: weak too
  - id: second
    kind: mcp
data: {classes: [pii, hr]}
` + sources + `  default: d
  facts: {/tools/0: c, /tools/1/access/0: c, /tools/2: n, /tools/3/kind: [c, v]}
`
	q, _ := load(t, in).Demand(Demand{Minimum: "documented"})
	want := "/data/classes /data/classes/0 /data/classes/1 /tools /tools/0/access /tools/0/access/0 /tools/0/access/1 " +
		"/tools/0/id /tools/0/scopes /tools/0/scopes/0 /tools/1/id /tools/1/kind"
	if got := pointers(t, q); got != want {
		t.Fatalf("got  %s\nwant %s", got, want)
	}
	if q.Facts.Tools.Items[0].ID.Value != "first" || q.Facts.Tools.Items[0].Access.Items[1].Value != "pay" || q.Facts.Tools.Items[1].ID.Value != "second" {
		t.Errorf("got %+v", q.Facts.Tools.Items)
	}
	for pointer, c := range map[string]struct {
		original  string
		at        document.Position
		assurance string
	}{
		"/tools/0/id":       {"/tools/1/id", document.Position{Line: 7, Column: 5}, "documented"},
		"/tools/0/access/0": {"/tools/1/access/1", document.Position{Line: 8, Column: 20}, "documented"},
		"/tools/0/access/1": {"/tools/1/access/2", document.Position{Line: 8, Column: 27}, "documented"},
		"/tools/0/scopes/0": {"/tools/1/scopes/0", document.Position{Line: 9, Column: 14}, "documented"},
		"/tools/0/signed":   {"/tools/1/signed", document.Position{Line: 7, Column: 5}, "documented"}, // absent: the tool
		"/tools/1":          {"/tools/3", document.Position{Line: 11, Column: 5}, "documented"},
		"/tools/1/kind":     {"/tools/3/kind", document.Position{Line: 12, Column: 5}, "verified"},
		"/tools":            {"/tools", document.Position{Line: 4, Column: 1}, "documented"},
		"/data/classes/1":   {"/data/classes/1", document.Position{Line: 13, Column: 23}, "documented"},
	} {
		if got := q.Original(pointer); got != c.original {
			t.Errorf("Original(%s) = %s, want %s", pointer, got, c.original)
		}
		if got := q.Position(pointer); got != c.at {
			t.Errorf("Position(%s) = %v, want %v", pointer, got, c.at)
		}
		if got := q.Assurance(pointer); got != c.assurance {
			t.Errorf("Assurance(%s) = %s, want %s", pointer, got, c.assurance)
		}
	}
	if got, want := q.Errorf("/tools/1/kind", "no %s", "good").Error(), "f:12:5: tools[3].kind: no good"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAssurance(t *testing.T) {
	p := load(t, head+"model: {card: true, name: x, hosting: on_device, fine_tuned: true}\n"+sources+"  facts: {/model: a, /model/card: n, /model/name: [d, c]}\n")
	for pointer, want := range map[string]string{
		"/model/card": "claimed", "/model/name": "documented", "/model/hosting": "attested", "/model/absent": "attested", "/memory/expiry": "claimed",
	} {
		if got := p.Assurance(pointer); got != want {
			t.Errorf("Assurance(%s) = %s, want %s", pointer, got, want)
		}
	}
}
