package profile

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/document"
)

// sources has one source of every assurance; n has none stated, f is as good as
// v and read in 2026. Who asks for vouched gets what they say of themselves.
const sources = "evidence:\n  sources:\n    c: {kind: listing, assurance: claimed}\n    n: {kind: listing}\n" +
	"    d: {kind: document, assurance: documented, digest: '" + digest + "'}\n    a: {kind: attestation, assurance: attested}\n    v: {kind: test, assurance: verified}\n" +
	"    f: {kind: test, assurance: verified, retrieved: 2026-01-01}\n    old: {kind: test, assurance: verified, retrieved: 2025-12-31}\n"

const digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

var vouched = []Vouch{{Source: "a", UpTo: "attested"}, {Source: "v", Agent: "a", UpTo: "verified"}, {Source: "f", UpTo: "verified"}, {Source: "old", UpTo: "verified"}}

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
	attested := Demand{Minimum: "attested", Vouched: vouched}
	month := Demand{MaxAge: 31, At: firstOfFebruary, Vouched: vouched}
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
		"against the agent":                {"model: {card: false, provider_retention: 30}", "default: d", attested, "/model/card /model/provider_retention", ""},
		"the safer values of several":      {"network: {egress: allowlist}\nsecrets: {storage: vault}\noversight: {approval: always}", "default: d", attested, "", "/network/egress: documented, expected attested or better\n/oversight/approval: documented, expected attested or better\n/secrets/storage: documented, expected attested or better"},
		"the other values of several":      {"network: {egress: open}\nsecrets: {storage: env}\noversight: {approval: risky}", "", attested, "/network/egress /oversight/approval /secrets/storage", ""},
		"zero is a fact":                   {"model: {provider_retention: 0}", "default: d", attested, "", "/model/provider_retention: documented, expected attested or better"},
		"longest pointer wins, downwards":  {"model: {card: true, name: x}", "default: v\n  facts: {/model: v, /model/card: d}", attested, "/model/name", "/model/card: documented, expected attested or better"},
		"longest pointer wins, upwards":    {"model: {card: true, name: x}", "default: d\n  facts: {/model: d, /model/card: v}", attested, "/model/card", "/model/name: documented, expected attested or better"},
		"pointers end at a slash":          {"tools: [{id: t, publisher: x, publisher_verified: true}]", "default: v\n  facts: {/tools/0/publisher: d}", attested, "/tools /tools/0/id /tools/0/publisher_verified", "/tools/0/publisher: documented, expected attested or better"},
		"facts before default":             {"model: {card: true, name: x}\nmemory: {expiry: true}", "default: v\n  facts: {/model: c}", attested, "/memory/expiry", "/model/card: claimed, expected attested or better\n/model/name: claimed, expected attested or better"},
		"age at the boundary":              {"model: {card: true}", "default: f", month, "/model/card", ""},
		"age a day more":                   {"model: {card: true}", "default: old", month, "", "/model/card: 32 days old, expected at most 31"},
		"age at the end of the last day":   {"model: {card: true}", "default: f", Demand{MaxAge: 31, At: firstOfFebruary.Add(24*time.Hour - 1), Vouched: vouched}, "/model/card", ""},
		"age without a day":                {"model: {card: true}", "default: v", month, "", "/model/card: no day of retrieval, expected at most 31 days of age"},
		"age of the author's claim":        {"model: {card: true}", "", month, "", "/model/card: no day of retrieval, expected at most 31 days of age"},
		"age asked of a claim":             {"model: {card: true}", "default: f", Demand{Minimum: "claimed", MaxAge: 30, At: firstOfFebruary, Vouched: vouched}, "", "/model/card: 31 days old, expected at most 30"},
		"one source must be good and new":  {"model: {card: true}", "facts: {/model: [v, c]}", Demand{Minimum: "verified", MaxAge: 31, At: firstOfFebruary, Vouched: vouched}, "", "/model/card: claimed, expected verified or better"},
		"good, old and new sources":        {"model: {card: true}", "facts: {/model: [old, f]}", Demand{Minimum: "verified", MaxAge: 31, At: firstOfFebruary, Vouched: vouched}, "/model/card", ""},
		"items count, their end does not":  {"data: {classes: [pii, hr], classes_complete: true}", "default: v\n  facts: {/data/classes: c, /data/classes_complete: c}", attested, "/data/classes /data/classes/0 /data/classes/1", "/data/classes_complete: claimed, expected attested or better"},
		"list keeps all":                   {"data: {classes: [pii, hr], classes_complete: true}", "default: v", attested, "/data/classes /data/classes/0 /data/classes/1 /data/classes_complete", ""},
		"items and their end":              {"data: {classes: [pii, hr], classes_complete: true}", "default: v\n  facts: {/data/classes: c}", attested, "/data/classes /data/classes/0 /data/classes/1 /data/classes_complete", ""},
		"complete alone is lost":           {"data: {classes: [pii], classes_complete: true}", "default: v\n  facts: {/data/classes_complete: c}", attested, "/data/classes /data/classes/0", "/data/classes_complete: claimed, expected attested or better"},
		"declared none kept":               {"tools: []\ntools_complete: true", "default: v", attested, "/tools /tools_complete", ""},
		"declared none lost":               {"tools: []\ntools_complete: true", "default: v\n  facts: {/tools: c}", attested, "", "/tools: claimed, expected attested or better"},
		"tool loses a fact":                {"tools: [{id: t, pinned: true}]\ntools_complete: true", "default: v\n  facts: {/tools/0/pinned: c}", attested, "/tools /tools/0/id /tools_complete", "/tools/0/pinned: claimed, expected attested or better"},
		"a tool counts":                    {"tools: [{id: t, kind: shell, access: [execute], access_complete: true, signed: true, reversible: false}]\ntools_complete: true", "", attested, "/tools /tools/0/access /tools/0/access/0 /tools/0/id /tools/0/kind /tools/0/reversible", "/tools/0/access_complete: claimed, expected attested or better\n/tools/0/signed: claimed, expected attested or better\n/tools_complete: claimed, expected attested or better"},
		"certifications lose one":          {"compliance: {certifications: [{id: soc2}, {id: aiuc1}], certifications_complete: true}", "default: v\n  facts: {/compliance/certifications/0: c}", attested, "/compliance/certifications /compliance/certifications/0/id", "/compliance/certifications/0/id: claimed, expected attested or better"},
		"certification loses its id":       {"compliance: {certifications: [{id: soc2, scope: true}], certifications_complete: true, owner: true}", "default: v\n  facts: {/compliance/certifications/0/id: c}", attested, "/compliance/owner", "/compliance/certifications/0/id: claimed, expected attested or better"},
		"inner list opens, outer does not": {"tools: [{id: t, access: [read], access_complete: true}]\ntools_complete: true", "default: v\n  facts: {/tools/0: c}", attested, "/tools /tools/0/access /tools/0/access/0 /tools/0/id /tools_complete", "/tools/0/access_complete: claimed, expected attested or better"},
		"section wholly lost":              {"execution: {sandbox: {present: true}}", "default: c", attested, "", "/execution/sandbox/present: claimed, expected attested or better"},
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, head+c.facts+"\n"+sources+"  "+c.evidence+"\n")
			before, digest := pointers(t, p), p.Digest()
			q, d, err := p.Demand(c.demand)
			if err != nil {
				t.Fatal(err)
			}
			d = slices.DeleteFunc(d, func(d Discounted) bool { return strings.HasPrefix(d.Fact, "/evidence") })
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
	q, _, _ := p.Demand(Demand{Minimum: "verified"})
	if q.Scoring.CVSS.Text != "5" || q.Input()["scoring"] == nil {
		t.Errorf("got %+v", q.Scoring)
	}
}

