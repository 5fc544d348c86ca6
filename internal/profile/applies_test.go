package profile

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestApplies(t *testing.T) {
	server := load(t, subject("tool_server")+"model: {name: GPT-4o}\ntools: [{id: t, pinned: false}]\n")
	service := load(t, subject("model_service"))
	for _, c := range []struct {
		p       *Profile
		pointer string
		want    bool
	}{
		{server, "/model", true}, // in part
		{server, "/model/name", true},
		{server, "/model/provider", false},
		{server, "/tools/0/pinned", true},
		{server, "/tools/0/signed", false},
		{server, "/tools/0/access", true},
		{server, "/tools/0/access_complete", true},
		{server, "/peers", false},
		{server, "/peers/external", false},
		{server, "/data", true},
		{service, "/tools", false},
		{service, "/tools_complete", false},
		{service, "/monitoring/drift", false},
		{service, "/data/handling", true},
		{service.With("/tools", []any{map[string]any{"id": "t"}}), "/tools/0/pinned", true}, // a list that is stated
		{service.With("/tools", []any{map[string]any{"id": "t"}}), "/monitoring/drift", true},
		{service.With("/tools", []any{}), "/monitoring/drift", false},
		{load(t, head), "/model/name", true},
	} {
		if got := c.p.Applies(c.pointer); got != c.want {
			t.Errorf("%s %s: got %v", c.p.Metadata.Subject, c.pointer, got)
		}
	}
	if n, _ := server.Moot("/model/provider"); n != (NotApplicable{BySubject, "/model", "whoever calls it brings the model", "/metadata/subject"}) {
		t.Errorf("got %+v", n)
	}
	if server.Facts.Model.Provider.Moot != BySubject || server.Facts.Model.Name.Moot != "" || server.Facts.Tools.Items[0].Signed.Moot != BySubject || service.Facts.Tools.Moot != BySubject {
		t.Error("facts are marked otherwise")
	}
}

// TestStatedFactsApply: what is stated applies whoever the subject is.
func TestStatedFactsApply(t *testing.T) {
	for _, s := range Subjects() {
		p := load(t, subject(s.ID))
		for _, f := range p.undisclosed() {
			of, _ := TypeOf(f)
			value := map[string]any{"boolean": false, "string": "some", "array": []any{}, "integer": 0}[of.Type]
			if q := p.With(f, value); !q.Applies(f) {
				t.Errorf("%s: %s is stated and does not apply", s.ID, f)
			}
		}
	}
}

func TestExempt(t *testing.T) {
	service := load(t, subject("model_service"))
	if why, ok := service.Exempt("L1/injection-defence-undisclosed"); !ok || why == "" {
		t.Errorf("got %q, %v", why, ok)
	}
	for _, p := range []*Profile{load(t, head), service.With("/execution/runs_code", true)} {
		if why, ok := p.Exempt("L1/injection-defence-undisclosed"); ok {
			t.Errorf("got %q", why)
		}
	}
	for _, c := range []struct {
		glob, rule string
		want       bool
	}{
		{"L1/a", "L1/a", true}, {"L1/a", "L1/ab", false}, {"L1/*", "L1/ab", true}, {"*/a", "L1/a", true}, {"*", "L1/a", false}, {"[", "L1/a", false},
		{"L1/*-b", "L1/a-b", true}, {"L1/*-b", "L1/a-bc", false}, {"*/a*c", "L1/abcc", true}, {"L2/*", "L1/a", false}, {"a*b*a", "aba", true}, {"ab*ba", "aba", false},
	} {
		if got := matches(c.glob, c.rule); got != c.want {
			t.Errorf("%s %s: %v", c.glob, c.rule, got)
		}
	}
}

