package waiver

import (
	"strings"
	"testing"
	"time"
)

const waiverHead = "apiVersion: audition/v1\nkind: Waivers\nwaivers:\n"

const waiverText = waiverHead + `  - rule: L4/sandbox-undisclosed
    term: shell
    agent: lutra-ai
    reason: Vendor ships gVisor in January, contract signed.
    owner: jane.doe@acme.example
    ticket: SEC-1234
    created: 2026-10-01
    expires: 2026-12-31
    profile_digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
`

func date(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseWaivers(t *testing.T) {
	got, err := Parse("w.yaml", []byte(waiverText))
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	want := Waiver{
		Rule: "L4/sandbox-undisclosed", Term: "shell", Agent: "lutra-ai",
		Reason: "Vendor ships gVisor in January, contract signed.", Owner: "jane.doe@acme.example", Ticket: "SEC-1234",
		Created: date(t, "2026-10-01"), Expires: date(t, "2026-12-31"),
		ProfileDigest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		Source:        "w.yaml", Line: 4, rule: got[0].rule,
	}
	if got[0] != want || got[0].rule.Line != 4 || got[0].rule.Column != 5 {
		t.Errorf("got  %+v\nwant %+v", got[0], want)
	}
	for _, none := range []string{waiverHead, "apiVersion: audition/v1\nkind: Waivers\n", waiverHead + "  []\n"} {
		if got, err := Parse("w.yaml", []byte(none)); err != nil || len(got) != 0 {
			t.Errorf("%q: %v, %v", none, got, err)
		}
	}
}

// entryText is a waiver in braces, with keys that replace the usual ones; an empty
// value leaves a key out.
func entryText(replace ...string) string {
	all := []string{"rule", "L4/x", "agent", "a", "reason", "because", "owner", "me", "created", "2026-10-01", "expires", "2026-12-31"}
	var out []string
	for i := 0; i < len(all); i += 2 {
		key, value := all[i], all[i+1]
		for j := 0; j < len(replace); j += 2 {
			if replace[j] == key {
				value = replace[j+1]
			}
		}
		if value != "" {
			out = append(out, key+": "+value)
		}
	}
	for j := 0; j < len(replace); j += 2 {
		if !strings.Contains(strings.Join(all, " ")+" ", replace[j]+" ") {
			out = append(out, replace[j]+": "+replace[j+1])
		}
	}
	return "  - {" + strings.Join(out, ", ") + "}\n"
}

func TestWaiversRefused(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "w.yaml: expected a document, got an empty file"},
		{"kind: Waivers\n", "w.yaml:1:1: expected apiVersion"},
		{"apiVersion: audition/v1\nkind: Waiver\n", `w.yaml:2:1: kind: unknown value "Waiver", did you mean "Waivers"?`},
		{"apiVersion: audition/v1\nkind: Waivers\nwaiver: []\n", `w.yaml:3:1: waiver: unknown field, did you mean "waivers"?`},
		{waiverHead + "  rule: x\n", "w.yaml:3:1: waivers: expected a list, got an object"},
		{waiverHead + "---\n" + waiverHead, "w.yaml:5:1: expected one document, got 2"},
		{waiverHead + entryText("agent", ""), "w.yaml:4:5: waivers[0]: expected agent"},
		{waiverHead + entryText("rule", "", "reason", "null"), "w.yaml:4:5: waivers[0]: expected rule, reason"},
		{waiverHead + entryText("rule", `""`), "waivers[0].rule: expected a value, got nothing"},
		{waiverHead + entryText("expire", "2026-12-31"), `waivers[0].expire: unknown field, did you mean "expires"?`},
		{waiverHead + entryText("reason", "'- '"), "waivers[0].reason: says nothing, expected why the finding is accepted"},
		{waiverHead + entryText("owner", `"\u200b "`), "waivers[0].owner: nobody answers for it, expected a name or an address"},
		{waiverHead + entryText("owner", "42"), "waivers[0].owner: expected a text, got the number 42; quote it"},
		{waiverHead + entryText("reason", strings.Repeat("long ", 500)), "waivers[0].reason: expected at most 2000 characters, got 2499"},
		{waiverHead + entryText("expires", "2026-09-30"), "waivers[0].expires: lies before created, 2026-10-01"},
		{waiverHead + entryText("expires", "31.12.2026"), `waivers[0].expires: expected a day such as 2026-01-31, got the text "31.12.2026"`},
		{waiverHead + entryText("created", "2026-02-29"), "waivers[0].created: expected a day that exists, got 2026-02-29"},
		{waiverHead + entryText("profile_digest", "sha256:12"), `waivers[0].profile_digest: expected sha256: and 64 hexadecimal digits, got "sha256:12"`},
		{waiverHead + entryText() + entryText("created", "2026-12-31", "expires", "2027-01-31"),
			"w.yaml:5:5: waivers[1]: line 4 waives the same from 2026-10-01 to 2026-12-31, expected one waiver or periods that do not overlap"},
	} {
		if _, err := Parse("w.yaml", []byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q\ngot  %v\nwant %s", c.text, err, c.want)
		}
	}
}

// TestWaiversNotTheSame: one after the other, another term or agent, and another
// content of the profile are not the same waiver twice.
func TestWaiversNotTheSame(t *testing.T) {
	for _, second := range []string{
		entryText("created", "2027-01-01", "expires", "2027-01-31"), entryText("term", "shell"), entryText("agent", "b"), entryText("rule", "L4/y"),
		entryText("profile_digest", "sha256:"+strings.Repeat("0", 64)),
	} {
		if _, err := Parse("w.yaml", []byte(waiverHead+entryText()+second)); err != nil {
			t.Error(err)
		}
	}
	// Everything that is wrong is told at once.
	_, err := Parse("w.yaml", []byte(waiverHead+entryText("owner", "'-'")+entryText("agent", "b", "created", "2026-13-01")))
	if err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Error(err)
	}
}

func TestCheckWaivers(t *testing.T) {
	rules := []string{"L4/egress-open", "L4/x", "org.acme/owner-unknown"}
	check := func(rule string) error {
		waivers, err := Parse("w.yaml", []byte(waiverHead+entryText()+entryText("rule", rule)))
		if err != nil {
			t.Fatal(err)
		}
		return Check(waivers, rules)
	}
	if err := check("org.acme/owner-unknown"); err != nil {
		t.Error(err)
	}
	for rule, want := range map[string]string{
		"L4/egres-open": `w.yaml:5:6: waivers[1].rule: unknown rule "L4/egres-open", did you mean "L4/egress-open"?`,
		"egress-open":   `w.yaml:5:6: waivers[1].rule: unknown rule "egress-open", did you mean "L4/egress-open"?`,
		"L4/*":          `unknown rule "L4/*", did you mean "L4/x"?`,
		"no-such-rule":  `unknown rule "no-such-rule"; audition rules lists them`,
	} {
		if err := check(rule); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s\ngot  %v\nwant %s", rule, err, want)
		}
	}
}
