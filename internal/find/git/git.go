// Package git reads files of earlier revisions, and runs nothing that a repository
// names.
//
// It calls the program git, as a library such as go-git would weigh more than all
// the rest of this one and knows neither reftables nor all of what extends a
// repository. It does so with every door shut: the repository is the one that is
// named, and none that git finds below it or in the environment; only commands are
// used that read objects and know no filter, hook, monitor or external program; and
// what is missing is not fetched.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/audition-dev/audition/internal/document"
)

// Repo is the repository with the root of a working tree.
type Repo struct{ root string }

// Open returns the repository of a working tree, whose root has the .git.
func Open(root string) (Repo, error) {
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		return Repo{}, errors.New("expected a repository of git, there is none around the working directory")
	}
	return Repo{root}, nil
}

// Commit returns the commit that a revision stands for.
func (r Repo) Commit(ctx context.Context, revision string) (string, error) {
	out, err := r.run(ctx, "rev-parse", "--quiet", "--verify", "--end-of-options", revision+"^{commit}")
	if err == nil {
		return strings.TrimSpace(string(out)), nil
	}
	why := strings.TrimPrefix(err.Error()+", expected a revision of this repository", ", ")
	if out, shallow := r.run(ctx, "rev-parse", "--is-shallow-repository"); shallow == nil && strings.TrimSpace(string(out)) == "true" {
		why += "; the clone is shallow, git fetch --unshallow makes it whole"
	}
	return "", errors.New(why)
}

// maxLinks bounds how many links lead from one to the next.
const maxLinks = 10

// File returns a file as it was in a commit, by its path below the root with
// forward slashes; links are followed. It is not ok where there was none.
func (r Repo) File(ctx context.Context, commit, name string) (data []byte, ok bool, err error) {
	if other := r.other(name); other != "" {
		return nil, false, fmt.Errorf("lies in another repository, %s; run the command there", other)
	}
	for range maxLinks {
		out, err := r.run(ctx, "ls-tree", "-z", "--full-tree", commit, "--", name)
		if err != nil || len(out) == 0 {
			return nil, false, err
		}
		mode, kind, object, err := entry(out)
		if err != nil {
			return nil, false, err
		}
		if kind != "blob" {
			return nil, false, nil // a directory or a submodule then
		}
		if data, err = r.run(ctx, "cat-file", "blob", object); err != nil {
			return nil, false, err
		}
		if mode != "120000" {
			return data, true, pointer(data)
		}
		target := path.Join(path.Dir(name), string(data))
		if path.IsAbs(string(data)) || !filepath.IsLocal(filepath.FromSlash(target)) {
			return nil, false, fmt.Errorf("was a link that leads out of the repository")
		}
		name = target
	}
	return nil, false, fmt.Errorf("was a link to a link, more than %d times", maxLinks)
}

// entry reads a line of ls-tree: mode, kind and object.
func entry(line []byte) (mode, kind, object string, err error) {
	head, _, _ := bytes.Cut(line, []byte("\t"))
	fields := strings.Fields(string(head))
	if len(fields) != 3 {
		return "", "", "", fmt.Errorf("expected mode, kind and object from git ls-tree, got %q", document.Clip(string(head)))
	}
	return fields[0], fields[1], fields[2], nil
}

// pointer refuses what stands in the repository for a file that is elsewhere.
func pointer(data []byte) error {
	if bytes.HasPrefix(data, []byte("version https://git-lfs.github.com/spec/")) {
		return errors.New("was a pointer of Git LFS, expected the file itself in the repository")
	}
	return nil
}

// other returns the repository within this one that a path lies in, "" if none.
func (r Repo) other(name string) string {
	for dir := path.Dir(name); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(r.root, filepath.FromSlash(dir), ".git")); err == nil {
			return dir
		}
	}
	return ""
}

// Renamed returns the files that were renamed from one commit to another, by their
// new names.
func (r Repo) Renamed(ctx context.Context, from, to string) (map[string]string, error) {
	out, err := r.run(ctx, "diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "--no-ext-diff", "--no-textconv", from, to)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for fields := strings.Split(string(out), "\x00"); len(fields) >= 3; fields = fields[3:] {
		names[fields[2]] = fields[1]
	}
	return names, nil
}

// run runs git and returns what it prints, or why it fails in one line.
func (r Repo) run(ctx context.Context, args ...string) ([]byte, error) {
	shut := []string{
		"--git-dir=" + filepath.Join(r.root, ".git"), "--no-replace-objects", "--literal-pathspecs",
		"-c", "safe.directory=*", // nothing of it is run
		"-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull, "-c", "core.attributesFile=" + os.DevNull,
		"-c", "protocol.allow=never",
	}
	for _, p := range []string{"ext", "file", "fd", "git", "http", "https", "ssh"} {
		shut = append(shut, "-c", "protocol."+p+".allow=never")
	}
	cmd := exec.CommandContext(ctx, "git", append(shut, args...)...)
	cmd.Dir = r.root
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "SYSTEMROOT=" + os.Getenv("SYSTEMROOT"), "LC_ALL=C",
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_ATTR_NOSYSTEM=1",
	}
	out, err := cmd.Output()
	var e *exec.ExitError
	switch {
	case errors.As(err, &e):
		return nil, errors.New(strings.Join(strings.Fields(string(e.Stderr)), " "))
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("expected the program git, there is none")
	}
	return out, err
}
