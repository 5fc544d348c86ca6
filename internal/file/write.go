package file

import (
	"errors"
	"os"
	"path/filepath"
)

// Writing is a file that is being written. A reader sees the old content until
// Commit, and then all of the new one.
type Writing struct {
	path string
	// target is what is replaced: path, or what a link there stands for. It is ""
	// for what is no file, such as a pipe, which gets what is written at once.
	target string
	f      *os.File
}

// Replace writes a file whole.
func Replace(path string, data []byte) error {
	w, err := Create(path)
	if err != nil {
		return err
	}
	defer w.Discard()
	if _, err := w.Write(data); err != nil {
		return err
	}
	return w.Commit()
}

// Create begins to write a file, which keeps its permissions. A link stays one and
// may not lead out of its folder; what may not be written is not replaced.
func Create(path string) (*Writing, error) {
	w := &Writing{path: path, target: path}
	if err := w.open(); err != nil {
		return nil, w.fail(err)
	}
	return w, nil
}

func (w *Writing) open() error {
	old, err := os.Stat(w.path)
	if err == nil && !old.Mode().IsRegular() {
		w.target = ""
		w.f, err = os.OpenFile(w.path, os.O_WRONLY, 0)
		return err
	}
	if w.target, err = resolve(w.path); err != nil {
		return err
	}
	if old != nil {
		f, err := os.OpenFile(w.target, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		f.Close()
	}
	if w.f, err = os.CreateTemp(filepath.Dir(w.target), "."+filepath.Base(w.target)+".*.tmp"); err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if old != nil {
		mode = old.Mode().Perm()
	}
	if err := w.f.Chmod(mode); err != nil {
		w.Discard()
		return err
	}
	return nil
}

// resolve returns what a path stands for, itself where there is no link.
func resolve(path string) (string, error) {
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&os.ModeSymlink == 0 {
		return path, nil
	}
	folder, errFolder := filepath.EvalSymlinks(filepath.Dir(path))
	target, err := filepath.EvalSymlinks(path)
	if err := errors.Join(err, errFolder); err != nil {
		return "", errors.New("a link that leads nowhere, expected a file")
	}
	if below, err := filepath.Rel(folder, target); err != nil || !filepath.IsLocal(below) {
		return "", errors.New("a link that leads out of its folder, expected a file")
	}
	return target, nil
}

// Write appends to the file.
func (w *Writing) Write(p []byte) (int, error) {
	n, err := w.f.Write(p)
	if err != nil {
		err = w.fail(err)
	}
	return n, err
}

// Commit puts the file in its place.
func (w *Writing) Commit() error {
	f := w.f
	w.f = nil
	err := f.Close()
	if w.target == "" {
		return w.fail(err)
	}
	if err == nil {
		err = os.Rename(f.Name(), w.target)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return w.fail(err)
}

// Discard takes back what was written, unless it is in its place already.
func (w *Writing) Discard() {
	if w.f == nil {
		return
	}
	w.f.Close()
	if w.target != "" {
		os.Remove(w.f.Name())
	}
	w.f = nil
}

func (w *Writing) fail(err error) error {
	if err == nil {
		return nil
	}
	return &Error{w.path, err}
}
