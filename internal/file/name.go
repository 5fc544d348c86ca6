// Package file is how files are read and written: regular ones only, up to a limit,
// and whole or not at all. It also says what outputs call a file.
package file

import (
	"os"
	"path/filepath"
	"strings"
)

// Tree gives names to files: paths below its root, with forward slashes, whatever
// directory the program runs in and however a path was spelt. What lies elsewhere
// is called by its absolute path.
type Tree struct{ root, here string }

// Here is the tree of the working directory: its root is that of the repository, or
// the working directory itself outside of one.
func Here() (Tree, error) {
	dir, err := os.Getwd()
	if err != nil {
		return Tree{}, err
	}
	return Of(dir), nil
}

// Of is the tree of a directory, by its absolute path.
func Of(dir string) Tree {
	t := Tree{dir, dir}
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			t.root = at
			return t
		}
		if at == filepath.Dir(at) {
			return t
		}
	}
}

// Root is the directory that names are below.
func (t Tree) Root() string { return t.root }

// Upwards are the working directory and those above it, up to the root.
func (t Tree) Upwards() (dirs []string) {
	for dir := t.here; ; dir = filepath.Dir(dir) {
		dirs = append(dirs, dir)
		if dir == t.root || dir == filepath.Dir(dir) {
			return dirs
		}
	}
}

// Name is what outputs call a path; "-", which is standard input, stays.
func (t Tree) Name(path string) string {
	if path == "-" {
		return path
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(t.here, path)
	}
	path = filepath.Clean(path)
	below, err := filepath.Rel(t.root, path)
	if err != nil || !filepath.IsLocal(below) {
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(below)
}

// Path is where a file of that name is, relative to the working directory where
// that is shorter to read.
func (t Tree) Path(name string) string {
	path := filepath.FromSlash(name)
	if name == "-" || filepath.IsAbs(path) {
		return path
	}
	path = filepath.Join(t.root, path)
	if below, err := filepath.Rel(t.here, path); err == nil && !strings.HasPrefix(below, "..") {
		return below
	}
	return path
}
