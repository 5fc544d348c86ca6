package bundle

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/audition-dev/audition/internal/document"
)

// Limits on bundles. They are far above any honest one.
const (
	// MaxBytes bounds a bundle as it is, compressed.
	MaxBytes         = document.MaxBytes
	maxUnpackedBytes = 32 << 20
	maxBundleFiles   = 10_000
	maxNameBytes     = 1000
)

// unpack returns the files of a .tar.gz by their names.
func unpack(data []byte) (map[string][]byte, error) {
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("expected at most %d bytes, got %d", MaxBytes, len(data))
	}
	compressed, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, notBundle(err)
	}
	unpacked, err := io.ReadAll(io.LimitReader(compressed, maxUnpackedBytes+1))
	if err != nil {
		return nil, notBundle(err)
	}
	if len(unpacked) > maxUnpackedBytes {
		return nil, fmt.Errorf("expected at most %d bytes when unpacked", maxUnpackedBytes)
	}
	rest := bytes.NewReader(unpacked)
	files, err := readTar(tar.NewReader(rest))
	if err != nil {
		return nil, err
	}
	if tail, _ := io.ReadAll(rest); len(bytes.Trim(tail, "\x00")) > 0 {
		return nil, errors.New("expected nothing after the end of the archive")
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if _, ok := files[dir]; ok {
				return nil, fmt.Errorf("%s: is a file and a folder", dir)
			}
		}
	}
	return files, nil
}

func readTar(r *tar.Reader) (map[string][]byte, error) {
	files := map[string][]byte{}
	total := int64(0) // of sparse files as they would be
	for count := 1; ; count++ {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, notBundle(err)
		}
		if total += header.Size; count > maxBundleFiles || total > maxUnpackedBytes {
			return nil, fmt.Errorf("expected at most %d files and %d bytes when unpacked", maxBundleFiles, maxUnpackedBytes)
		}
		name, err := nameOf(header)
		if err != nil {
			return nil, err
		}
		if header.Typeflag == tar.TypeDir {
			continue
		}
		if _, twice := files[name]; twice {
			return nil, fmt.Errorf("%s: stands twice in the bundle", name)
		}
		if files[name], err = io.ReadAll(r); err != nil {
			return nil, notBundle(err)
		}
	}
}

func notBundle(err error) error { return fmt.Errorf("expected a bundle, which is a .tar.gz: %w", err) }

// nameOf is the name of a file within the bundle, "." for the whole folder.
func nameOf(header *tar.Header) (string, error) {
	name := header.Name
	for _, root := range []string{"/", "./"} { // as OPA and as tar write it
		if rest, ok := strings.CutPrefix(name, root); ok {
			name = rest
			break
		}
	}
	isDir := header.Typeflag == tar.TypeDir
	if isDir {
		name = cmp.Or(strings.TrimSuffix(name, "/"), ".")
	}
	odd := func(c rune) bool { return c == '\\' || !unicode.IsPrint(c) }
	if len(name) > maxNameBytes || !fs.ValidPath(name) || name == "." && !isDir || strings.ContainsFunc(name, odd) {
		return "", fmt.Errorf("%q: expected a name within the bundle", document.Clip(header.Name))
	}
	if !isDir && header.Typeflag != tar.TypeReg {
		return "", fmt.Errorf("%s: expected a file or a folder, got a link or a device", name)
	}
	return name, nil
}

// pack makes a .tar.gz of files; the same files give the same bytes.
func pack(files map[string][]byte) ([]byte, error) {
	var b bytes.Buffer
	compressed := gzip.NewWriter(&b)
	w := tar.NewWriter(compressed)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		header := &tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o644, Size: int64(len(files[name]))}
		if err := w.WriteHeader(header); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if _, err := w.Write(files[name]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := errors.Join(w.Close(), compressed.Close()); err != nil {
		return nil, err
	}
	if b.Len() > MaxBytes {
		return nil, fmt.Errorf("expected at most %d bytes, got %d", MaxBytes, b.Len())
	}
	return b.Bytes(), nil
}

// newFS makes a file system of files in memory. Of all that the standard library
// has, an archive of package zip is one.
func newFS(files map[string][]byte) (fs.FS, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, data := range files {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
}
