package facts

import (
	"os"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/policies"
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

func framework(t testing.TB) *maestro.Framework {
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

func estimates(t testing.TB, p *profile.Profile) *Estimates {
	t.Helper()
	e, err := NewEstimates(p, &aivss.SetV05)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
