package facts

import (
	"os"
	"sync"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/policies"
)

// Facts that several tests declare.
const (
	noInput = "data: {ingress: [], ingress_complete: true, classes: [], classes_complete: true}\n"
	noCode  = "execution: {runs_code: false}\n"
	alone   = "peers: {multi_agent: false}\n"
	reads   = "tools: [{id: a, kind: saas, access: [read], access_complete: true}]\ntools_complete: true\n"
	writes  = "tools: [{id: a, kind: saas, access: [write], access_complete: true, reversible: true}]\ntools_complete: true\n"
)

// header is what every profile needs; facts begin in line 4.
const header = "apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: test}\n"

func load(t testing.TB, facts string) *profile.Profile {
	t.Helper()
	return read(t, "p.yaml", []byte(header+facts))
}

func example(t testing.TB, name string) *profile.Profile {
	t.Helper()
	path := "../../examples/" + name + "/profile.yaml"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, path, data)
}

func read(t testing.TB, source string, data []byte) *profile.Profile {
	t.Helper()
	profiles, err := profile.Load(source, data)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	return profiles[0]
}

// parsed is parsed once: the properties ask for it thousands of times.
var parsed = sync.OnceValues(func() (*maestro.Framework, error) {
	data, err := policies.FS.ReadFile("layers.yaml")
	if err != nil {
		return nil, err
	}
	return maestro.ParseFramework(data)
})

func framework(t testing.TB) *maestro.Framework {
	t.Helper()
	f, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func estimates(t testing.TB, p *profile.Profile) *Estimates {
	t.Helper()
	e, err := estimatesOrError(t, p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func estimatesOrError(t testing.TB, p *profile.Profile) (*Estimates, error) {
	return Derive(p, framework(t)).Estimates(p, How{Set: &aivss.SetV05, Mitigate: true})
}

// reason is one reason as a report tells it.
type reason struct{ fact, text string }

// reasons tells every fact of a because with what the profile says of it, or
// with what was said of the decision.
func reasons(p *profile.Profile, b Because) []reason {
	if len(b.Facts()) == 0 && b.Text != "" {
		return []reason{{"", b.Text}}
	}
	var out []reason
	for _, fact := range b.Facts() {
		text := b.Text
		if text == "" {
			text = Describe(p, fact)
		}
		out = append(out, reason{fact, text})
	}
	return out
}
