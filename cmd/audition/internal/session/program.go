package session

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"sync"
)

const unknown = "unknown"

// Commit is what the program was built from.
func Commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return unknown
	}
	said, modified := info.Main.Version, ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			said = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = ", modified"
		}
	}
	if said == "" || said == "(devel)" {
		return unknown
	}
	return said + modified
}

// Program tells one build of the program from every other: its commit, or what is in
// its file where that does not say all.
func Program() (string, error) { return program() }

var program = sync.OnceValues(func() (string, error) {
	if c := Commit(); c != unknown && !strings.HasSuffix(c, "modified") {
		return c, nil
	}
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), nil
})
