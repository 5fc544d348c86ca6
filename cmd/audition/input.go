package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
)

// load reads the profiles of a file, or of standard input as -.
func load(name string, stdin io.Reader) ([]*profile.Profile, error) {
	data, err := read(name, stdin)
	if err != nil {
		return nil, err
	}
	return profile.Load(name, data)
}

// read reads a file, or standard input as -, up to one byte over the limit,
// which the loader then reports.
func read(name string, stdin io.Reader) ([]byte, error) {
	return readUpTo(document.MaxBytes+1, name, stdin)
}

func readUpTo(limit int64, name string, stdin io.Reader) ([]byte, error) {
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %s", document.OneLine(name), cause(err))
		}
		defer f.Close()
		stdin = f
	}
	var b bytes.Buffer
	if _, err := io.Copy(&b, io.LimitReader(stdin, limit)); err != nil {
		return nil, fmt.Errorf("%s: %s", document.OneLine(name), cause(err))
	}
	return b.Bytes(), nil
}

// cause is an error of the operating system without the operation and the path.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// colored tells whether w is a terminal and colours are wanted.
func colored(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
