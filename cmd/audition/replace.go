package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// replace writes a file whole: a reader sees either the old or the new content.
// Its mode stays, a link is followed, and what may not be written is not replaced.
func replace(name string, data []byte) error {
	target, mode := name, fs.FileMode(0o644)
	switch old, err := os.OpenFile(name, os.O_WRONLY, 0); {
	case err == nil:
		info, err := old.Stat()
		old.Close()
		if err == nil {
			mode = info.Mode().Perm()
			target, err = filepath.EvalSymlinks(name)
		}
		if err != nil {
			return fmt.Errorf("%s: %s", name, cause(err))
		}
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %s", name, cause(err))
	}
	f, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+"-*")
	if err != nil {
		return fmt.Errorf("%s: %s", name, cause(err))
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), target)
	}
	if err != nil {
		return fmt.Errorf("%s: %s", name, cause(errors.Join(err, os.Remove(f.Name()))))
	}
	return nil
}
