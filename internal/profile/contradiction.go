package profile

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/audition-dev/audition/internal/document"
)

// implication says that a fact which has the value, or any where that is nil,
// cannot stand beside a denial: another fact with the value that denies it.
type implication struct {
	fact   string
	value  any
	denial string
	denied any
}

// implications are the pairs that no agent can have. That a control is absent
// which would have nothing to do contradicts nothing.
var implications = sync.OnceValue(func() []implication {
	out := []implication{
		{"/execution/sandbox/kind", nil, "/execution/sandbox/present", false},
		{"/execution/sandbox/default_on", true, "/execution/sandbox/present", false},
		{"/peers/protocol", nil, "/peers/multi_agent", false},
		{"/oversight/informed_approval", true, "/oversight/approval", "never"},
		{"/secrets/storage", "prompt", "/secrets/reach_model", false},
		{"/secrets/reach_model", true, "/secrets/storage", "none"},
		{"/data/recording_consent", true, "/data/records_calls", false},
		{"/identity/caller_auth_by", item{}, "/identity/caller_auth", false},
		{"/peers/external", true, "/peers/in_process", true},
		{"/identity/acts_as", "shared_service_account", "/identity/per_agent", true},
		{"/self_modification/surfaces", item{}, "/self_modification/allowed", false},
		{"/data/ingress", item{"peer"}, "/peers/multi_agent", false},
	}
	for _, of := range []struct {
		denial string
		facts  []string
	}{
		{"/rag/used", []string{"permission_aware", "source_vetting", "agent_writes"}},
		{"/memory/persistent", []string{"provenance", "expiry", "user_control", "isolation"}},
		{"/monitoring/action_log", []string{"integrity", "redaction", "export"}},
		{"/peers/multi_agent", []string{"in_process", "external", "mutual_auth", "message_integrity", "delegation_limits", "shared_memory"}},
	} {
		section := of.denial[:strings.LastIndexByte(of.denial, '/')]
		for _, fact := range of.facts {
			out = append(out, implication{document.Join(section, fact), true, of.denial, false})
		}
	}
	return out
})

const subjectPointer = "/metadata/subject"

// unlikeSubject reports the stated facts that the subject cannot have.
func (p *Profile) unlikeSubject() (errs document.Errors) {
	for _, c := range p.subject.Contradicted(p.stated) {
		said := spelt(p.stated(c.Fact))
		if list, ok := p.stated(c.Fact).([]any); ok {
			said = fmt.Sprintf("%d listed", len(list))
		}
		errs = append(errs, p.doc.Errorf(p.Original(c.Fact), "%s contradicts %s: %s (line %d): %s",
			said, document.PathOf(subjectPointer), p.subject.ID, p.Position(subjectPointer).Line, c.Because))
	}
	return errs
}

// item is the value of a list that has one of the values, or any item without.
type item []string

// opposed are the pairs of facts that a contradiction is about, in the same item or in
// any.
var opposed = sync.OnceValue(func() [][2]string {
	const runsCode, kind, access = "/execution/runs_code", "/tools/*/kind", "/tools/*/access"
	out := [][2]string{{runsCode, kind}, {runsCode, access}, {kind, access}, {kind, access + "_complete"}, {access, access + "_complete"}}
	for _, i := range implications() {
		out = append(out, [2]string{i.fact, i.denial})
	}
	return out
})

// MayContradict tells whether a fact of some agent can contradict one of others.
func MayContradict(pointer string, others []string) bool {
	fact, against := []string{General(pointer)}, make([]string, len(others))
	for i, o := range others {
		against[i] = General(o)
	}
	return slices.ContainsFunc(opposed(), func(pair [2]string) bool {
		a, b := pair[0], pair[1]
		return document.Touches(a, fact) && document.Touches(b, against) || document.Touches(b, fact) && document.Touches(a, against)
	})
}

// Contradicts tells whether two facts of the profile contradict each other.
func (p *Profile) Contradicts() bool { return len(p.Contradictions()) > 0 }

// Contradictions reports every pair of facts that contradict each other, at the
// place of the one that needs the other.
func (p *Profile) Contradictions() (errs document.Errors) {
	errs = p.unlikeSubject()
	against := func(fact, said, denial string, denied any) {
		errs = append(errs, p.doc.Errorf(p.Original(fact), "%s contradicts %s: %s (%s)",
			said, document.PathOf(p.Original(denial)), spelt(denied), p.where(denial)))
	}
	for _, i := range implications() {
		if v, _ := p.Lookup(i.denial); v != i.denied {
			continue
		}
		if at, v := p.holding(i.fact, i.value); v != nil {
			against(at, spelt(v), i.denial, i.denied)
		}
	}
	const runsCode = "/execution/runs_code"
	no, _ := p.Lookup(runsCode)
	tools, _ := p.stated("/tools").([]any)
	for i, t := range tools {
		at, kind := document.JoinIndex("/tools", i), member(t, "kind")
		rights, _ := member(t, "access").([]any)
		runs := slices.Index(rights, any("execute"))
		if runs >= 0 && no == false && slices.Contains([]any{"shell", "code", "interpreter"}, kind) {
			against(document.JoinIndex(at+"/access", runs), fmt.Sprintf("execute on a tool of kind %s", kind), runsCode, no)
		}
		acts := slices.ContainsFunc(rights, func(r any) bool { return r != "read" })
		if kind == "payment" && rights != nil && member(t, "access_complete") == true && !acts {
			against(at+"/kind", "payment", at+"/access", rights)
		}
	}
	return errs
}

// where is the place of a fact for a sentence.
func (p *Profile) where(pointer string) string {
	line := p.Position(pointer).Line
	if file := p.Elsewhere(pointer); file != "" {
		return fmt.Sprintf("%s:%d", file, line)
	}
	return fmt.Sprintf("line %d", line)
}

// holding returns the place and the value of a fact where it is the wanted one:
// nil for any, item for a list.
func (p *Profile) holding(fact string, want any) (string, any) {
	v, _ := p.Lookup(fact)
	items, isItem := want.(item)
	if !isItem {
		if want == nil || v == want {
			return fact, v
		}
		return fact, nil
	}
	list, _ := v.([]any)
	for i, have := range list {
		if s, _ := have.(string); len(items) == 0 || slices.Contains(items, s) {
			return document.JoinIndex(fact, i), have
		}
	}
	return fact, nil
}

// spelt writes a value as a profile does.
func spelt(v any) string {
	if s, ok := v.(string); ok {
		return document.Clip(s)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
