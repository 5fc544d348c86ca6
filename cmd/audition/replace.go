package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// replace writes a file whole: a reader sees either the old or the new content.
func replace(name string, data []byte) error {
	return writeAll([]file{{path: name, text: data}})
}

// file is what is to be written.
type file struct {
	path string
	text []byte
	// temporary has the text until all files are there, and target is what it then
	// replaces.
	temporary, target string
}

// writeAll replaces every file, or none as far as that can be known before.
func writeAll(files []file) error {
	for i := range files {
		f := &files[i]
		defer func() {
			if f.temporary != "" {
				os.Remove(f.temporary)
			}
		}()
		if err := f.prepare(); err != nil {
			return fmt.Errorf("%s: %s", f.path, file.Cause(err))
		}
	}
	for i := range files {
		if err := files[i].finish(); err != nil {
			return fmt.Errorf("%s: %s", files[i].path, file.Cause(err))
		}
	}
	return nil
}

// prepare writes the text beside the file that it replaces, with the permissions
// of that; a link stays one. What is no file, such as a pipe, gets it at once.
func (f *file) prepare() error {
	target, flags, name := f.path, os.O_WRONLY, ""
	if resolved, err := filepath.EvalSymlinks(f.path); err == nil {
		target = resolved
	}
	old, err := os.Stat(target)
	if err == nil && old.Mode().IsRegular() { // What may not be written is not replaced.
		w, err := os.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		w.Close()
	}
	if err != nil || old.Mode().IsRegular() {
		flags |= os.O_CREATE | os.O_EXCL
		name = filepath.Join(filepath.Dir(target), fmt.Sprintf(".%s.%d.tmp", filepath.Base(target), os.Getpid()))
	}
	w, err := os.OpenFile(cmp.Or(name, target), flags, 0o666)
	if err != nil {
		return err
	}
	f.temporary, f.target = name, target
	_, err = w.Write(f.text)
	if old != nil && name != "" && err == nil {
		err = w.Chmod(old.Mode().Perm())
	}
	return cmp.Or(err, w.Close())
}

// finish puts the file in its place.
func (f *file) finish() error {
	if f.temporary == "" {
		return nil
	}
	if err := os.Rename(f.temporary, f.target); err != nil {
		var link *os.LinkError
		if errors.As(err, &link) {
			return link.Err
		}
		return err
	}
	f.temporary = ""
	return nil
}
