package facts

import (
	"slices"
	"testing"

	"github.com/audition-dev/audition/internal/profile"
)

// TestKleene holds the connectives against their truth tables. Claims a and b
// have the reasons /a and /b; the reasons of the result are of those claims
// that have its value.
func TestKleene(t *testing.T) {
	const u = Undisclosed
	for _, c := range []struct {
		a, b, or, and Truth
		ors, ands     []string
	}{
		{No, No, No, No, []string{"/a", "/b"}, []string{"/a", "/b"}},
		{No, u, u, No, []string{"/b"}, []string{"/a"}},
		{No, Yes, Yes, No, []string{"/b"}, []string{"/a"}},
		{u, No, u, No, []string{"/a"}, []string{"/b"}},
		{u, u, u, u, []string{"/a", "/b"}, []string{"/a", "/b"}},
		{u, Yes, Yes, u, []string{"/b"}, []string{"/a"}},
		{Yes, No, Yes, No, []string{"/a"}, []string{"/b"}},
		{Yes, u, Yes, u, []string{"/a"}, []string{"/b"}},
		{Yes, Yes, Yes, Yes, []string{"/a", "/b"}, []string{"/a", "/b"}},
	} {
		// b before a: the reasons are sorted all the same.
		a, b := claim(c.a, "/a"), claim(c.b, "/b")
		check(t, "or", or(b, a), c.or, c.ors)
		check(t, "and", and(b, a), c.and, c.ands)
		// De Morgan: the two are one connective.
		check(t, "not and not", not(and(not(a), not(b))), c.or, c.ors)
		check(t, "not or not", not(or(not(a), not(b))), c.and, c.ands)
	}
}

// TestMoot: what does not apply decides nothing that another claim can decide.
func TestMoot(t *testing.T) {
	moot := claim(Moot, "/m")
	for _, v := range []Truth{No, Undisclosed, Yes} {
		check(t, "or", or(moot, claim(v, "/a")), v, []string{"/a"})
		check(t, "and", and(claim(v, "/a"), moot), v, []string{"/a"})
	}
	check(t, "or", or(moot, moot), Moot, []string{"/m"})
	check(t, "and", and(moot), Moot, []string{"/m"})
	check(t, "not", not(moot), Moot, []string{"/m"})
	check(t, "lacking", lacking(moot), Yes, []string{"/m"})
	check(t, "lacking", lacking(claim(Yes, "/a")), No, []string{"/a"})
	if moot.possible() || !claim(Undisclosed, "/a").possible() || !claim(Yes, "/a").possible() || claim(No, "/a").possible() {
		t.Error("what may hold is undisclosed or yes")
	}
}

// TestWhatDoesNotApply: of it a risk is not there, and a control is moot.
func TestWhatDoesNotApply(t *testing.T) {
	p := load(t, "not_applicable:\n- {fact: /tools, because: b}\n- {fact: /memory, because: b}\n- {fact: /guardrails, because: b}\n- {fact: /oversight, because: b}\n")
	f := p.Facts
	check(t, "risk", yes(f.Memory.Persistent), No, []string{"/memory/persistent"})
	check(t, "control", yes(f.Guardrails.ToolPolicy), Yes, []string{"/guardrails/tool_policy"})
	check(t, "unsafe value", is(f.Oversight.Approval, "risky", "never"), No, []string{"/oversight/approval"})
	check(t, "safe value", is(f.Oversight.Approval, "always", "risky"), Yes, []string{"/oversight/approval"})
	check(t, "list", newAgent(&f, capabilitiesOf(f.Tools)).hasTools, No, []string{"/tools"})
	server := read(t, "p.yaml", []byte("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a, subject: tool_server}\n")).Facts
	check(t, "risk", yes(server.Oversight.Unattended), No, []string{"/oversight/unattended"})
	check(t, "control", yes(server.Guardrails.OutputValidation), Moot, []string{"/guardrails/output_validation"})
	check(t, "safe value", is(server.Oversight.Approval, "always"), Moot, []string{"/oversight/approval"})
	check(t, "neutral value", is(load(t, "not_applicable: [{fact: /peers, because: b}]\n").Facts.Peers.Protocol, "a2a"), Undisclosed, []string{"/peers/protocol"})
	check(t, "open", yes(f.RAG.Used), Undisclosed, []string{"/rag/used"})
	if got := Describe(p, "/memory/persistent"); got != "not applicable" {
		t.Errorf("got %q", got)
	}
	if Applies(framework(t), p, "/memory/expiry") || !Applies(framework(t), p, "/rag/used") {
		t.Error("Applies does not know what the profile declares")
	}
}

func check(t *testing.T, name string, got Claim, value Truth, because []string) {
	t.Helper()
	if got.Value != value || !slices.Equal(got.Because(), because) {
		t.Errorf("%s: got %s %v, want %s %v", name, truths[got.Value], got.Because(), truths[value], because)
	}
}

func TestNot(t *testing.T) {
	for in, want := range map[Truth]Truth{Yes: No, No: Yes, Undisclosed: Undisclosed} {
		check(t, "not", not(claim(in, "/a")), want, []string{"/a"})
	}
}

func TestConnectivesOfNothing(t *testing.T) {
	check(t, "or", or(), No, nil)
	check(t, "and", and(), Yes, nil)
}

func TestReasonsAreDistinct(t *testing.T) {
	both := and(claim(Yes, "/b"), claim(Yes, "/a"))
	check(t, "or", or(both, claim(Yes, "/a"), claim(No, "/c")), Yes, []string{"/a", "/b"})
	check(t, "operand", both, Yes, []string{"/a", "/b"})
}

func TestYesAndIs(t *testing.T) {
	flag := func(value, disclosed bool) profile.Fact[bool] {
		return profile.Fact[bool]{Pointer: "/f", Value: value, Disclosed: disclosed}
	}
	check(t, "true", yes(flag(true, true)), Yes, []string{"/f"})
	check(t, "false", yes(flag(false, true)), No, []string{"/f"})
	check(t, "silence", yes(flag(false, false)), Undisclosed, []string{"/f"})

	word := profile.Fact[string]{Pointer: "/f", Value: "x", Disclosed: true}
	check(t, "one of", is(word, "w", "x"), Yes, []string{"/f"})
	check(t, "another", is(word, "w"), No, []string{"/f"})
	check(t, "silence", is(profile.Fact[string]{Pointer: "/f"}, ""), Undisclosed, []string{"/f"})
}

// TestListsProvePresence: an open list says what is there and never what is not.
func TestListsProvePresence(t *testing.T) {
	for _, c := range []struct {
		list    string
		value   Truth
		because []string
	}{
		{"{}", Undisclosed, []string{"/data/classes"}},
		{"{classes: []}", Undisclosed, []string{"/data/classes_complete"}},
		{"{classes: [], classes_complete: false}", Undisclosed, []string{"/data/classes_complete"}},
		{"{classes: [], classes_complete: true}", No, []string{"/data/classes_complete"}},
		{"{classes: [hr]}", Undisclosed, []string{"/data/classes_complete"}},
		{"{classes: [hr], classes_complete: true}", No, []string{"/data/classes/0", "/data/classes_complete"}},
		{"{classes: [hr, pii]}", Yes, []string{"/data/classes/1"}},
		{"{classes: [pii, phi, hr], classes_complete: true}", Yes, []string{"/data/classes/0", "/data/classes/1"}},
	} {
		p := load(t, "data: "+c.list)
		check(t, c.list, holds(p.Facts.Data.Classes, "pii", "phi"), c.value, c.because)
	}
}
