package described

import (
	"reflect"
	"testing"

	"github.com/audition-dev/audition/internal/profile"
)

// FuzzComplete: whatever a profile and a descriptor say, both make a profile that is sound,
// or an error; and to read the descriptor once more changes nothing.
func FuzzComplete(f *testing.F) {
	for _, text := range []string{
		"", "oversight: {approval: always}\n", "tools: [{id: Bash, reversible: true}]\ntools_complete: true\n",
		"data: {ingress: [email], ingress_complete: true}\nexecution: {sandbox: {present: optional, kind: vm}}\n",
		"evidence: {default: a, sources: {a: {kind: default, url: .claude/settings.json}}}\nmemory: {expiry: true}\n",
	} {
		f.Add(text, settings)
		f.Add(text, `{"permissions": {"allow": ["Read", "WebFetch"]}, "sandbox": {"enabled": true}}`)
	}
	f.Fuzz(func(t *testing.T, text, descriptor string) {
		profiles, err := profile.Load("p.yaml", []byte("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a}\ndescribes: [.claude/settings.json]\n"+text))
		if err != nil || len(profiles) != 1 {
			return
		}
		project := files{".claude/settings.json": descriptor}
		p, err := Complete(profiles[0], project.open)
		if err != nil {
			return
		}
		if p.Contradicts() {
			t.Errorf("contradicts itself: %v", p.Contradictions())
		}
		again, err := Complete(p, project.open)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(again.Leaves(), p.Leaves()) {
			t.Errorf("once  %v\ntwice %v", p.Leaves(), again.Leaves())
		}
	})
}
