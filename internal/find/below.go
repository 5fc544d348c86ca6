package find

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/described"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/importer"
	"github.com/audition-dev/audition/internal/importer/draft"
)

// walk is the search below one directory.
type walk struct {
	*search
	dir string
	// tree is the real path of what links may not lead out of: the root of the
	// names, or the directory itself where it lies elsewhere.
	tree    string
	ignores []ignore
	been    map[string]bool // real paths of directories
}

// below finds the profiles and descriptors below a directory.
func (s *search) below(dir string) error {
	real, err := realPath(dir)
	if err != nil {
		return fmt.Errorf("%s: %s", document.OneLine(dir), file.Cause(err))
	}
	w := &walk{search: s, dir: dir, tree: real, been: map[string]bool{}}
	if root, err := filepath.EvalSymlinks(s.from.Root()); err == nil && inside(root, real) {
		w.tree = root
	}
	if w.ignores, err = s.ignores(dir); err != nil {
		return err
	}
	s.walks = true
	defer func() { s.walks = false }()
	return w.directory(dir, real)
}

// inside tells whether a path is a directory or below it.
func inside(dir, path string) bool {
	below, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(below)
}

// directory searches a directory once, under the first name that leads to it.
func (w *walk) directory(dir, real string) error {
	if err := w.ctx.Err(); err != nil {
		return fmt.Errorf("%s: %w", document.OneLine(dir), err)
	}
	if w.been[real] {
		return nil
	}
	w.been[real] = true
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.add(dir, &file.Error{Path: dir, Cause: err})
		return nil
	}
	for _, e := range entries {
		if err := w.entry(filepath.Join(dir, e.Name()), filepath.Join(real, e.Name()), e); err != nil {
			return err
		}
	}
	return nil
}

// entry looks at a file or directory, unless it is ignored. Directories with a dot
// are for tools: only descriptors are looked for in them.
func (w *walk) entry(path, real string, e fs.DirEntry) error {
	mode := e.Type()
	if mode.IsDir() && hidden(e.Name()) || !mode.IsDir() && mode&fs.ModeSymlink == 0 && !w.candidate(path) {
		return nil
	}
	if skip, err := w.ignored(w.ignores, path); skip || err != nil {
		return err
	}
	if mode&fs.ModeSymlink == 0 {
		if mode.IsDir() {
			return w.directory(path, real)
		}
		w.file(path, real)
		return nil
	}
	info, err := os.Stat(path)
	switch {
	case err != nil && !w.candidate(path):
		return nil
	case err != nil:
		w.add(path, &file.Error{Path: path, Cause: err})
		return nil
	case !info.IsDir() && !w.candidate(path) || info.IsDir() && hidden(e.Name()):
		return nil
	}
	return w.link(path, info)
}

// link follows a link within the tree.
func (w *walk) link(path string, info fs.FileInfo) error {
	real, err := realPath(path)
	switch {
	case err != nil:
		w.add(path, &file.Error{Path: path, Cause: err})
	case inside(w.tree, real) && info.IsDir():
		return w.directory(path, real)
	case inside(w.tree, real):
		w.file(path, real)
	case info.IsDir():
		w.notes.Unfollowed = append(w.notes.Unfollowed, w.from.Name(path))
	default:
		w.add(path, &file.Error{Path: path, Cause: errors.New("a link that leads out of " + w.from.Name(w.tree) + ", expected a file in it")})
	}
	return nil
}

// hidden tells whether a directory is for a tool that keeps no descriptor in it.
func hidden(name string) bool { return name[0] == '.' && !importer.Directory(name) }

// candidate tells whether a file may be a profile or a descriptor, by its path. In a
// directory of a tool it is one only where that tool keeps it.
func (w *walk) candidate(path string) bool {
	name := w.from.Name(path)
	if importer.Kept(name) {
		return true
	}
	below, _ := filepath.Rel(w.dir, filepath.Dir(path))
	inside := slices.ContainsFunc(strings.Split(filepath.ToSlash(below), "/"), func(dir string) bool {
		return strings.HasPrefix(dir, ".") && importer.Directory(dir)
	})
	return documentName(path) && !inside
}

// documentName tells whether a file may hold a document, by its name.
func documentName(path string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json", ".jsonl", ".ndjson"}, strings.ToLower(filepath.Ext(path)))
}

// file adds a file that is a profile or a descriptor, or is meant to be one.
func (w *walk) file(path, real string) {
	data, err := file.Read(real, document.MaxBytes)
	if err != nil && !errors.Is(err, file.ErrLarge) {
		w.add(path, &file.Error{Path: path, Cause: err})
		return
	}
	name := w.from.Name(path)
	is, err := IsProfile(name, data)
	if (is || err != nil) && w.descriptors {
		return
	}
	if is || err != nil {
		w.add(path, err)
		w.describes(path, data)
		return
	}
	f, is := importer.Of(draft.File{Name: name, Data: data})
	if !is {
		w.notes.Passed++
		return
	}
	w.add(path, nil)
	for _, below := range f.Takes {
		if other := filepath.Join(filepath.FromSlash(importer.Home(filepath.ToSlash(path))), filepath.FromSlash(below)); other != filepath.Clean(path) {
			w.taken[other] = true
		}
	}
}

// describes notes what the profiles of a file describe: that is judged with them.
func (w *walk) describes(path string, data []byte) {
	if !bytes.Contains(data, []byte("describes")) {
		return
	}
	docs, _ := document.Read(path, data) // judging tells what is wrong
	for _, doc := range docs {
		for _, name := range described.Names(doc) {
			w.taken[filepath.Join(filepath.Dir(path), filepath.FromSlash(name))] = true
		}
	}
}