// TestZeroDemandTakesNothing: the facts are the same ones.
func TestZeroDemandTakesNothing(t *testing.T) {
	p := load(t, head+"model: {card: true}\ncompliance: {certifications: [{id: soc2, valid_until: 2026-01-31}]}")
	for _, d := range []Demand{{}, {Minimum: "claimed"}, {At: firstOfFebruary.Add(-time.Hour)}} {
		q, discounted, err := p.Demand(d)
		if pointers(t, q) != pointers(t, p) || discounted != nil || err != nil {
			t.Errorf("%+v: %v, %v", d, discounted, err)
		}
	}
}

// TestEndedAttestation: after its last day it counts as undisclosed, whatever is
// demanded.
func TestEndedAttestation(t *testing.T) {
	p := load(t, head+"compliance: {certifications: [{id: soc2, scope: true, valid_until: 2026-01-31}, {id: aiuc1}], certifications_complete: true}\n")
	q, d, err := p.Demand(Demand{At: firstOfFebruary})
	if err != nil || dropped(d) != "/compliance/certifications/0: ended on 2026-01-31" {
		t.Errorf("%v, %v", d, err)
	}
	if got := pointers(t, q); got != "/compliance/certifications /compliance/certifications/0/id" {
		t.Errorf("left %s", got)
	}
	if got := q.Original("/compliance/certifications/0/id"); got != "/compliance/certifications/1/id" {
		t.Errorf("got %s", got)
	}
}

