package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
)

const (
	manifestFile  = ".manifest"
	signatureFile = ".signatures.json"
)

// OpenBundle reads a bundle of OPA: a .tar.gz of Rego, data documents and any
// other files, with a manifest whose roots are org/<name> or below. Its signature
// is verified where trust has keys. name is that of the source, and begins every
// error.
func OpenBundle(name string, data []byte, trust Trust) (Source, error) {
	s := Source{Name: name}
	files, err := unpack(data)
	if err == nil {
		err = checkFiles(files)
	}
	if err == nil {
		s.FS, err = newFS(files)
	}
	if err != nil {
		return Source{}, fmt.Errorf("%s: %w", name, err)
	}
	verification, err := trust.verification(files)
	if err != nil {
		return Source{}, fmt.Errorf("%s: %w", name, err)
	}
	if verification != nil {
		s.Key = verification.KeyID
	}
	read, err := readBundle(s, verification)
	if err != nil {
		return Source{}, err
	}
	s.Revision, s.Roots = read.Manifest.Revision, *read.Manifest.Roots
	if err := dataWithin(s); err != nil {
		return Source{}, err
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
		case path.Ext(name) == ".rego" && len(files[name]) > maxPolicyBytes:
			return fmt.Errorf("%s: expected at most %d bytes, got %d", name, maxPolicyBytes, len(files[name]))
		}
	}
	data, ok := files[manifestFile]
	if !ok {
		return fmt.Errorf("expected a %s with roots such as org/acme, got none", manifestFile)
	}
	var m bundle.Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return fmt.Errorf("%s: %w", manifestFile, err)
	}
	m.Init()
	if err := checkRoots(*m.Roots); err != nil {
		return fmt.Errorf("%s: %w", manifestFile, err)
	}
	versions := slices.Collect(maps.Values(m.FileRegoVersions))
	if m.RegoVersion != nil {
		versions = append(versions, *m.RegoVersion)
	}
	if slices.ContainsFunc(versions, func(v int) bool { return v != 1 }) {
		return fmt.Errorf("%s: rego_version: expected 1, and no other for a file", manifestFile)
	}
	return nil
}

// readBundle has OPA read the files of a bundle and hold them against manifest
// and signature; there is none to verify when verification is nil.
func readBundle(s Source, verification *bundle.VerificationConfig) (bundle.Bundle, error) {
	// Passthrough, for otherwise a name loses the dot that it begins with.
	files := bundle.NewFSLoaderWithRoot(s.FS, ".").WithPathFormat(bundle.Passthrough)
	b, err := bundle.NewCustomReader(files).
		WithBaseDir(s.Name).
		WithProcessAnnotations(true).
		WithCapabilities(capabilities()).
		WithLazyLoadingMode(true). // data is for our own reader
		WithBundleVerificationConfig(verification).
		WithSkipBundleVerification(verification == nil).
		Read()
	if err == nil {
		return b, nil
	}
	if _, err := parseAll(s); err != nil {
		return b, err
	}
	return b, fmt.Errorf("%s: %s", s.Name, strings.Join(strings.Fields(err.Error()), " "))
}

// parseAll parses all Rego files of a source, those of tests too.
func parseAll(s Source) (modules []*ast.Module, err error) {
	var errs []error
	err = fs.WalkDir(s.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" {
			return err
		}
		data, err := fs.ReadFile(s.FS, name)
		if err != nil {
			return err
		}
		m, err := parse(s.shown(name), data)
		modules, errs = append(modules, m), append(errs, err)
		return nil
	})
	return modules, errors.Join(append(errs, err)...)
}

// dataWithin reads the data documents of a bundle and refuses what is outside
// its roots.
func dataWithin(s Source) error {
	documents, err := readDocuments(s)
	if err != nil {
		return err
	}
	var errs []error
	for _, d := range documents {
		for _, at := range d.leaves() {
			if !slices.ContainsFunc(s.Roots, func(root string) bool { return within(root, at) }) {
				errs = append(errs, d.errorf(at, "is outside of the roots %s", strings.Join(s.Roots, ", ")))
				break
			}
		}
	}
	return errors.Join(errs...)
}

func readDocuments(s Source) ([]dataDocument, error) {
	var in inputs
	var errs []error
	err := fs.WalkDir(s.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) != ".rego" {
			errs = append(errs, readFile(0, s, name, &in, io.Discard))
		}
		return err
	})
	return in.documents, errors.Join(append(errs, err)...)
}

// WriteBundle makes a bundle of OPA of a source: its Rego, tests too, its data
// documents, every .jsonschema and audition.yaml; nothing else. Its roots are the
// organisations that it is of. The same files and revision give the same bytes.
func WriteBundle(s Source, revision string) ([]byte, error) {
	modules, errRego := parseAll(s)
	documents, errData := readDocuments(s)
	if err := errors.Join(errRego, errData); err != nil {
		return nil, err
	}
	roots, err := rootsOf(modules, documents)
	if err != nil {
		return nil, err
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
	files := map[string][]byte{manifestFile: append(manifest, '\n')}
	err = fs.WalkDir(s.FS, ".", func(name string, d fs.DirEntry, err error) error {
		ext := path.Ext(name)
		if err != nil || d.IsDir() || ext != ".rego" && ext != ".jsonschema" && !s.isData(name) && name != "audition.yaml" {
			return err
		}
		files[name], err = fs.ReadFile(s.FS, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	data, err := pack(files)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	_, err = OpenBundle(s.Name, data, Trust{})
	return data, err
}

// rootsOf are the organisations of packages and data, org/<name> each.
func rootsOf(modules []*ast.Module, documents []dataDocument) ([]string, error) {
	var roots []string
	var errs []error
	for _, m := range modules {
		if err := ownPackage(m); err != nil {
			errs = append(errs, err)
			continue
		}
		roots = append(roots, strings.Join(pathOf(m.Package.Path)[:2], "/"))
	}
	for _, d := range documents {
		for _, at := range d.leaves() {
			roots = append(roots, strings.Join(at[:2], "/"))
		}
	}
	return distinct(roots), errors.Join(errs...)
}
