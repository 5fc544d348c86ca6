package file

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestName(t *testing.T) {
	root := t.TempDir()
	here := filepath.Join(root, "repo", "agents", "deep")
	if err := os.MkdirAll(here, 0o755); err != nil {
		t.Fatal(err)
	}
	outside := Of(here)
	if err := os.WriteFile(filepath.Join(root, "repo", ".git"), nil, 0o644); err != nil { // as in a linked worktree
		t.Fatal(err)
	}
	inside := Of(here)
	for _, c := range []struct {
		tree       Tree
		path, want string
	}{
		{inside, "a.yaml", "agents/deep/a.yaml"},
		{inside, "./x/../a.yaml", "agents/deep/a.yaml"},
		{inside, "../../a.yaml", "a.yaml"},
		{inside, filepath.Join(here, "a.yaml"), "agents/deep/a.yaml"},
		{inside, "../../..a.yaml", "..a.yaml"},
		{inside, "../../../a.yaml", filepath.ToSlash(filepath.Join(root, "a.yaml"))},
		{inside, ".", "agents/deep"},
		{inside, "-", "-"},
		{outside, "a.yaml", "a.yaml"},
		{outside, "../a.yaml", filepath.ToSlash(filepath.Join(root, "repo", "agents", "a.yaml"))},
	} {
		got := c.tree.Name(c.path)
		if got != c.want {
			t.Errorf("%s is called %s, want %s", c.path, got, c.want)
		}
		t.Chdir(here)
		back, err := filepath.Abs(c.tree.Path(got))
		want, _ := filepath.Abs(c.path)
		if c.path != "-" && (err != nil || back != want) {
			t.Errorf("%s is at %s, want %s", got, back, want)
		}
	}
	if got := inside.Upwards(); !slices.Equal(got, []string{here, filepath.Dir(here), filepath.Join(root, "repo")}) {
		t.Error(got)
	}
	if got := outside.Upwards(); !slices.Equal(got, []string{here}) {
		t.Error(got)
	}
}