// TestNotApplicable: what a profile declares itself.
func TestNotApplicable(t *testing.T) {
	for in, want := range map[string]string{
		"not_applicable:\n- {fact: /secrets/storage, because: anonymous}\n":                                       "",
		"not_applicable:\n- {fact: /secrets, because: anonymous}\n- {fact: /rag, because: none}\n":                "",
		"not_applicable:\n- {fact: /secrets/storge, because: anonymous}\n":                                        `f:5:4: not_applicable[0].fact: /secrets/storge is no fact or section of a profile, did you mean "/secrets/storage"?`,
		"not_applicable:\n- {fact: secrets.storage, because: anonymous}\n":                                        "f:5:4: not_applicable[0].fact: secrets.storage is no fact or section of a profile",
		"not_applicable:\n- {fact: /scoring, because: anonymous}\n":                                               "f:5:4: not_applicable[0].fact: /scoring is no fact or section of a profile, expected a JSON pointer such as /secrets/storage",
		"not_applicable:\n- {fact: /secrets/storage}\n":                                                           "f:5:3: not_applicable[0]: expected because",
		"not_applicable:\n- {fact: /secrets/storage, because: ''}\n":                                              "f:5:28: not_applicable[0].because: expected a value, got nothing",
		"not_applicable:\n- {fact: /secrets, because: a}\n- {fact: /secrets/storage, because: b}\n":               "f:6:4: not_applicable[1].fact: is within not_applicable[0], or the other way round",
		"secrets:\n  storage: env\nnot_applicable:\n- {fact: /secrets/storage, because: anonymous}\n":             "f:5:3: secrets.storage: env contradicts not_applicable[0], which declares secrets.storage not applicable (line 7)",
		"secrets:\n  storage: env\nnot_applicable:\n- {fact: /secrets, because: anonymous}\n":                     "f:5:3: secrets.storage: env contradicts not_applicable[0], which declares secrets not applicable (line 7)",
		"secrets:\n  storage: env\nnot_applicable:\n- {fact: /secrets/reach_model, because: anonymous}\n":         "",
		"tools:\n- {id: t, signed: false}\nnot_applicable:\n- {fact: /tools/*/signed, because: own}\n":            "f:5:11: tools[0].signed: false contradicts not_applicable[0], which declares tools[*].signed not applicable (line 7)",
		"tools:\n- {id: t, signed: false}\n- {id: u}\nnot_applicable:\n- {fact: /tools/1/signed, because: own}\n": "",
		"tools:\n- {id: t, signed: false}\nnot_applicable:\n- {fact: /tools/1/signed, because: own}\n":            "f:7:4: not_applicable[0].fact: tools[1].signed: there is no such item",
		"tools:\n- {id: t}\nnot_applicable:\n- {fact: /tools, because: own}\n":                                    "f:5:4: tools[0].id: t contradicts not_applicable[0], which declares tools not applicable (line 7)",
	} {
		_, err := Load("f", []byte(head+in))
		if got := fmt.Sprint(err); !strings.HasPrefix(got, want) || want == "" && err != nil {
			t.Errorf("%s\ngot  %v\nwant %s", in, err, want)
		}
	}
	p := load(t, head+"not_applicable:\n- {fact: /secrets, because: anonymous}\nrag: {used: true}\n")
	want := []NotApplicable{{ByProfile, "/secrets", "anonymous", "/not_applicable/0"}}
	if got := p.NotApplicable(); !slices.Equal(got, want) || p.Applies("/secrets/storage") || !p.Applies("/rag/source_vetting") || p.Facts.Secrets.Storage.Moot != ByProfile {
		t.Errorf("got %v", got)
	}
}

// TestNotApplicableNeedsEvidence: as every claim in the subject's favour.
func TestNotApplicableNeedsEvidence(t *testing.T) {
	p := load(t, head+`not_applicable:
- {fact: /secrets/storage, because: anonymous}
- {fact: /rag, because: nothing to look up}
evidence:
  sources:
    paper: {kind: document, digest: "sha256:`+strings.Repeat("0", 64)+`", assurance: documented}
  facts: {/rag/used: paper}
`)
	for _, c := range []struct {
		demand      Demand
		rag, secret bool
		dropped     string
	}{
		{Demand{}, false, false, "[]"},
		{Demand{Minimum: "documented"}, true, true, "[{/not_applicable/0 claimed, expected documented or better} {/not_applicable/1 claimed, expected documented or better}]"},
		{Demand{RefuseNotApplicable: true}, true, true, "[{/not_applicable/0 the configuration refuses what a profile declares not applicable} {/not_applicable/1 the configuration refuses what a profile declares not applicable}]"},
	} {
		q, dropped, err := p.Demand(c.demand)
		if err != nil || q.Applies("/rag/used") != c.rag || q.Applies("/secrets/storage") != c.secret || fmt.Sprint(dropped) != c.dropped {
			t.Errorf("%+v: %v %v %v %v", c.demand, q.Applies("/rag/used"), q.Applies("/secrets/storage"), dropped, err)
		}
		if (q.Facts.Secrets.Storage.Moot == "") != c.secret {
			t.Errorf("%+v: the fact is marked otherwise", c.demand)
		}
	}
	if p.Facts.Secrets.Storage.Moot != ByProfile || p.Applies("/rag/used") {
		t.Error("the profile itself changed")
	}
}
