package config

import (
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
)

// setTo reads a YAML value and returns it with the setting that it is for.
func setTo(t *testing.T, name, text string) (setting, any) {
	t.Helper()
	docs, err := document.Read("v.yaml", []byte("v: "+text))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range settings() {
		if s.name == name {
			return s, docs[0].Root["v"]
		}
	}
	t.Fatalf("no setting %s", name)
	return setting{}, nil
}

// TestStricterSide: of two values the left one is the stricter (>), as strict (=)
// or not (<), which holds for values that cannot be compared both ways.
func TestStricterSide(t *testing.T) {
	for _, c := range []struct{ name, a, is, b, back string }{
		{"assurance.minimum", "verified", ">", "attested", "<"},
		{"assurance.minimum", "claimed", "=", "", "="},
		{"assurance.max_age_days", "30", ">", "31", "<"},
		{"assurance.max_age_days", "30", ">", "", "<"},
		{"assurance.vouched", "[]", "=", "", "="},
		{"assurance.vouched", "", ">", "[{source: u, up_to: attested, because: b}]", "<"},
		{"assurance.vouched", "[{source: u, up_to: documented, because: x}]", ">", "[{source: u, up_to: attested, because: b}]", "<"},
		{"assurance.vouched", "[{source: u, agent: a, up_to: attested, because: x}]", ">", "[{source: u, up_to: attested, because: b}]", "<"},
		{"assurance.vouched", "[{source: u, up_to: attested, because: x}]", "=", "[{source: u, up_to: attested, because: b}]", "="},
		{"assurance.vouched", "[{source: u, up_to: attested, because: x}]", "<", "[{source: w, up_to: attested, because: b}]", "<"},
		{"disclosure.floor", "[/tools]", ">", "[]", "<"},
		{"disclosure.floor", "[/tools, /data]", ">", "[/tools]", "<"},
		{"disclosure.floor", "[/tools]", ">", "[[/tools, /execution]]", "<"},
		{"disclosure.floor", "[/data/classes]", ">", "[/data]", "<"},
		{"disclosure.not_applicable", "refuse", ">", "accept", "<"},
		{"disclosure.not_applicable", "refuse", "=", "refuse", "="},
		{"disclosure.floor", "[[/tools]]", "=", "[/tools]", "="},
		{"disclosure.floor", "[/tools]", "<", "[/data]", "<"},
	} {
		s, a := setTo(t, c.name, c.a)
		_, b := setTo(t, c.name, c.b)
		sign := func(n int) string {
			return map[bool]string{true: ">", false: map[bool]string{true: "=", false: "<"}[n == 0]}[n > 0]
		}
		if got := sign(s.order(a, b)); got != c.is {
			t.Errorf("%s: %s %s %s, got %s", c.name, c.a, c.is, c.b, got)
		}
		if got := sign(s.order(b, a)); got != c.back {
			t.Errorf("%s: %s %s %s, got %s", c.name, c.b, c.back, c.a, got)
		}
	}
}

// TestLooserEvidenceIsTold: what makes evidence or disclosure count for more than
// by default can make a verdict laxer; what asks for more cannot.
func TestLooserEvidenceIsTold(t *testing.T) {
	for text, looser := range map[string]bool{
		"assurance: {minimum: verified, max_age_days: 90}":                                   false,
		"assurance: {vouched: [{source: 'https://a.example', up_to: attested, because: b}]}": true,
		"disclosure: {floor: []}": true,
		"disclosure: {floor: [/tools, /data/classes, /oversight/approval]}":                         false,
		"disclosure: {floor: [/tools, /data/classes, /oversight/approval, /identity, /monitoring]}": false,
	} {
		c, err := Parse("c.yaml", []byte(head+text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		for _, change := range c.Changes {
			if change.Looser != looser {
				t.Errorf("%s: %+v", text, change)
			}
		}
		if len(c.Changes) == 0 {
			t.Errorf("%s: nothing is told", text)
		}
	}
}

// TestLockedEvidence: a lock holds the stricter side.
func TestLockedEvidence(t *testing.T) {
	locked := "assurance: {minimum: documented}\nlocks: [{setting: assurance}, {setting: disclosure}]\n"
	for repo, want := range map[string]string{
		"assurance: {minimum: verified, max_age_days: 9}":                        "",
		"disclosure: {floor: [/tools, /data/classes, /oversight/approval]}":      "",
		"assurance: {minimum: claimed}":                                          "may not change from documented to claimed",
		"assurance: {vouched: [{source: 'a://b', up_to: attested, because: b}]}": "may not change from nothing to [{",
		"disclosure: {floor: [/tools]}":                                          "disclosure.floor: may not change from ",
	} {
		_, err := Load(files(map[string]string{"repo": "extends: [org]\n" + repo + "\n", "org": locked}), "repo")
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %v, want %s", repo, err, want)
		}
	}
}
