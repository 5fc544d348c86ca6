package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/report"
)

// folder is the directory of a site. What was there before and is no page of a site
// stays as it is.
type folder struct {
	path    string
	written map[string]bool
}

func newFolder(path string) *folder { return &folder{path, map[string]bool{}} }

// maxPage bounds what is read of a file to tell whether it is a page.
const maxPage = 64 << 20

// begin makes the directory, and tells whether an index can be written there.
func (f *folder) begin() error {
	if err := os.MkdirAll(f.path, 0o755); err != nil {
		return errors.New(file.Cause(err))
	}
	path, err := f.place("index.html")
	if err != nil {
		return err
	}
	w, err := file.Create(path)
	if err == nil {
		w.Discard()
	}
	return err
}

// place is where a page is written, unless something else has its name.
func (f *folder) place(name string) (string, error) {
	path := filepath.Join(f.path, name)
	switch before, err := file.Read(path, maxPage); {
	case err == nil && !report.IsPage(name, before):
		return "", fmt.Errorf("%s: is no page of an earlier report, expected an empty directory or one of reports", path)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	return path, nil
}

// write writes a page.
func (f *folder) write(name string, data []byte) error {
	path, err := f.place(name)
	if err != nil {
		return err
	}
	f.written[name] = true
	return file.Replace(path, data)
}

// prune removes the pages of agents that are gone: what an earlier report said of
// them is not what this one says.
func (f *folder) prune() error {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return errors.New(file.Cause(err))
	}
	for _, e := range entries {
		path := filepath.Join(f.path, e.Name())
		if f.written[e.Name()] || !e.Type().IsRegular() {
			continue
		}
		if data, err := file.Read(path, maxPage); err != nil || !report.IsPage(e.Name(), data) {
			continue
		}
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("%s: %s", path, file.Cause(err))
		}
	}
	return nil
}
