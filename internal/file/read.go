package file

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/audition-dev/audition/internal/document"
)

// ErrLarge is in the error about a file that is larger than may be read; what may
// be read of it comes with the error.
var ErrLarge = errors.New("too large")

// Error is what is wrong with a file. It prints path: cause, in one line.
type Error struct {
	Path  string
	Cause error
}

func (e *Error) Error() string { return document.OneLine(e.Path) + ": " + Cause(e.Cause) }
func (e *Error) Unwrap() error { return e.Cause }

// Read reads a regular file, following links. What is none is refused before
// anything of it is read, and so is more than limit bytes. Its errors are *Error.
func Read(path string, limit int64) ([]byte, error) {
	data, err := read(path, limit)
	if err != nil {
		err = &Error{path, err}
	}
	return data, err
}

func read(path string, limit int64) ([]byte, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	return readRegular(f, limit)
}

// ReadBelow is Read for a file below a directory, out of which no link may lead.
func ReadBelow(dir, name string, limit int64) ([]byte, error) {
	fail := func(err error) error { return &Error{filepath.Join(dir, name), err} }
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fail(err)
	}
	defer root.Close()
	f, err := root.OpenFile(name, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, fail(err)
	}
	data, err := readRegular(f, limit)
	if err != nil {
		return nil, fail(err)
	}
	return data, nil
}

// NamesBelow returns the names of the regular files in a directory below another, which
// no link leads out of, sorted. Its errors are *Error.
func NamesBelow(dir, name string) (out []string, err error) {
	fail := func(err error) error { return &Error{filepath.Join(dir, name), err} }
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fail(err)
	}
	defer root.Close()
	entries, err := fs.ReadDir(root.FS(), filepath.ToSlash(name))
	if err != nil {
		return nil, fail(err)
	}
	for _, e := range entries {
		if e.Type().IsRegular() {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

// readRegular reads a file that was opened, and closes it.
func readRegular(f *os.File, limit int64) ([]byte, error) {
	defer f.Close()
	return ReadFrom(f, limit)
}

// Open opens a regular file to be read as a stream, as Read does. Its errors are
// *Error.
func Open(path string) (*os.File, error) {
	f, err := open(path)
	if err != nil {
		return nil, &Error{path, err}
	}
	return f, nil
}

func open(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("expected a file, got %s", KindOf(info.Mode()))
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// ReadFrom reads a stream, up to a limit of bytes. More is ErrLarge.
func ReadFrom(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		return data[:limit], fmt.Errorf("%w, expected at most %d bytes", ErrLarge, limit)
	}
	return data, err
}

// KindOf says what a file is, in a few words.
func KindOf(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a directory"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	case mode&fs.ModeSymlink != 0:
		return "a link"
	}
	return "a file"
}

// Cause is an error of a file or of the operating system without the operation and
// the path.
func Cause(err error) string {
	var e *Error
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &e):
		return Cause(e.Cause)
	case errors.As(err, &p):
		return p.Err.Error()
	case errors.As(err, &l):
		return l.Err.Error()
	}
	return err.Error()
}

// Exists tells whether there is something at a path. A link that leads nowhere is
// something.
func Exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