// TestFutureEvidence is refused with its line.
func TestFutureEvidence(t *testing.T) {
	p := load(t, head+"evidence:\n  sources:\n    s:\n      kind: listing\n      retrieved: 2026-02-02\n")
	if _, _, err := p.Demand(Demand{At: firstOfFebruary}); err == nil || err.Error() != "f:8:7: evidence.sources.s.retrieved: 2026-02-02 is after 2026-02-01, the day of judgement" {
		t.Errorf("got %v", err)
	}
	if _, _, err := p.Demand(Demand{At: firstOfFebruary.AddDate(0, 0, 1)}); err != nil {
		t.Errorf("on the day itself: %v", err)
	}
}

// TestSourcesAreWorthTheirKind: what a source says of itself is capped, and told.
func TestSourcesAreWorthTheirKind(t *testing.T) {
	const more = " is worth no more unless the configuration vouches for the source"
	byURL, byDigest := []Vouch{{Source: "https://a.example/s", UpTo: "attested"}}, []Vouch{{Source: digest, UpTo: "verified"}}
	for name, c := range map[string]struct {
		source    string
		vouched   []Vouch
		want, why string
	}{
		"listing":                       {"kind: listing, assurance: verified", nil, "claimed", "verified, counts as claimed: the kind listing" + more},
		"vendor page with a digest":     {"kind: vendor_page, assurance: documented, digest: '" + digest + "'", nil, "claimed", "documented, counts as claimed: the kind vendor_page" + more},
		"correspondence":                {"kind: correspondence, assurance: attested", nil, "claimed", "attested, counts as claimed: the kind correspondence" + more},
		"document with a digest":        {"kind: document, assurance: documented, digest: '" + digest + "'", nil, "documented", ""},
		"document without":              {"kind: document, assurance: documented", nil, "claimed", "documented, counts as claimed: expected the digest of what was read"},
		"attestation with a digest":     {"kind: attestation, assurance: attested, digest: '" + digest + "'", nil, "documented", "attested, counts as documented: the kind attestation" + more},
		"less than it could be":         {"kind: document, digest: '" + digest + "'", nil, "claimed", ""},
		"vouched for by id":             {"kind: test, assurance: verified", []Vouch{{Source: "s", Agent: "a", UpTo: "verified"}}, "verified", ""},
		"vouched for in another agent":  {"kind: test, assurance: verified", []Vouch{{Source: "s", Agent: "b", UpTo: "verified"}}, "claimed", "verified, counts as claimed: expected the digest of what was read"},
		"vouched for by url, up to":     {"kind: test, assurance: verified, url: 'https://a.example/s'", byURL, "attested", "verified, counts as attested: expected the digest of what was read"},
		"vouched for by digest":         {"kind: test, assurance: verified, digest: '" + digest + "'", byDigest, "verified", ""},
		"vouching raises no less claim": {"kind: test, assurance: claimed, digest: '" + digest + "'", byDigest, "claimed", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := load(t, head+"model: {card: true}\nevidence: {default: s, sources: {s: {"+c.source+"}}}\n")
			q, d, err := p.Demand(Demand{Vouched: c.vouched})
			if err != nil {
				t.Fatal(err)
			}
			if got := q.Assurance("/model/card"); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			want := ""
			if c.why != "" {
				want = "/evidence/sources/s/assurance: " + c.why
			}
			if got := dropped(d); got != want {
				t.Errorf("\ngot  %s\nwant %s", got, want)
			}
		})
	}
}

