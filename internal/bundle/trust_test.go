package bundle

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/bundle"
)

// TestAltered: a signed bundle in which anything is not as it was signed.
func TestAltered(t *testing.T) {
	pair := newPair(t, rsaKey(t))
	trust := Trust{Keys: []Key{newKey(t, "acme", "", pair.public)}}
	files, err := unpack(signed(t, bundled(t, acme(), ""), SigningKey{ID: "acme", Data: pair.private}))
	if err != nil {
		t.Fatal(err)
	}
	const limits = "org/acme/limits/data.yaml"
	for name, c := range map[string]struct {
		alter func(map[string][]byte)
		want  string // "" where it says the same
	}{
		"nothing":       {func(map[string][]byte) {}, ""},
		"Rego":          {func(f map[string][]byte) { f["rule.rego"] = append(f["rule.rego"], '\n') }, "rule.rego: digest mismatch (want: "},
		"test":          {func(f map[string][]byte) { f["rule_test.rego"] = []byte("package org.acme.x") }, "rule_test.rego: digest mismatch (want: "},
		"configuration": {func(f map[string][]byte) { f["audition.yaml"] = nil }, "audition.yaml: digest mismatch (want: "},
		"schema":        {func(f map[string][]byte) { f["org/acme/limits/data.jsonschema"] = []byte("{}") }, "org/acme/limits/data.jsonschema: digest mismatch (want: "},
		"data":          {func(f map[string][]byte) { f[limits] = bytes.Replace(f[limits], []byte("0.6"), []byte("0.7"), 1) }, limits + ": digest mismatch (want: "},
		"data, comment": {func(f map[string][]byte) { f[limits] = append(f[limits], "# fine"...) }, ""},
		"manifest":      {func(f map[string][]byte) { f[".manifest"] = []byte(`{"roots": ["org/acme"], "revision": "9"}`) }, ".manifest: digest mismatch (want: "},
		"missing":       {func(f map[string][]byte) { delete(f, "gate.rego"); delete(f, "rule.rego") }, "gate.rego: is signed, but not in the bundle"},
		"extra":         {func(f map[string][]byte) { f["x.rego"] = []byte("package org.acme.x") }, "x.rego: is not signed"},
		"extra text":    {func(f map[string][]byte) { f["x.txt"] = nil }, "x.txt: is not signed"},
		"renamed":       {func(f map[string][]byte) { f["x.rego"] = f["gate.rego"]; delete(f, "gate.rego") }, "x.rego: is not signed"},
		"signature":     {func(f map[string][]byte) { f[signatureFile] = []byte(`{"signatures": ["a.b.c"]}`) }, ".signatures.json: expected a JSON Web Token"},
		"no signature":  {func(f map[string][]byte) { f[signatureFile] = []byte(`{}`) }, ".signatures.json: expected one signature, got 0"},
		"no JSON":       {func(f map[string][]byte) { f[signatureFile] = []byte(`x`) }, ".signatures.json: invalid character 'x' looking for beginning of value"},
		"plugin": {func(f map[string][]byte) {
			f[signatureFile] = bytes.Replace(f[signatureFile], []byte("{"), []byte(`{"plugin": "x",`), 1)
		}, ".signatures.json: not by the key acme: no verifier exists under id x"},
		"another content": {func(f map[string][]byte) { f[signatureFile] = swapPayload(t, f[signatureFile]) }, ".signatures.json: not by the key acme: "},
	} {
		altered := map[string][]byte{}
		for name, data := range files {
			altered[name] = slices.Clone(data)
		}
		c.alter(altered)
		data, err := pack(altered)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Open("x", data, trust)
		if c.want == "" {
			if err != nil || s.Key != "acme" {
				t.Errorf("%s: %q, %v", name, s.Key, err)
			}
			continue
		}
		if err == nil || !strings.HasPrefix(err.Error(), "x: "+c.want) {
			t.Errorf("%s\ngot  %v\nwant x: %s", name, err, c.want)
		}
	}
}

