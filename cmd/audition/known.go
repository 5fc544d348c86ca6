package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// known is what a check is not about: what a baseline has, or what an earlier
// revision of the profiles has under the same policy.
type known struct {
	file, revision string
	baseline       *verdict.Baseline
}

func (k *known) add(f *pflag.FlagSet) {
	f.StringVar(&k.file, "baseline", "", "let only what is new since this baseline fail")
	f.StringVar(&k.revision, "base", "", "let only what is new since this revision of git fail")
}

// since is what the verdict records, "" where everything counts.
func (k *known) since() string { return k.file + k.revision }

// read reads the baseline, or asks git for the revision.
func (k *known) read(ctx context.Context) error {
	switch {
	case k.file != "" && k.revision != "":
		return fmt.Errorf("--baseline %s and --base %s: expected one of the two", k.file, k.revision)
	case k.file != "":
		data, err := os.ReadFile(k.file)
		if err != nil {
			return fmt.Errorf("--baseline %s: %s", k.file, cause(err))
		}
		k.baseline, err = verdict.ReadBaseline(k.file, data)
		return err
	case k.revision != "":
		if out, err := git(ctx, ".", "rev-parse", "--quiet", "--verify", "--end-of-options", k.revision+"^{commit}"); err != nil {
			return fmt.Errorf("--base %s: %s", k.revision, strings.TrimPrefix(out+", expected a revision of this repository", ", "))
		}
	}
	return nil
}

// mark marks what is known of a verdict.
func (k *known) mark(ctx context.Context, a *assess.Assessor, v *verdict.Verdict) error {
	switch {
	case k.baseline != nil:
		of, _ := k.baseline.Of(v.Subject.Name)
		v.Against(of)
	case k.revision != "":
		p, err := k.before(ctx, v.Subject)
		if err != nil || p == nil {
			return err
		}
		b := *a
		b.Questions = false
		old, err := b.Assess(ctx, p)
		if err != nil {
			return err
		}
		v.Against(verdict.Snapshot(old))
	}
	return nil
}

// before returns the profile as it was at the revision, nil if it was not there.
func (k *known) before(ctx context.Context, s verdict.Subject) (*profile.Profile, error) {
	if s.Source == "-" {
		return nil, fmt.Errorf("--base %s: standard input has no revisions", k.revision)
	}
	dir, name := filepath.Split(s.Source)
	listed, err := git(ctx, dir, "ls-tree", "--name-only", k.revision, "--", name)
	if err != nil {
		return nil, fmt.Errorf("%s: --base %s: %s", s.Source, k.revision, listed)
	}
	if listed == "" {
		return nil, nil
	}
	data, err := git(ctx, dir, "show", k.revision+":./"+name)
	if err != nil {
		return nil, fmt.Errorf("%s: --base %s: %s", s.Source, k.revision, data)
	}
	profiles, err := profile.Load(s.Source+"@"+k.revision, []byte(data))
	if err != nil {
		return nil, err
	}
	for _, p := range profiles {
		if p.Metadata.Name == s.Name {
			return p, nil
		}
	}
	return nil, nil
}

// git runs git in a directory and returns what it prints, or why it fails in one
// line.
func git(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if e, ok := err.(*exec.ExitError); ok {
		return strings.Join(strings.Fields(string(e.Stderr)), " "), err
	}
	if err != nil {
		return cause(err), err
	}
	return string(out), nil
}
