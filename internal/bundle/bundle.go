// Package bundle packs policy for others, and accepts theirs: archives as OPA
// writes them, signed or not.
package bundle

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"

	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/parse"
)

const signatureFile = ".signatures.json"

// Open reads a bundle of OPA: a .tar.gz of Rego, data documents and any other
// files, with a manifest whose roots are org/<name> or below. Its signature is
// verified where trust has keys. name is that of the source, and begins every
// error.
func Open(name string, data []byte, trust Trust) (rego.Source, error) {
	s, err := opened(name, data, trust)
	return s, fault.Undecided(err)
}

func opened(name string, data []byte, trust Trust) (rego.Source, error) {
	s := rego.Source{Name: name}
	files, err := unpack(data)
	if err == nil {
		err = checkFiles(files)
	}
	if err == nil {
		s.FS, err = newFS(files)
	}
	if err != nil {
		return rego.Source{}, fmt.Errorf("%s: %w", name, err)
	}
	verification, err := trust.verification(files)
	if err != nil {
		return rego.Source{}, fmt.Errorf("%s: %w", name, err)
	}
	if verification != nil {
		s.Key = verification.KeyID
	}
	manifest, err := readManifest(s, verification)
	// What does not parse says so with its place, whatever OPA says.
	in, wrong := parse.Sources([]rego.Source{s}, true)
	if len(wrong) > 0 {
		return rego.Source{}, wrong.Sorted()
	}
	if err != nil {
		return rego.Source{}, err
	}
	s.Revision, s.Roots = manifest.Revision, *manifest.Roots
	if wrong := outside(s, in); len(wrong) > 0 {
		return rego.Source{}, wrong.Sorted()
	}
	return s, nil
}

// checkFiles refuses what OPA has besides and we do not read, and manifests that
// are not for us.
func checkFiles(files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		switch base := path.Base(name); {
		case base == "patch.json":
			return fmt.Errorf("%s: expected a whole bundle, got a delta bundle", name)
		case base == bundle.WasmFile, base == bundle.PlanFile, base == bundle.PlanProtoFile:
			return fmt.Errorf("%s: expected Rego, got compiled policy", name)
		case base == signatureFile && name != base:
			return fmt.Errorf("%s: expected the signature at the root of the bundle", name)
		case path.Ext(name) == ".rego" && len(files[name]) > parse.MaxFileBytes:
			return fmt.Errorf("%s: expected at most %d bytes, got %d", name, parse.MaxFileBytes, len(files[name]))
		}
	}
	data, ok := files[parse.ManifestFile]
	if !ok {
		return fmt.Errorf("expected a %s with roots such as org/acme, got none", parse.ManifestFile)
	}
	var m bundle.Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return fmt.Errorf("%s: %w", parse.ManifestFile, err)
	}
	m.Init()
	if err := checkRoots(*m.Roots); err != nil {
		return fmt.Errorf("%s: %w", parse.ManifestFile, err)
	}
	versions := slices.Collect(maps.Values(m.FileRegoVersions))
	if m.RegoVersion != nil {
		versions = append(versions, *m.RegoVersion)
	}
	if slices.ContainsFunc(versions, func(v int) bool { return v != 1 }) {
		return fmt.Errorf("%s: rego_version: expected 1, and no other for a file", parse.ManifestFile)
	}
	return nil
}

// readManifest has OPA read the files of a bundle and hold them against manifest
// and signature; there is none to verify when verification is nil.
func readManifest(s rego.Source, verification *bundle.VerificationConfig) (bundle.Manifest, error) {
	// Passthrough, for otherwise a name loses the dot that it begins with.
	files := bundle.NewFSLoaderWithRoot(s.FS, ".").WithPathFormat(bundle.Passthrough)
	b, err := bundle.NewCustomReader(files).
		WithBaseDir(s.Name).
		WithProcessAnnotations(true).
		WithCapabilities(parse.Capabilities()).
		WithLazyLoadingMode(true). // data is for our own reader
		WithBundleVerificationConfig(verification).
		WithSkipBundleVerification(verification == nil).
		Read()
	if err != nil {
		err = fmt.Errorf("%s: %s", s.Name, strings.Join(strings.Fields(err.Error()), " "))
	}
	return b.Manifest, err
}

// checkRoots refuses roots that are not all org/<name> or below it.
func checkRoots(roots []string) error {
	if len(roots) == 0 {
		return errors.New("expected roots such as org/acme, got none")
	}
	for _, root := range roots {
		if parts := strings.Split(strings.Trim(root, "/"), "/"); len(parts) < 2 || parts[0] != "org" || slices.Contains(parts, "") {
			return fmt.Errorf("root %q is not the organisation's, expected org/<name> or below it", root)
		}
	}
	return nil
}

// outside are the data of a bundle that are outside of its roots.
func outside(s rego.Source, in *parse.Parsed) (wrong rego.Problems) {
	for _, d := range in.Documents {
		for _, at := range d.Leaves() {
			if !s.Owns(at) {
				wrong = append(wrong, d.Problem(at, "is outside of the roots %s", strings.Join(s.Roots, ", ")))
				break
			}
		}
	}
	return wrong
}

// Write makes a bundle of OPA of a source: its Rego, tests too, its data
// documents, every .jsonschema and audition.yaml; nothing else. Its roots are the
// organisations that it is of. The same files and revision give the same bytes.
func Write(s rego.Source, revision string) ([]byte, error) {
	data, err := write(s, revision)
	return data, fault.Undecided(err)
}

func write(s rego.Source, revision string) ([]byte, error) {
	in, wrong := parse.Sources([]rego.Source{s}, true)
	if len(wrong) > 0 {
		return nil, wrong.Sorted()
	}
	roots, wrong := rootsOf(in)
	if len(wrong) > 0 {
		return nil, wrong.Sorted()
	}
	if len(roots) == 0 {
		return nil, fmt.Errorf("%s: nothing to bundle, expected Rego files or data documents", s.Name)
	}
	m := bundle.Manifest{Revision: revision, Roots: &roots}
	m.SetRegoVersion(ast.RegoV1)
	manifest, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{parse.ManifestFile: append(manifest, '\n')}
	err = s.Each(func(name string) error {
		ext := path.Ext(name)
		if ext != ".rego" && ext != ".jsonschema" && !s.IsData(name) && name != "audition.yaml" {
			return nil
		}
		data, err := fs.ReadFile(s.FS, name)
		if ext == ".rego" {
			data = parse.WithoutMark(data)
		}
		files[name] = data
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	data, err := pack(files)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	_, err = opened(s.Name, data, Trust{})
	return data, err
}

// rootsOf are the organisations of packages and data, org/<name> each.
func rootsOf(in *parse.Parsed) (roots []string, wrong rego.Problems) {
	for _, f := range in.Files {
		if foreign := parse.OwnPackage(f.Module); len(foreign) > 0 {
			wrong = append(wrong, foreign...)
			continue
		}
		roots = append(roots, strings.Join(parse.PathOf(f.Module.Package.Path)[:2], "/"))
	}
	for _, d := range in.Documents {
		for _, at := range d.Leaves() {
			roots = append(roots, strings.Join(at[:2], "/"))
		}
	}
	slices.Sort(roots)
	return slices.Compact(roots), wrong
}
