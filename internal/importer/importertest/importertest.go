// Package importertest holds what becomes of descriptors against files. Only tests
// import it.
package importertest

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/importer"
	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/show"
)

// said is the file of an archive that has what its other files come to.
const said = "facts"

// Table reads the first file of every archive that a pattern names, with the others
// beside it, and compares what it comes to with the file facts of the archive: every
// fact with its place and how sure it is, and all that is in no fact.
func Table(t *testing.T, pattern string) {
	for _, name := range archives(t, pattern) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == said })
			out := explain(t, input(a))
			a.Files = append(a.Files, txtar.File{Name: said, Data: out})
			golden.Compare(t, name, txtar.Format(a))
		})
	}
}

func archives(t testing.TB, pattern string) []string {
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: no archives, %v", pattern, err)
	}
	return names
}

// input is the first file of an archive in the project that the archive is.
func input(a *txtar.Archive) draft.Input {
	first := a.Files[0]
	home := importer.Home(first.Name)
	return draft.Input{
		File: draft.File{Name: first.Name, Data: first.Data}, Catalogue: catalogue.Builtin(),
		Beside: func(below string) ([]byte, bool, error) {
			i := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == path.Join(home, below) })
			if i < 0 {
				return nil, false, nil
			}
			return a.Files[i].Data, true, nil
		},
		List: func(below string) (out []string, err error) {
			for _, f := range a.Files {
				if path.Dir(f.Name) == path.Join(home, below) {
					out = append(out, path.Base(f.Name))
				}
			}
			slices.Sort(out)
			return out, nil
		},
	}
}

// explain says what a descriptor comes to, which has to be a sound profile.
func explain(t *testing.T, in draft.Input) []byte {
	made, ok, err := importer.Read(in)
	if !ok {
		return []byte("no descriptor\n")
	}
	if err != nil {
		return []byte(err.Error() + "\n")
	}
	var out bytes.Buffer
	for i, m := range made {
		if _, err := profile.Of(m.Document, m.Origin); err != nil {
			t.Error(err)
		}
		if i > 0 {
			fmt.Fprintln(&out)
		}
		if err := show.ImportedText(&out, show.Imported{Document: m.Document, Origin: m.Origin}, print.Options{}); err != nil {
			t.Error(err)
		}
		again(t, show.Imported{Document: m.Document, Origin: m.Origin})
	}
	return out.Bytes()
}

// again holds a profile against itself as it is printed.
func again(t testing.TB, m show.Imported) {
	var printed bytes.Buffer
	if err := show.ImportedYAML(&printed, m); err != nil {
		t.Fatal(err)
	}
	made, err := profile.Of(m.Document, m.Origin)
	if err != nil {
		t.Fatal(err)
	}
	read, err := profile.Load("printed", printed.Bytes())
	if err != nil || len(read) != 1 || read[0].Digest() != made.Digest() {
		t.Errorf("printed it is another profile: %v\n%s", err, printed.Bytes())
	}
}

// Fuzz reads what is called as the first files of archives are: whatever the bytes
// are, it comes to sound profiles, or to an error with a place.
func Fuzz(f *testing.F, pattern string) {
	var names []string
	for _, name := range archives(f, pattern) {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if !slices.Contains(names, a.Files[0].Name) {
			names = append(names, a.Files[0].Name)
		}
		f.Add(slices.Index(names, a.Files[0].Name), a.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, name int, data []byte) {
		if name < 0 || name >= len(names) {
			return
		}
		in := draft.Input{File: draft.File{Name: names[name], Data: data}, Catalogue: catalogue.Builtin()}
		made, _, err := importer.Read(in)
		var placed *document.Error
		if err != nil && (!errors.As(err, &placed) || placed.Source != in.Name) {
			t.Errorf("%T: %v", err, err)
		}
		for _, m := range made {
			again(t, show.Imported{Document: m.Document, Origin: m.Origin})
		}
	})
}
