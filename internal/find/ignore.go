package find

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/file"
)

// IgnoreFile holds patterns, as .dockerignore does, of what below its directory is
// not even looked at. It counts at the root of the repository and in a directory
// that is searched.
const IgnoreFile = ".auditionignore"

// ignore is what an ignore file says.
type ignore struct {
	dir     string // of which its patterns are relative
	name    string
	matcher *patternmatcher.PatternMatcher
}

// ignores reads the ignore files for what is below a directory.
func (s *search) ignores(dir string) (out []ignore, err error) {
	dirs := []string{s.from.Root()}
	if abs, err := filepath.Abs(dir); err == nil && abs != dirs[0] {
		dirs = append(dirs, abs)
	}
	for _, dir := range dirs {
		path := filepath.Join(dir, IgnoreFile)
		name := s.from.Name(path)
		f, err := os.OpenInRoot(dir, IgnoreFile)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %s", document.OneLine(name), file.Cause(err))
		}
		patterns, err := ignorefile.ReadAll(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %s", document.OneLine(name), file.Cause(err))
		}
		m, err := patternmatcher.New(patterns)
		if err != nil {
			return nil, fmt.Errorf("%s: %s", document.OneLine(name), err)
		}
		out = append(out, ignore{dir, name, m})
	}
	return out, nil
}

// ignored tells whether a path is to be left alone, and notes by whom. Without
// ignore files it reads those of the path's directory.
func (s *search) ignored(by []ignore, path string) (bool, error) {
	if by == nil {
		var err error
		if by, err = s.ignores(filepath.Dir(path)); err != nil {
			return false, err
		}
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return false, err
	}
	for _, i := range by {
		below, err := filepath.Rel(i.dir, abs)
		if err != nil || !filepath.IsLocal(below) {
			continue
		}
		skip, err := i.matcher.MatchesOrParentMatches(below)
		if err != nil {
			return false, fmt.Errorf("%s: %s", document.OneLine(i.name), err)
		}
		if skip {
			s.notes.Ignored[i.name]++
			return true, nil
		}
	}
	return false, nil
}
