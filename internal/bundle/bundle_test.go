package bundle

import (
	"archive/tar"
	"bytes"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/parse"
)

const manifest = `{"revision": "7", "roots": ["org/acme"], "rego_version": 1}`

// acme is a source with one of everything that a bundle may hold.
func acme() rego.Source {
	return source(
		"rule.rego", module("org.acme.rule", overLimit),
		"rule_test.rego", "package org.acme.rule_test\n\nimport data.org.acme.rule\n\nbad := {}\n\ntest_fires if count(rule.findings) > 0 with input as bad",
		"gate.rego", silentOf("acme"),
		"org/acme/limits/data.yaml", limits, "org/acme/limits/data.jsonschema", limitsSchema,
		"org/acme/names/data.json", `{"x-all": ["é", 1.50]}`,
		"other.jsonschema", "{}", "audition.yaml", "apiVersion: audition/v1\nkind: Configuration\n",
		".regal/rules/x.rego", "package custom.x", "._gate.rego", "\x00",
		"README.md", "# Acme", "more/audition.yaml", "kind: Other", "opa.tar.gz", "x")
}

func silentOf(name string) string { return strings.Replace(silent, "org.none", "org."+name, 1) }

func bundled(t testing.TB, s rego.Source, revision string) []byte {
	t.Helper()
	data, err := Write(s, revision)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func open(t testing.TB, data []byte, trust Trust) rego.Source {
	t.Helper()
	s, err := Open("acme.tar.gz", data, trust)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// names are the files of a source.
func names(t testing.TB, s rego.Source) (out []string) {
	t.Helper()
	err := fs.WalkDir(s.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestBundle: what is written is read, with all its files, and judges as the
// folder does.
func TestBundle(t *testing.T) {
	s := open(t, bundled(t, acme(), "v1"), Trust{})
	want := []string{".manifest", "audition.yaml", "gate.rego", "org/acme/limits/data.jsonschema", "org/acme/limits/data.yaml",
		"org/acme/names/data.json", "other.jsonschema", "rule.rego", "rule_test.rego"}
	if got := names(t, s); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if err := fstest.TestFS(s.FS, want...); err != nil {
		t.Error(err)
	}
	for _, name := range want[1:] {
		a, _ := fs.ReadFile(s.FS, name)
		if b, err := fs.ReadFile(acme().FS, name); err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: got %q, want %q, %v", name, a, b, err)
		}
	}
	text, _ := fs.ReadFile(s.FS, ".manifest")
	if want := `{"revision":"v1","roots":["org/acme"],"rego_version":1}` + "\n"; string(text) != want {
		t.Errorf("manifest %s", text)
	}
	e := load(t, s)
	loaded := e.Sources()[0]
	if s.Revision != "v1" || !slices.Equal(s.Roots, []string{"org/acme"}) || s.Key != "" || s.Name != "acme.tar.gz" || loaded.Revision != "v1" || loaded.Key != "" || loaded.Source != "acme.tar.gz" {
		t.Errorf("got %+v, loaded %+v", s, loaded)
	}
	if got := findings(t, e, agent(t, "")); len(got) != 1 || got[0].Term != "0.6" || got[0].Rule.File != "acme.tar.gz/rule.rego" {
		t.Errorf("got %+v", got)
	}
}

// TestBundleIsReproducible: the bytes depend on files and revision only.
func TestBundleIsReproducible(t *testing.T) {
	base := bundled(t, acme(), "v1")
	if again := bundled(t, named("other", acme()), "v1"); !bytes.Equal(base, again) {
		t.Error("the same files give other bytes")
	}
	if other := bundled(t, acme(), "v2"); bytes.Equal(base, other) {
		t.Error("another revision gives the same bytes")
	}
}

// TestDigestOfBundles: it is of the manifest too.
func TestDigestOfBundles(t *testing.T) {
	digest := func(s rego.Source) string { return load(t, s).Sources()[0].Digest }
	base := digest(open(t, bundled(t, acme(), "v1"), Trust{}))
	if got := digest(open(t, bundled(t, acme(), "v1"), Trust{})); got != base {
		t.Error("the same bundle has another digest")
	}
	if got := digest(open(t, bundled(t, acme(), "v2"), Trust{})); got == base {
		t.Error("another revision has the same digest")
	}
	if got := digest(acme()); got == base {
		t.Error("a folder has the digest of a bundle")
	}
}

func TestWriteRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		files []string
		want  string
	}{
		"nothing":       {[]string{"README.md", "x"}, "acme: nothing to bundle, expected Rego files or data documents"},
		"empty data":    {[]string{"data.json", "{}"}, "acme: nothing to bundle, expected Rego files or data documents"},
		"syntax":        {[]string{"a.rego", "package org.a.x\n\nx if {", "b.rego", ""}, "acme/a.rego:3:6: unexpected eof token x if { ^\nacme/b.rego:1:1: expected a package, got an empty file"},
		"test":          {[]string{"a_test.rego", "package org.a.x\n\nx if {"}, "acme/a_test.rego:3:6: unexpected eof token x if { ^"},
		"foreign":       {[]string{"a.rego", "package maestro.a", "b.rego", "package org.a"}, "acme/a.rego:1: package maestro.a: expected org.<name>.<topic>\nacme/b.rego:1: package org.a: expected org.<name>.<topic>"},
		"foreign test":  {[]string{"a_test.rego", "package a_test"}, "acme/a_test.rego:1: package a_test: expected org.<name>.<topic>"},
		"foreign data":  {[]string{"a/data.yaml", "b: 1"}, "acme/a/data.yaml:1:1: data.a: expected data below org.<name>"},
		"schema":        {[]string{"org/a/data.yaml", "b: 1", "org/a/data.jsonschema", `{"properties": {"b": {"type": "string"}}}`}, "acme/org/a/data.yaml:1:1: b: expected a text, got the number 1; quote it"},
		"orphan schema": {[]string{"org/a/data.jsonschema", "{}"}, "acme/org/a/data.jsonschema: a schema without data, expected one of data.json, data.yaml, data.yml beside it"},
		"too large":     {[]string{"a.rego", "package org.a.x", "big.jsonschema", noise(MaxBytes)}, ""},
	} {
		_, err := Write(source(c.files...), "")
		if err == nil || c.want != "" && err.Error() != c.want || c.want == "" && !strings.HasPrefix(err.Error(), "acme: expected at most 4194304 bytes, got ") {
			t.Errorf("%s\ngot  %v\nwant %s", name, err, c.want)
		}
	}
}

// noise is a text that does not compress well.
func noise(n int) string {
	b, x := make([]byte, n), uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return string(b)
}

func TestOpenRefuses(t *testing.T) {
	with := func(files ...string) []byte { return tarball(t, append([]string{".manifest", manifest}, files...)...) }
	roots := func(roots string) []byte {
		return tarball(t, ".manifest", `{"roots": `+roots+`}`, "a.rego", "package org.acme.a")
	}
	entry := func(h tar.Header) []byte { return archive(t, func(w *tar.Writer) { add(t, w, &h, "") }) }
	const foreign = " is not the organisation's, expected org/<name> or below it"
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":        {nil, "expected a bundle, which is a .tar.gz: EOF"},
		"no gzip":        {[]byte("package org.acme.a"), "expected a bundle, which is a .tar.gz: gzip: invalid header"},
		"no tar":         {zipped(t, []byte(strings.Repeat("package org.acme.a\n", 100))), "expected a bundle, which is a .tar.gz: archive/tar: invalid tar header"},
		"cut":            {with()[:50], "expected a bundle, which is a .tar.gz: unexpected EOF"},
		"more behind":    {append(with(), "x"...), "expected a bundle, which is a .tar.gz: unexpected EOF"},
		"another behind": {append(with(), with()...), "expected nothing after the end of the archive"},
		"large":          {make([]byte, MaxBytes+1), "expected at most 4194304 bytes, got 4194305"},
		"bomb":           {zipped(t, make([]byte, maxUnpackedBytes+1)), "expected at most 33554432 bytes when unpacked"},
		"many files": {archive(t, func(w *tar.Writer) {
			for range maxBundleFiles + 1 {
				add(t, w, &tar.Header{Name: "x/", Typeflag: tar.TypeDir}, "")
			}
		}), "expected at most 10000 files and 33554432 bytes when unpacked"},
		"link":         {entry(tar.Header{Name: "x.rego", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}), "x.rego: expected a file or a folder, got a link or a device"},
		"hard link":    {entry(tar.Header{Name: "x.rego", Typeflag: tar.TypeLink, Linkname: "y.rego"}), "x.rego: expected a file or a folder, got a link or a device"},
		"device":       {entry(tar.Header{Name: "x.rego", Typeflag: tar.TypeChar}), "x.rego: expected a file or a folder, got a link or a device"},
		"parent":       {with("../x.rego", ""), `"../x.rego": expected a name within the bundle`},
		"inner parent": {with("org/../x.rego", ""), `"org/../x.rego": expected a name within the bundle`},
		"absolute":     {with("//etc/passwd", ""), `"//etc/passwd": expected a name within the bundle`},
		"dot":          {with("./././x.rego", ""), `"./././x.rego": expected a name within the bundle`},
		"only a dot":   {with(".", ""), `".": expected a name within the bundle`},
		"backslash":    {with(`org\x.rego`, ""), `"org\\x.rego": expected a name within the bundle`},
		"line":         {with("x\ny.rego", ""), `"x\ny.rego": expected a name within the bundle`},
		"long name":    {with(strings.Repeat("x", 1001), ""), `"` + strings.Repeat("x", 60) + `…": expected a name within the bundle`},
		"folder":       {entry(tar.Header{Name: "a/../../b/", Typeflag: tar.TypeDir}), `"a/../../b/": expected a name within the bundle`},
		"twice":        {with("a.rego", "package org.acme.a", "/a.rego", "package org.acme.b"), "a.rego: stands twice in the bundle"},
		"twice, dot":   {with("./.manifest", manifest), ".manifest: stands twice in the bundle"},
		"two of one":   {with("a", "", "a/b", ""), "a: is a file and a folder"},

		"no manifest":       {tarball(t, "a.rego", "package org.acme.a"), "expected a .manifest with roots such as org/acme, got none"},
		"manifest below":    {tarball(t, "x/.manifest", manifest), "expected a .manifest with roots such as org/acme, got none"},
		"two manifests":     {with("x.manifest", manifest), `bundle contains multiple manifest files: ".manifest" and "x.manifest"`},
		"no JSON":           {tarball(t, ".manifest", "roots: [org/acme]"), ".manifest: invalid character 'r' looking for beginning of value"},
		"more JSON":         {tarball(t, ".manifest", manifest+"{}"), ".manifest: invalid character '{' after top-level value"},
		"no roots":          {tarball(t, ".manifest", "{}", "a.rego", "package org.acme.a"), `.manifest: root ""` + foreign},
		"empty roots":       {roots(`[]`), ".manifest: expected roots such as org/acme, got none"},
		"everything":        {roots(`[""]`), `.manifest: root ""` + foreign},
		"all organisations": {roots(`["org"]`), `.manifest: root "org"` + foreign},
		"ours":              {roots(`["org/acme", "maestro"]`), `.manifest: root "maestro"` + foreign},
		"ours, below":       {roots(`["maestro/cross_layer"]`), `.manifest: root "maestro/cross_layer"` + foreign},
		"almost":            {roots(`["organ/acme"]`), `.manifest: root "organ/acme"` + foreign},
		"empty name":        {roots(`["org//acme"]`), `.manifest: root "org//acme"` + foreign},
		"overlap":           {roots(`["org/acme", "org/acme/a"]`), "manifest has overlapped roots: 'org/acme' and 'org/acme/a'"},
		"Rego version":      {tarball(t, ".manifest", `{"roots": ["org/acme"], "rego_version": 0}`), ".manifest: rego_version: expected 1, and no other for a file"},
		"of a file":         {tarball(t, ".manifest", `{"roots": ["org/acme"], "rego_version": 1, "file_rego_versions": {"/a.rego": 0}}`), ".manifest: rego_version: expected 1, and no other for a file"},

		"delta":          {with("patch.json", `{"data": []}`), "patch.json: expected a whole bundle, got a delta bundle"},
		"wasm":           {with("policy.wasm", ""), "policy.wasm: expected Rego, got compiled policy"},
		"plan":           {with("x/plan.json", "{}"), "x/plan.json: expected Rego, got compiled policy"},
		"plan, protobuf": {with("plan.pb", ""), "plan.pb: expected Rego, got compiled policy"},
		"long Rego":      {with("a.rego", strings.Repeat("#", parse.MaxFileBytes+1)), "a.rego: expected at most 1048576 bytes, got 1048577"},
		"signed below":   {with("x/.signatures.json", "{}"), "x/.signatures.json: expected the signature at the root of the bundle"},
		"package":        {with("a.rego", "package org.other.a"), "manifest roots [org/acme] do not permit 'package org.other.a' in module 'acme.tar.gz/a.rego'"},
		"package, test":  {with("a_test.rego", "package maestro.a"), "manifest roots [org/acme] do not permit 'package maestro.a' in module 'acme.tar.gz/a_test.rego'"},
		"package, near":  {with("a.rego", "package org.acmes.a"), "manifest roots [org/acme] do not permit 'package org.acmes.a' in module 'acme.tar.gz/a.rego'"},
	} {
		s, err := Open("acme.tar.gz", c.data, Trust{})
		if err == nil || err.Error() != "acme.tar.gz: "+c.want || !reflect.DeepEqual(s, rego.Source{}) {
			t.Errorf("%s\ngot  %v\nwant acme.tar.gz: %s", name, err, c.want)
		}
	}
	// Errors in files have the place of the file.
	for name, c := range map[string]struct{ file, text, want string }{
		"syntax":           {"a.rego", "package org.acme.a\n\nx if {", "a.rego:3:6: unexpected eof token x if { ^"},
		"data":             {"org/acme/data.yaml", "a: [", "org/acme/data.yaml:1:1: not YAML or JSON: did not find expected node content"},
		"data outside":     {"org/other/data.yaml", "a: 1", "org/other/data.yaml:1:1: data.org.other.a: is outside of the roots org/acme"},
		"data at the root": {"data.json", `{"org": {"acme": {"a": 1}, "acmes": {"b": 2}}}`, "data.json:1:38: data.org.acmes.b: is outside of the roots org/acme"},
		"foreign data":     {"data.json", `{"maestro": {"a": 1}}`, "data.json:1:2: data.maestro: expected data below org.<name>"},
		"a strange name":   {"data.json", `{"org": {"acme/b": {"a": 1}}}`, `data.json:1:21: data.org["acme/b"].a: is outside of the roots org/acme`},
	} {
		if s, err := Open("acme.tar.gz", with(c.file, c.text), Trust{}); err == nil || err.Error() != "acme.tar.gz/"+c.want || s.FS != nil {
			t.Errorf("%s\ngot  %v\nwant acme.tar.gz/%s", name, err, c.want)
		}
	}
}

