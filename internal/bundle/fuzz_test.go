package bundle

import (
	"bytes"
	"crypto/elliptic"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/bundle"

	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/parse"
)

// FuzzOpen: whatever is in a bundle, opening it does not panic, and what is
// accepted has nothing outside of an organisation's own roots.
func FuzzOpen(f *testing.F) {
	trust := Trust{Keys: []Key{newKey(f, "acme", "", newPair(f, ecKey(f, elliptic.P256())).public)}}
	var theirs bytes.Buffer
	if err := bundle.Write(&theirs, *opaBundle(f)); err != nil {
		f.Fatal(err)
	}
	for _, data := range [][]byte{nil, []byte("x"), theirs.Bytes(), bundled(f, acme(), "v1"), withSecret(f, bundled(f, acme(), ""), []byte("x"))} {
		f.Add(data, "", "", "")
	}
	for _, roots := range []string{`["org/acme"]`, `["org"]`, `[""]`, `["maestro"]`, `["org/acme/"]`, `["org/a", "maestro"]`, `["org//x"]`} {
		f.Add([]byte(nil), `{"roots": `+roots+`}`, "a.rego", module("org.acme.rule", fires))
	}
	f.Add([]byte(nil), manifest, "data.json", `{"org": {"acme/x": {"y": 1}, "acme": {}}}`)
	f.Add([]byte(nil), manifest, "org/acme/data.yaml", limits)
	f.Add([]byte(nil), manifest, "./org/acme/../../maestro/data.yaml", limits)
	f.Add([]byte(nil), manifest, ".signatures.json", `{"signatures": ["e30.e30.e30"]}`)
	f.Fuzz(func(t *testing.T, data []byte, manifest, name, text string) {
		if len(data) == 0 {
			// The checksums of archives keep a fuzzer out.
			files := map[string][]byte{parse.ManifestFile: []byte(manifest), name: []byte(text)}
			var err error
			if data, err = pack(files); err != nil {
				return
			}
		}
		for _, trust := range []Trust{{}, trust} {
			s, err := Open("f", data, trust)
			if err != nil {
				if !strings.HasPrefix(err.Error(), "f") || s.FS != nil {
					t.Errorf("%+v, %v", s, err)
				}
				continue
			}
			insideRoots(t, s)
		}
	})
}

// insideRoots fails the test when a source has roots that are not an
// organisation's, or packages or data outside of them.
func insideRoots(t *testing.T, s rego.Source) {
	t.Helper()
	for _, root := range s.Roots {
		if parts := strings.Split(root, "/"); len(parts) < 2 || parts[0] != "org" || parts[1] == "" {
			t.Errorf("root %q", root)
		}
	}
	if len(s.Roots) == 0 {
		t.Error("no roots")
	}
	in, wrong := parse.Sources([]rego.Source{s}, true)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	for _, f := range in.Files {
		if !s.Owns(parse.PathOf(f.Module.Package.Path)) {
			t.Errorf("package %s in the roots %v", parse.PackageOf(f.Module), s.Roots)
		}
	}
	for _, d := range in.Documents {
		for _, at := range d.Leaves() {
			if !s.Owns(at) {
				t.Errorf("%v in the roots %v", at, s.Roots)
			}
		}
	}
}
