package assessment

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/internal/profile"
)

const agent = `apiVersion: audition/v1
kind: AgentProfile
metadata: {name: a}
execution: {runs_code: true}
`

func load(t *testing.T, text string) *profile.Profile {
	t.Helper()
	profiles, err := profile.Load("p.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return profiles[0]
}

// of is an assessment of a profile, with texts replaced.
func of(p *profile.Profile, replace ...string) string {
	return strings.NewReplacer(replace...).Replace(fmt.Sprintf(`apiVersion: audition/v1
kind: Assessment
agent: a
facts: %s
assessor: jane
date: 2026-02-01
expires: 2026-03-01
scoring:
  mitigation: {value: partial, because: tested}
  factors: {tools: {value: 0.4, because: two of them}}
`, p.FactsDigest()))
}

func TestFor(t *testing.T) {
	p := load(t, agent)
	all, err := Parse("a.yaml", []byte(of(p)+"---\n"+of(p, "agent: a", "agent: b")))
	if err != nil || len(all) != 2 || all[1].Place() != "a.yaml:14" {
		t.Fatal(all, err)
	}
	a := all[0]
	if d := a.Scoring.Decided(); len(d) != 2 || d[1].Text != "partial" || d[1].By != "jane, a.yaml:3" {
		t.Errorf("%+v", d)
	}
	for _, c := range []struct {
		profile, day string
		want         State
		why          string
	}{
		{agent, "2026-02-01", Active, ""},
		{agent, "2026-03-01", Active, ""},
		{agent, "2026-01-31", Pending, "begins on 2026-02-01"},
		{agent, "2026-03-02", Expired, "ended on 2026-03-01"},
		{agent + "memory: {persistent: true}\n", "2026-02-01", Changed, "the facts of a are not those that were assessed, but sha256:"},
		// What is no fact does not matter.
		{strings.Replace(agent, "name: a", "name: a, summary: other words", 1) + "scoring: {threat: attacked}\n", "2026-02-01", Active, ""},
	} {
		day, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		if state, why := a.For(load(t, c.profile), day); state != c.want || !strings.HasPrefix(why, c.why) || (why == "") != (c.why == "") {
			t.Errorf("%s: %s, %s, want %s, %s", c.day, state, why, c.want, c.why)
		}
	}
}

func TestRefused(t *testing.T) {
	p := load(t, agent)
	for _, c := range []struct{ from, to, want string }{
		{"expires: 2026-03-01", "expires: 2026-02-31", "a.yaml:7:1: expires: expected a day that exists, got 2026-02-31"},
		{"expires: 2026-03-01", "expires: 2026-01-31", "a.yaml:7:1: expires: expected no day before date, 2026-02-01"},
		{"assessor: jane\n", "", "a.yaml:1:1: expected assessor"},
		{", because: tested", "", "a.yaml:9:3: scoring.mitigation: expected because"},
		{"kind: Assessment", "kind: Assesment", `a.yaml:2:1: kind: unknown value "Assesment", did you mean "Assessment"?`},
	} {
		if _, err := Parse("a.yaml", []byte(of(p, c.from, c.to))); err == nil || err.Error() != c.want {
			t.Errorf("%s\ngot  %v\nwant %s", c.to, err, c.want)
		}
	}
}

// FuzzParse: whatever is read, it never panics, and what is accepted says who
// decided what and until when.
func FuzzParse(f *testing.F) {
	f.Add([]byte("apiVersion: audition/v1\nkind: Assessment\nagent: a\nfacts: sha256:" + strings.Repeat("0", 64) + "\nassessor: b\ndate: 2026-01-01\nexpires: 2026-01-02\nscoring: {threat: {value: poc, because: c}}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := Parse("a.yaml", data)
		if err != nil {
			return
		}
		for _, a := range all {
			if a.Agent == "" || a.Assessor == "" || a.Scoring.Empty() || a.Expires.Before(a.Date) {
				t.Errorf("%+v", a)
			}
		}
	})
}