// TestOpenAccepts what others write.
func TestOpenAccepts(t *testing.T) {
	for name, files := range map[string][]string{
		"as OPA writes":  {"/.manifest", manifest, "/a.rego", "package org.acme.a"},
		"as tar writes":  {"./.manifest", manifest, "./a.rego", "package org.acme.a"},
		"no version":     {".manifest", `{"roots": ["org/acme/"]}`, "a.rego", "package org.acme.a"},
		"below":          {".manifest", `{"roots": ["/org/acme/a"]}`, "a.rego", "package org.acme.a"},
		"no data":        {".manifest", manifest, "a.rego", "package org.acme.a", "data.json", "{}"},
		"unknown fields": {".manifest", `{"roots": ["org/acme"], "metadata": {"a": 1}, "new": 1}`, "a.rego", "package org.acme.a"},
	} {
		if s := open(t, tarball(t, files...), Trust{}); !slices.Contains(names(t, s), "a.rego") || !strings.HasPrefix(s.Roots[0], "org/acme") || strings.HasSuffix(s.Roots[0], "/") {
			t.Errorf("%s: got %v, %v", name, names(t, s), s.Roots)
		}
	}
}

// TestBundleOfConfiguration: a bundle may hold a configuration and nothing else.
func TestBundleOfConfiguration(t *testing.T) {
	s := open(t, tarball(t, ".manifest", manifest, "audition.yaml", "kind: Configuration"), Trust{})
	if data, err := fs.ReadFile(s.FS, "audition.yaml"); err != nil || string(data) != "kind: Configuration" {
		t.Errorf("%q, %v", data, err)
	}
	load(t, s, source("rule.rego", module("org.test.rule", fires)))
}

