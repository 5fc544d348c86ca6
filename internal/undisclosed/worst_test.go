package undisclosed

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/policies"
)

// agents are what random answers are given to: an item that is open, a list that is
// complete, answers that contradict each other, and another subject.
var agents = []string{
	"{name: a}\ntools: [{id: t}, {id: u, kind: shell, access: [execute]}]\n",
	"{name: a}\ntools: [{id: t, kind: http}]\ntools_complete: true\nmemory: {persistent: false}\n",
	"{name: a}\npeers: {multi_agent: false}\nsecrets: {storage: vault}\nidentity: {acts_as: agent_principal}\n",
	"{name: a}\noversight: {informed_approval: true}\ndata: {recording_consent: true}\npeers: {in_process: true, protocol: a2a}\n",
	"{name: a, subject: tool_server}\ntools: [{id: t}]\n",
}

// TestAgain: the worst of a profile with changes is what it would be without knowing the
// one before, and differs from that nowhere else than it says.
func TestAgain(t *testing.T) {
	framework := framework(t)
	r := rand.New(rand.NewPCG(1, 2))
	direct, turned := 0, 0
	for range 40 {
		p := load(t, agents[r.IntN(len(agents))])
		w := WorstOf(framework, p)
		for range 40 {
			facts := Facts(framework, p)
			f := profile.Vocabulary()[r.IntN(len(profile.Vocabulary()))]
			if len(facts) > 0 && r.IntN(2) == 0 {
				f = facts[r.IntN(len(facts))]
			}
			values := append(Answers(f), f.Safer.Values...)
			if len(values) == 0 || strings.Contains(f.Pointer, "*") {
				continue
			}
			changes := Saying(f.Pointer, values[r.IntN(len(values))])
			q := p.WithAll(changes...)
			if q.Contradicts() || !p.Scopes(q) {
				continue
			}
			next, differs := w.Again(framework, q, pointersOf(changes))
			want := WorstOf(framework, q)
			if !reflect.DeepEqual(next.Input(), want.Input()) || !slices.Equal(next.refused, want.refused) {
				t.Fatalf("%v on %v:\ngot  %v\nwant %v", changes, p.Input(), next.Input(), want.Input())
			}
			if !reflect.DeepEqual(next.Answers(), want.Answers()) || !reflect.DeepEqual(next.Others(), want.Others()) {
				t.Fatalf("%v on %v:\ngot  %v\nwant %v", changes, p.Input(), next.Answers(), want.Answers())
			}
			for _, pointer := range Differing(w.Profile, next.Profile) {
				if !document.Touches(pointer, differs) {
					t.Fatalf("%v on %v: %s differs too, not only %v", changes, p.Input(), pointer, differs)
				}
			}
			if slices.Equal(differs, pointersOf(changes)) {
				direct++
			} else if len(differs) > 0 {
				turned++
			}
			p, w = q, next
		}
	}
	if direct < 30 || turned < 30 {
		t.Errorf("%d times what changed, %d times something else: too seldom", direct, turned)
	}
}

func framework(t *testing.T) *maestro.Framework {
	t.Helper()
	data, err := policies.FS.ReadFile("layers.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f, err := maestro.ParseFramework(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func load(t *testing.T, text string) *profile.Profile {
	t.Helper()
	profiles, err := profile.Load("a.yaml", []byte("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: "+text))
	if err != nil {
		t.Fatal(err)
	}
	return profiles[0]
}
