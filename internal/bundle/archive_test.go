package bundle

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"testing"
)

// tarball makes a .tar.gz of pairs of a name and a text, as they are.
func tarball(t testing.TB, files ...string) []byte {
	t.Helper()
	return archive(t, func(w *tar.Writer) {
		for i := 0; i < len(files); i += 2 {
			add(t, w, &tar.Header{Name: files[i], Typeflag: tar.TypeReg}, files[i+1])
		}
	})
}

func archive(t testing.TB, fill func(*tar.Writer)) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	fill(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return zipped(t, b.Bytes())
}

func add(t testing.TB, w *tar.Writer, h *tar.Header, text string) {
	t.Helper()
	h.Size, h.Mode = int64(len(text)), 0o600
	if err := w.WriteHeader(h); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
}

func zipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
