package bundle

import (
	"bytes"
	"context"
	"crypto/elliptic"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// stock reads a bundle as OPA does with nothing of ours.
func stock(t testing.TB, data []byte, keys map[string]*bundle.KeyConfig) (*bundle.Bundle, error) {
	t.Helper()
	r := bundle.NewCustomReader(bundle.NewTarballLoaderWithBaseURL(bytes.NewReader(data), ""))
	if keys == nil {
		r = r.WithSkipBundleVerification(true)
	} else {
		r = r.WithBundleVerificationConfig(bundle.NewVerificationConfig(keys, "", "", nil))
	}
	b, err := r.Read()
	return &b, err
}

// TestOPAEvaluatesOurs: a stock OPA loads a bundle of ours, from memory and from
// a file, and says what we say.
func TestOPAEvaluatesOurs(t *testing.T) {
	data := bundled(t, acme(), "v1")
	b, err := stock(t, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	if b.Manifest.Revision != "v1" || !reflect.DeepEqual(b.Manifest.Roots, &[]string{"org/acme"}) || b.Type() != bundle.SnapshotBundleType || len(b.Modules) != 3 {
		t.Errorf("manifest %v, %d modules", b.Manifest, len(b.Modules))
	}
	file := filepath.Join(t.TempDir(), "acme.tar.gz")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, option := range map[string]func(*rego.Rego){"memory": rego.ParsedBundle("acme", b), "file": rego.LoadBundle(file)} {
		rs, err := rego.New(option, rego.Query("data.org.acme.rule.findings; data.org.acme.limits.eu.max_autonomy; data.org.acme.names"), rego.Strict(true)).Eval(context.Background())
		if err != nil || len(rs) != 1 {
			t.Fatalf("%s: %v, %v", name, rs, err)
		}
		var got []string
		for _, e := range rs[0].Expressions {
			v, err := ast.InterfaceToValue(e.Value)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, v.String())
		}
		want := []string{`[{"facts": [], "term": "0.6"}]`, "0.25", `{"x-all": ["é", 1.50]}`}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// TestOPATestsOurs: opa test runs the tests in a bundle of ours.
func TestOPATestsOurs(t *testing.T) {
	b, err := stock(t, bundled(t, acme(), ""), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, store := context.Background(), inmem.New()
	txn, err := store.NewTransaction(ctx, storage.WriteParams)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Abort(ctx, txn)
	results, err := tester.NewRunner().SetStore(store).SetBundles(map[string]*bundle.Bundle{"acme": b}).RunTests(ctx, txn)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for r := range results {
		count++
		if !r.Pass() || r.Name != "test_fires" {
			t.Errorf("got %+v", r)
		}
	}
	if count != 1 {
		t.Errorf("%d tests", count)
	}
}

// TestOPAVerifiesOurs: and refuses it with another key, and when it is altered.
func TestOPAVerifiesOurs(t *testing.T) {
	pair, other := newPair(t, rsaKey(t)), newPair(t, ecKey(t, elliptic.P256()))
	data := signed(t, bundled(t, acme(), "v1"), SigningKey{ID: "acme", Data: pair.private})
	ours := map[string]*bundle.KeyConfig{"acme": {Key: string(pair.public), Algorithm: "RS256"}}
	if b, err := stock(t, data, ours); err != nil || len(b.Modules) != 3 {
		t.Errorf("%d modules, %v", len(b.Modules), err)
	}
	if _, err := stock(t, data, map[string]*bundle.KeyConfig{"acme": {Key: string(other.public), Algorithm: "ES256"}}); err == nil {
		t.Error("accepted with another key")
	}
	files, err := unpack(data)
	if err != nil {
		t.Fatal(err)
	}
	files["gate.rego"] = append(files["gate.rego"], '\n')
	altered, err := pack(files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stock(t, altered, ours); err == nil || !strings.Contains(err.Error(), "gate.rego: digest mismatch") {
		t.Errorf("altered: %v", err)
	}
}

// TestOPASignsAlike: the signature is the one that OPA makes.
func TestOPASignsAlike(t *testing.T) {
	pair := newPair(t, rsaKey(t))
	b := opaBundle(t)
	if err := b.GenerateSignature(bundle.NewSigningConfig(string(pair.private), "RS256", ""), "acme", true); err != nil {
		t.Fatal(err)
	}
	var theirs bytes.Buffer
	if err := bundle.Write(&theirs, *b); err != nil {
		t.Fatal(err)
	}
	trust := Trust{Keys: []Key{newKey(t, "acme", "", pair.public)}, Required: true}
	s := open(t, theirs.Bytes(), trust)
	if s.Key != "acme" || s.Revision != "9" {
		t.Errorf("theirs: %+v", s)
	}
	if got := findings(t, load(t, s), agent(t, "")); len(got) != 1 || got[0].Term != "0.6" {
		t.Errorf("theirs: findings %+v", got)
	}
	ours := signed(t, theirs.Bytes(), SigningKey{ID: "acme", Data: pair.private})
	if s := open(t, ours, trust); s.Key != "acme" {
		t.Errorf("ours: %+v", s)
	}
	// OPA lists the files in another order.
	want, got := payload(t, theirs.Bytes()), payload(t, ours)
	slices.SortFunc(want, func(a, b bundle.FileInfo) int { return strings.Compare(a.Name, b.Name) })
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// opaBundle is a bundle as OPA builds it.
func opaBundle(t testing.TB) *bundle.Bundle {
	t.Helper()
	b := &bundle.Bundle{Data: map[string]any{"org": map[string]any{"acme": map[string]any{"limits": map[string]any{"max_autonomy": 0.6, "eu": map[string]any{"max_autonomy": 0.25}}}}}}
	b.Manifest.Revision = "9"
	b.Manifest.Roots = &[]string{"org/acme"}
	b.Manifest.SetRegoVersion(ast.RegoV1)
	for name, text := range map[string]string{"/rule.rego": module("org.acme.rule", overLimit), "/gate.rego": silentOf("acme")} {
		m, err := ast.ParseModule(name, text)
		if err != nil {
			t.Fatal(err)
		}
		b.Modules = append(b.Modules, bundle.ModuleFile{URL: name, Path: name, RelativePath: name, Raw: []byte(text), Parsed: m})
	}
	return b
}

// payload are the files that a signature lists.
func payload(t testing.TB, data []byte) []bundle.FileInfo {
	t.Helper()
	files, err := unpack(data)
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := readSignature(files[signatureFile])
	if err != nil {
		t.Fatal(err)
	}
	var p bundle.DecodedSignature
	if err := decode(strings.Split(s.Signatures[0], ".")[1], &p); err != nil {
		t.Fatal(err)
	}
	return p.Files
}
