// Package golden compares what a test got with a file. With -update it writes
// the file instead, and git diff is the review. Only tests import it.
package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "rewrite golden files")

// Compare fails the test if file does not hold got.
func Compare(t testing.TB, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if line, ok := differ(want, got); ok {
		t.Errorf("%s:%d differs; run go test with -update and review the difference\n got: %s\nwant: %s",
			file, line+1, at(got, line), at(want, line))
	}
}

// differ returns the index of the first line that differs.
func differ(a, b []byte) (int, bool) {
	if bytes.Equal(a, b) {
		return 0, false
	}
	line := 0
	for bytes.Equal(at(a, line), at(b, line)) {
		line++
	}
	return line, true
}

// at returns a line, or nil past the end.
func at(text []byte, line int) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	if line >= len(lines) {
		return nil
	}
	return append([]byte{'|'}, bytes.TrimRight(lines[line], "\n")...)
}