// TestRootsOfBundles are organisations, of packages and of data.
func TestRootsOfBundles(t *testing.T) {
	for name, c := range map[string]struct {
		files, want []string
	}{
		"package":        {[]string{"a.rego", "package org.b.x.y"}, []string{"org/b"}},
		"test":           {[]string{"a_test.rego", "package org.b.x_test"}, []string{"org/b"}},
		"data":           {[]string{"data.json", `{"org": {"b-c": {"x": {}}}}`}, []string{"org/b-c"}},
		"empty data":     {[]string{"org/b/data.json", `{}`}, []string{"org/b"}},
		"several":        {[]string{"a.rego", "package org.b.x", "b.rego", "package org.a.x", "org/b/y/data.json", "{}", "org/c/data.json", "{}"}, []string{"org/a", "org/b", "org/c"}},
		"almost nothing": {[]string{"a.rego", "package org.b.x", "data.json", "{}"}, []string{"org/b"}},
	} {
		if got := open(t, bundled(t, source(c.files...), ""), Trust{}).Roots; !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// TestByteOrderMark: OPA does not know it.
func TestByteOrderMark(t *testing.T) {
	if got, want := bundled(t, source("a.rego", "\ufeffpackage org.a.b"), ""), bundled(t, source("a.rego", "package org.a.b"), ""); !bytes.Equal(got, want) {
		t.Error("the mark is in the bundle")
	}
}
