//go:build unix

package file

import (
	"net"
	"os"
	"syscall"
	"testing"
)

func TestRead(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.WriteFile("a\nb", []byte("12345"), 0o600))
	must(t, os.Symlink("a\nb", "link"))
	must(t, syscall.Mkfifo("pipe", 0o600))
	must(t, os.Mkdir("dir", 0o700))
	l, err := net.Listen("unix", "socket")
	must(t, err)
	defer l.Close()
	for path, want := range map[string]string{
		"a\nb": "", "link": "",
		"pipe":      "pipe: expected a file, got a named pipe",
		"dir":       "dir: expected a file, got a directory",
		"/dev/zero": "/dev/zero: expected a file, got a device",
		"no\nne":    `no\nne: no such file or directory`,
	} {
		data, err := Read(path, 5)
		if got := errorText(err); got != want || err == nil && string(data) != "12345" {
			t.Errorf("%q: %q, %s, want %s", path, data, got, want)
		}
	}
	if _, err := Read("socket", 5); err == nil {
		t.Error("a socket was read")
	}
	if _, err := Read("link", 4); errorText(err) != "link: too large, expected at most 4 bytes" {
		t.Error(err)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
