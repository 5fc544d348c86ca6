package git

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// repository makes one with a commit for each script, and returns its root.
func repository(t *testing.T, scripts ...string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	root := t.TempDir()
	sh(t, root, "git init -q -b main")
	for _, s := range scripts {
		sh(t, root, s+"\ngit add -A && git commit -qm x")
	}
	return root
}

func sh(t *testing.T, dir, script string) string {
	t.Helper()
	cmd := exec.Command("sh", "-ec", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "HOME="+dir,
		"GIT_AUTHOR_NAME=n", "GIT_AUTHOR_EMAIL=a@b.c", "GIT_COMMITTER_NAME=n", "GIT_COMMITTER_EMAIL=a@b.c")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s\n%s%v", script, out, err)
	}
	return string(out)
}

func TestFile(t *testing.T) {
	root := repository(t, `
mkdir -p agents/deep 'odd [x]*'; printf one > agents/a.yaml; printf odd > 'odd [x]*/ä b.yaml'
ln -s ../a.yaml agents/deep/link.yaml; ln -s /etc/passwd agents/out.yaml; ln -s ../../x agents/up.yaml; ln -s loop agents/loop
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:00\n' > lfs.yaml`, `
printf two > agents/a.yaml; git rm -q lfs.yaml`)
	sh(t, root, `mkdir -p sub && cd sub && git init -q && printf x > p.yaml`)
	r, err := Open(root)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	for _, c := range []struct{ revision, name, want string }{
		{"HEAD", "agents/a.yaml", "two"}, {"HEAD~1", "agents/a.yaml", "one"}, {"main", "odd [x]*/ä b.yaml", "odd"},
		{"HEAD~1", "agents/deep/link.yaml", "one"}, {"HEAD", "agents/b.yaml", "none"}, {"HEAD", "agents", "none"}, {"HEAD", "lfs.yaml", "none"},
		{"HEAD~1", "lfs.yaml", "was a pointer of Git LFS, expected the file itself in the repository"},
		{"HEAD", "agents/out.yaml", "was a link that leads out of the repository"}, {"HEAD", "agents/up.yaml", "was a link that leads out of the repository"},
		{"HEAD", "agents/loop", "was a link to a link, more than 10 times"},
		{"HEAD", "sub/p.yaml", "lies in another repository, sub; run the command there"},
	} {
		commit, err := r.Commit(ctx, c.revision)
		if err != nil || len(commit) != 40 {
			t.Fatal(commit, err)
		}
		data, ok, err := r.File(ctx, commit, c.name)
		got := string(data)
		switch {
		case err != nil:
			got = err.Error()
		case !ok:
			got = "none"
		}
		if got != c.want {
			t.Errorf("%s:%s is %s, want %s", c.revision, c.name, got, c.want)
		}
	}
	for _, revision := range []string{"nosuch", "--help", "HEAD:agents/a.yaml", ""} {
		if commit, err := r.Commit(ctx, revision); err == nil || !strings.Contains(err.Error(), "expected a revision of this repository") {
			t.Errorf("%q: %s, %v", revision, commit, err)
		}
	}
	if _, err := Open(t.TempDir()); err == nil {
		t.Error("a repository where there is none")
	}
}

func TestRenamed(t *testing.T) {
	root := repository(t, "seq 100 > a.yaml; seq 50 > b.yaml", "mkdir d; git mv a.yaml d/c.yaml; echo x >> d/c.yaml; seq 60 90 > e.yaml")
	r, err := Open(root)
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.Renamed(context.Background(), "HEAD~1", "HEAD")
	if err != nil || len(got) != 1 || got["d/c.yaml"] != "a.yaml" {
		t.Error(got, err)
	}
}

// TestShallow says how to get what is missing.
func TestShallow(t *testing.T) {
	root := repository(t, "echo 1 > a", "echo 2 > a")
	clone := t.TempDir()
	sh(t, clone, "git clone -q --depth 1 'file://"+root+"' c")
	r, err := Open(filepath.Join(clone, "c"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Commit(context.Background(), "HEAD~1"); err == nil || !strings.HasSuffix(err.Error(), "the clone is shallow, git fetch --unshallow makes it whole") {
		t.Error(err)
	}
}

// TestRunsNothing: neither what a change commits nor what surrounds the program
// makes git run anything or look elsewhere.
func TestRunsNothing(t *testing.T) {
	ran := filepath.Join(t.TempDir(), "RAN")
	root := repository(t, "mkdir agents; printf one > agents/a.yaml", `
mkdir -p agents/evil/objects/aa agents/evil/refs/heads; printf evil > agents/evil/p.yaml; touch agents/evil/objects/aa/keep
echo 'ref: refs/heads/main' > agents/evil/HEAD
printf '1%.0s' $(seq 40) > agents/evil/refs/heads/main
cat > agents/evil/config <<C
[core]
	bare = false
	worktree = .
	repositoryformatversion = 1
	fsmonitor = "touch `+ran+`"
[extensions]
	partialClone = origin
[remote "origin"]
	promisor = true
	url = "ext::sh -c touch% `+ran+`"
[protocol "ext"]
	allow = always
C`)
	// The repository itself may miss objects and want to fetch them.
	sh(t, root, `cat agents/evil/config | grep -v 'bare\|worktree' >> .git/config; printf 'x.yaml filter=f\n' > .git/info/attributes; git config filter.f.smudge 'touch `+ran+`'`)
	elsewhere := repository(t, "printf other > a.yaml")
	t.Setenv("GIT_DIR", filepath.Join(elsewhere, ".git"))
	t.Setenv("GIT_CONFIG_COUNT", "1")
	t.Setenv("GIT_CONFIG_KEY_0", "core.sshCommand")
	t.Setenv("GIT_CONFIG_VALUE_0", "touch "+ran)
	r, err := Open(root)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	commit, err := r.Commit(ctx, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	if data, ok, err := r.File(ctx, commit, "agents/a.yaml"); err != nil || !ok || string(data) != "one" {
		t.Error(string(data), ok, err)
	}
	if _, _, err := r.File(ctx, commit, "agents/evil/p.yaml"); err != nil {
		t.Error(err)
	}
	if _, err := r.run(ctx, "cat-file", "blob", strings.Repeat("1", 40)); err == nil {
		t.Error("an object that nobody has")
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("a program of the repository was run")
	}
}
