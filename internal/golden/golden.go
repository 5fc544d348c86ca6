// Package golden compares what a test got with a file. With -update it writes
// the file instead, and git diff is the review. Only tests import it.
package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var update = flag.Bool("update", false, "rewrite golden files")

// Compare fails the test if file does not hold got. What a mask matches may differ,
// and is then left as it is in the file.
func Compare(t testing.TB, file string, got []byte, masks ...*regexp.Regexp) {
	t.Helper()
	masked := func(text []byte) []byte {
		for _, m := range masks {
			text = m.ReplaceAll(text, nil)
		}
		return text
	}
	want, err := os.ReadFile(file)
	if err == nil && bytes.Equal(masked(want), masked(got)) {
		return
	}
	if *update {
		write(t, file, got)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	want, got = masked(want), masked(got)
	line := 0
	for bytes.Equal(at(want, line), at(got, line)) {
		line++
	}
	t.Errorf("%s:%d differs; run go test with -update and review the difference\n got: %s\nwant: %s",
		file, line+1, at(got, line), at(want, line))
}

// Bytes is Compare of what nobody reads.
func Bytes(t testing.TB, file string, got []byte) {
	t.Helper()
	switch want, err := os.ReadFile(file); {
	case err == nil && bytes.Equal(want, got):
	case *update:
		write(t, file, got)
	default:
		t.Errorf("%s differs; run go test with -update", file)
	}
}

func write(t testing.TB, file string, got []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, got, 0o644); err != nil {
		t.Fatal(err)
	}
}

// at returns a line, or nil past the end.
func at(text []byte, line int) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	if line >= len(lines) {
		return nil
	}
	return append([]byte{'|'}, bytes.TrimRight(lines[line], "\n")...)
}