// TestPointersAfterDemand: pointers count what is left, places and evidence stay
// those of the source.
func TestPointersAfterDemand(t *testing.T) {
	const in = head + `compliance:
  certifications:
  - id: soc2
    scope: true
  - id: aiuc1
    report_access: true
  - id: hitrust
  - id: fedramp
    scope: true
data: {classes: [pii, hr]}
` + sources + `  default: d
  facts: {/compliance/certifications/0: c, /compliance/certifications/2: n, /compliance/certifications/3/scope: [c, v]}
`
	q, _, err := load(t, in).Demand(Demand{Minimum: "documented", Vouched: vouched})
	if err != nil {
		t.Fatal(err)
	}
	want := "/compliance/certifications /compliance/certifications/0/id /compliance/certifications/0/report_access " +
		"/compliance/certifications/1/id /compliance/certifications/1/scope /data/classes /data/classes/0 /data/classes/1"
	if got := pointers(t, q); got != want {
		t.Fatalf("got  %s\nwant %s", got, want)
	}
	certs := q.Facts.Compliance.Certifications.Items
	if certs[0].ID.Value != "aiuc1" || certs[1].ID.Value != "fedramp" {
		t.Errorf("got %+v", certs)
	}
	for pointer, c := range map[string]struct {
		original  string
		at        document.Position
		assurance string
	}{
		"/compliance/certifications/0/id":    {"/compliance/certifications/1/id", document.Position{Line: 8, Column: 5}, "documented"},
		"/compliance/certifications/0/scope": {"/compliance/certifications/1/scope", document.Position{Line: 8, Column: 5}, "documented"}, // absent: the item
		"/compliance/certifications/1":       {"/compliance/certifications/3", document.Position{Line: 11, Column: 5}, "documented"},
		"/compliance/certifications/1/scope": {"/compliance/certifications/3/scope", document.Position{Line: 12, Column: 5}, "verified"},
		"/compliance/certifications":         {"/compliance/certifications", document.Position{Line: 5, Column: 3}, "documented"},
		"/data/classes/1":                    {"/data/classes/1", document.Position{Line: 13, Column: 23}, "documented"},
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
	if got, want := q.Errorf("/compliance/certifications/1/scope", "no %s", "good").Error(), "f:12:5: compliance.certifications[3].scope: no good"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAssurance(t *testing.T) {
	p := load(t, head+"model: {card: true, name: x, hosting: on_device, fine_tuned: true}\n"+sources+"  facts: {/model: a, /model/card: n, /model/name: [d, c]}\n")
	p, _, err := p.Demand(Demand{Vouched: vouched})
	if err != nil {
		t.Fatal(err)
	}
	for pointer, want := range map[string]string{
		"/model/card": "claimed", "/model/name": "documented", "/model/hosting": "attested", "/model/absent": "attested", "/memory/expiry": "claimed",
	} {
		if got := p.Assurance(pointer); got != want {
			t.Errorf("Assurance(%s) = %s, want %s", pointer, got, want)
		}
	}
}
