package parse

import (
	"cmp"
	"io/fs"
	"path"
	"strings"

	"github.com/audition-dev/audition/policies"
)

// Source is a tree of Rego files and data documents. Its packages and its data
// are org.…, those of the builtin source maestro.… and gate. A data document is
// data.json, data.yaml or data.yml, and is the data at the path of its folder; a
// JSON Schema may stand beside it as data.jsonschema.
type Source struct {
	// Name is what the source is called in messages and verdicts.
	Name string
	FS   fs.FS
	// File is the one file of FS that counts; "" for all. It is a Rego file or a
	// data document, which may have any name and is data at the root; a schema
	// beside it has the same name and ends in .jsonschema.
	File string
	// Revision and Roots are those of the manifest of a bundle; nobody else has
	// packages or data below its roots. Roots is nil for what is no bundle.
	Revision string
	Roots    []string
	// Layer is the rank of the configuration that names the source, from 0 at the top.
	// Sources of different layers share no org.<name>.<topic>, in packages or in data.
	Layer int
	// Key is the id of the key that verified the signature; "" when not verified.
	Key string
	// Trusted sources are believed to end and to need little memory.
	Trusted bool
	// Builtin is the source that comes with the program, and needs no trust.
	Builtin bool
	// InPlace is a tree of the builtin policy under work, in place of the one that
	// comes with the program. It is not believed more than any other policy.
	InPlace bool
	// Below is a folder below which the files of the builtin source stand in
	// messages, so that no file of an organisation has their names.
	Below string
}

// Untrusted tells whether nobody vouches for a source: it runs in a goroutine of
// its own within a time limit, and its caller has to bound its memory.
func (s Source) Untrusted() bool { return !s.Builtin && !s.Trusted }

// Builtin is the source of the rules and gates that come with the program.
func Builtin() Source { return Source{Name: "builtin", FS: policies.FS, Builtin: true} }

// Loaded is a source as it was loaded.
type Loaded struct {
	Source string `json:"source"`
	// Digest is the SHA-256 of its Rego files, tests left out, its data documents,
	// their schemas, the manifest of a bundle and the builtin tables, each with its path.
	Digest string `json:"digest"`
	// Revision is that of a bundle.
	Revision string `json:"revision"`
	// Key is the id of the key that verified the signature of a bundle.
	Key string `json:"key,omitempty"`
}

// Shown is what a file of the source is called in messages.
func (s Source) Shown(name string) string {
	switch {
	case s.Builtin:
		return path.Join(s.Below, name)
	case s.File != "":
		return path.Join(path.Dir(s.Name), path.Base(name))
	}
	return path.Join(s.Name, name)
}

// problem is an error about a source as a whole.
func (s Source) problem(err error) error { return Problem{File: s.Name, Message: err.Error()} }

// Each calls do with the name of every file that the source has or may have a use
// for. What is hidden is of other programs, or left by them: only the manifest of
// a bundle counts, and a file that is named as the one that counts.
func (s Source) Each(do func(name string) error) error {
	return fs.WalkDir(s.FS, cmp.Or(s.File, "."), func(name string, d fs.DirEntry, err error) error {
		hidden := strings.HasPrefix(path.Base(name), ".") && name != "." && name != s.File
		switch {
		case err != nil:
			return err
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir(), hidden && (s.Roots == nil || name != ManifestFile):
			return nil
		}
		return do(name)
	})
}

// TestBeside is the name of the test of a Rego file.
func TestBeside(name string) string { return strings.TrimSuffix(name, ".rego") + "_test.rego" }
