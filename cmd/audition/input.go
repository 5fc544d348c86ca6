package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
)

// find returns the files that the arguments name, each once and in their order.
// A directory stands for the agent profiles below it, sorted by path.
func find(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case arg == "-":
			files = append(files, arg)
		case err != nil:
			return nil, &exit{exitUndecided, fmt.Errorf("%s: %s", arg, cause(err))}
		case !info.IsDir():
			files = append(files, arg)
		default:
			below, err := profilesBelow(arg)
			if err != nil {
				return nil, &exit{exitUndecided, fmt.Errorf("%s: %s", arg, cause(err))}
			}
			files = append(files, below...)
		}
	}
	var once []string
	for _, f := range files {
		if !slices.Contains(once, f) {
			once = append(once, f)
		}
	}
	return once, nil
}

// isProfile recognises a document of our kind, in YAML or JSON.
var isProfile = regexp.MustCompile(`(?m)^[\s{,]*"?kind"?\s*:\s*["']?AgentProfile\b|[{,]\s*"kind"\s*:\s*"AgentProfile"`)

func profilesBelow(dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != dir && d.Name()[0] == '.' {
			return filepath.SkipDir
		}
		if ext := filepath.Ext(path); d.IsDir() || ext != ".yaml" && ext != ".yml" && ext != ".json" {
			return nil
		}
		data, err := read(path, nil)
		if err != nil {
			return err
		}
		if isProfile.Match(data) {
			files = append(files, path)
		}
		return nil
	})
	return files, err
}

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
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %s", name, cause(err))
		}
		defer f.Close()
		stdin = f
	}
	var b bytes.Buffer
	if _, err := io.Copy(&b, io.LimitReader(stdin, document.MaxBytes+1)); err != nil {
		return nil, fmt.Errorf("%s: %s", name, cause(err))
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
