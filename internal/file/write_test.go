package file

import (
	"os"
	"path/filepath"
	"testing"
)

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "w.yaml"), filepath.Join(dir, "link.yaml")
	must(t, os.WriteFile(file, []byte("old"), 0o600))
	must(t, os.Symlink("w.yaml", link))
	must(t, Replace(link, []byte("new")))
	data, err := os.ReadFile(file)
	info, statErr := os.Stat(file)
	if err != nil || statErr != nil || string(data) != "new" || info.Mode().Perm() != 0o600 {
		t.Errorf("%q, %v, %v, %v", data, info.Mode(), err, statErr)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link was replaced", err)
	}
	made := filepath.Join(dir, "made.yaml")
	must(t, Replace(made, []byte("new")))
	if info, err := os.Stat(made); err != nil || info.Mode().Perm() != 0o644 {
		t.Error(info, err)
	}
	if err := Replace(dir, nil); err == nil || err.Error() != dir+": is a directory" {
		t.Error(err)
	}
	if os.Geteuid() != 0 { // who may write everything
		must(t, os.Chmod(file, 0o400))
		if err := Replace(file, nil); err == nil || err.Error() != file+": permission denied" {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 3 {
		t.Error(left, err)
	}
}

// TestReplaceLinks: nobody writes through a link to where its maker could not.
func TestReplaceLinks(t *testing.T) {
	outside, dir := filepath.Join(t.TempDir(), "x"), t.TempDir()
	must(t, os.WriteFile(outside, []byte("old"), 0o600))
	for target, want := range map[string]string{
		outside: "a link that leads out of its folder, expected a file",
		"gone":  "a link that leads nowhere, expected a file",
	} {
		link := filepath.Join(dir, filepath.Base(target)+".json")
		must(t, os.Symlink(target, link))
		if err := Replace(link, []byte("new")); err == nil || err.Error() != link+": "+want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if data, err := os.ReadFile(outside); err != nil || string(data) != "old" {
		t.Errorf("%q, %v", data, err)
	}
}

// TestDiscard leaves nothing behind, and what was there as it was.
func TestDiscard(t *testing.T) {
	file := filepath.Join(t.TempDir(), "w.yaml")
	must(t, os.WriteFile(file, []byte("old"), 0o600))
	w, err := Create(file)
	must(t, err)
	_, err = w.Write([]byte("new"))
	must(t, err)
	w.Discard()
	w.Discard()
	left, err := os.ReadDir(filepath.Dir(file))
	data, _ := os.ReadFile(file)
	if err != nil || len(left) != 1 || string(data) != "old" {
		t.Errorf("%v, %q, %v", left, data, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