// swapPayload lets a signature list no files, without signing that.
func swapPayload(t testing.TB, data []byte) []byte {
	t.Helper()
	signatures, _, err := readSignature(data)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(signatures.Signatures[0], ".")
	return fmt.Appendf(nil, `{"signatures": ["%s.e30.%s"]}`, parts[0], parts[2])
}

// TestTrust: what is demanded, and which keys are known.
func TestTrust(t *testing.T) {
	pair, secret := newPair(t, rsaKey(t)), []byte("a secret\n")
	plain := bundled(t, acme(), "")
	named := signed(t, plain, SigningKey{ID: "acme", Data: pair.private})
	unnamed := signed(t, plain, SigningKey{Data: pair.private})
	keys := func(ids ...string) (out []Key) {
		for _, id := range ids {
			out = append(out, newKey(t, id, "", pair.public))
		}
		return out
	}
	for name, c := range map[string]struct {
		data  []byte
		trust Trust
		want  string // the key, or the error
	}{
		"unsigned":                {plain, Trust{}, ""},
		"unsigned, keys":          {plain, Trust{Keys: keys("acme")}, ""},
		"unsigned, required":      {plain, Trust{Keys: keys("acme"), Required: true}, "x: not signed, expected a signature by a known key"},
		"signed, no keys":         {named, Trust{}, ""},
		"required, no keys":       {named, Trust{Required: true}, "x: signed, but no key is known that could verify it"},
		"signed":                  {named, Trust{Keys: keys("acme")}, "acme"},
		"one of several":          {named, Trust{Keys: keys("a", "acme", "b")}, "acme"},
		"unknown key":             {named, Trust{Keys: keys("acne")}, `x: .signatures.json: unknown key "acme", did you mean "acne"?`},
		"unknown key, not needed": {named, Trust{Keys: keys("one", "two")}, `x: .signatures.json: unknown key "acme", expected one of one, two`},
		"the default key":         {unnamed, Trust{Keys: keys("acme", DefaultKey)}, DefaultKey},
		"no default key":          {unnamed, Trust{Keys: keys("acme")}, `x: .signatures.json: unknown key "default", expected one of acme`},
		"another scope":           {named, Trust{Keys: []Key{{ID: "acme", Data: pair.public, Scope: "write"}}}, "x: .signatures.json: not by the key acme: scope mismatch"},
		"RS256 is the default":    {named, Trust{Keys: []Key{{ID: "acme", Data: pair.public}}}, "acme"},
		"another algorithm":       {named, Trust{Keys: []Key{{ID: "acme", Algorithm: "RS512", Data: pair.public}}}, "x: .signatures.json: not by the key acme: "},
		"a secret":                {withSecret(t, plain, secret), Trust{Keys: []Key{newKey(t, "s", "HS256", secret)}}, "s"},
		"another secret":          {withSecret(t, plain, secret), Trust{Keys: []Key{newKey(t, "s", "HS256", []byte("x"))}}, "x: .signatures.json: not by the key s: "},
		"a public key as secret":  {withSecret(t, plain, pair.public), Trust{Keys: []Key{newKey(t, "s", "", pair.public)}}, "x: .signatures.json: not by the key s: "},
	} {
		s, err := Open("x", c.data, c.trust)
		if err != nil {
			if !strings.HasPrefix(c.want, "x: ") || !strings.HasPrefix(err.Error(), c.want) || s.FS != nil {
				t.Errorf("%s\ngot  %v\nwant %s", name, err, c.want)
			}
			continue
		}
		if s.Key != c.want {
			t.Errorf("%s: got %q, want %q", name, s.Key, c.want)
		}
	}
}

// withSecret signs a bundle with HS256, as OPA does.
func withSecret(t testing.TB, data, secret []byte) []byte {
	t.Helper()
	files, err := unpack(data)
	if err != nil {
		t.Fatal(err)
	}
	listed, err := hashFiles(files)
	if err != nil {
		t.Fatal(err)
	}
	token, err := bundle.GenerateSignedToken(listed, bundle.NewSigningConfig(string(secret), "HS256", ""), "s")
	if err != nil {
		t.Fatal(err)
	}
	files[signatureFile] = fmt.Appendf(nil, `{"signatures": [%q]}`, token)
	out, err := pack(files)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
