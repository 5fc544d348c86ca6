package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/described"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/find"
	"github.com/audition-dev/audition/internal/find/git"
	"github.com/audition-dev/audition/internal/importer"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// known is what a check is not about: what a baseline has, or what an earlier
// revision of the profiles has under the same policy.
type known struct {
	file, revision string

	baseline *verdict.Baseline
	base     *base
	// since is what the verdict records, the name of the baseline or the revision, and
	// id the digest of the one or the commit of the other; "" where everything counts.
	since, id string
}

// base is an earlier state of a repository.
type base struct {
	repo    git.Repo
	commit  string
	renamed map[string]string // old names by new ones
	told    io.Writer
	// catalogue is what is known of tools.
	catalogue draft.Catalogue
}

func (k *known) add(f *pflag.FlagSet) {
	f.StringVar(&k.file, "baseline", "", "let only what is new since this baseline fail")
	f.StringVar(&k.revision, "base", "", "let only what is new since this revision of git fail")
}

// read reads the baseline, or asks git for the revision.
func (k *known) read(ctx context.Context, files find.From, args []string, told io.Writer) error {
	switch {
	case k.file != "" && k.revision != "":
		return fmt.Errorf("--baseline %s and --base %s: expected one of the two", k.file, k.revision)
	case k.file != "":
		data, err := file.Read(k.file, document.MaxBytes)
		if err != nil {
			return fmt.Errorf("--baseline %w", err)
		}
		k.since, k.id = files.Name(k.file), fmt.Sprintf("sha256:%x", sha256.Sum256(data))
		k.baseline, err = verdict.ReadBaseline(files.Name(k.file), data)
		return err
	case k.revision != "" && slices.Contains(args, "-"):
		return fmt.Errorf("--base %s: standard input has no revisions", k.revision)
	case k.revision != "":
		b, err := newBase(ctx, files, k.revision, told)
		if err != nil {
			return fmt.Errorf("--base %s: %w", k.revision, err)
		}
		k.base, k.since, k.id = b, k.revision, b.commit
	}
	return nil
}

func newBase(ctx context.Context, files find.From, revision string, told io.Writer) (*base, error) {
	repo, err := git.Open(files.Root())
	if err != nil {
		return nil, err
	}
	b := &base{repo: repo, catalogue: files.Catalogue, told: told}
	if b.commit, err = repo.Commit(ctx, revision); err != nil {
		return nil, err
	}
	head, err := repo.Commit(ctx, "HEAD")
	if err != nil {
		return nil, err
	}
	b.renamed, err = repo.Renamed(ctx, b.commit, head)
	return b, err
}

// again marks what a record says was known, by the baseline or the revision that it
// names, or by the one that k has.
func (k known) again(ctx context.Context, files find.From, a *assess.Assessor, record, now *verdict.Verdict) error {
	e := record.Enforcement
	if e == nil || e.NewSince == "" && k.file == "" {
		return nil
	}
	switch {
	case k.file != "":
	case strings.HasPrefix(e.NewSinceID, "sha256:"):
		k.file = files.Path(e.NewSince)
	default:
		k.revision = cmp.Or(e.NewSinceID, e.NewSince)
	}
	if err := k.read(ctx, files, nil, io.Discard); err != nil {
		return err
	}
	now.Enforcement = &verdict.Enforcement{FailOn: e.FailOn, ExitZero: e.ExitZero, NewSince: e.NewSince, NewSinceID: k.id}
	return k.mark(ctx, a, now)
}

// mark marks what is known of a verdict.
func (k *known) mark(ctx context.Context, a *assess.Assessor, v *verdict.Verdict) error {
	switch {
	case k.baseline != nil:
		of, _ := k.baseline.Of(v.Subject.Name, v.Subject.Source)
		v.Against(of)
	case k.base != nil:
		p, err := k.base.before(ctx, v.Subject)
		if err != nil {
			return fault.Undecided(fmt.Errorf("%s: --base %s: %w", v.Subject.Source, k.revision, err))
		}
		if p == nil {
			return nil
		}
		old, err := a.Assess(ctx, p)
		if err != nil {
			return err
		}
		v.Against(verdict.Snapshot(old))
	}
	return nil
}

// before returns the profile as it was, nil if it was not there. One that could not
// be read then makes everything new, or nobody could mend it.
func (b *base) before(ctx context.Context, s verdict.Subject) (*profile.Profile, error) {
	name := s.Source
	if old, ok := b.renamed[name]; ok {
		name = old
		fmt.Fprintf(b.told, "%s: was called %s\n", document.OneLine(s.Source), document.OneLine(old))
	}
	data, ok, err := b.repo.File(ctx, b.commit, name)
	if err != nil || !ok {
		return nil, err
	}
	profiles, err := described.Load(b.project(ctx, name, data), func(below string) (draft.Input, bool, error) {
		other := path.Join(path.Dir(name), below)
		data, ok, err := b.repo.File(ctx, b.commit, other)
		return b.project(ctx, other, data), ok, err
	})
	var wrong *document.Error
	var several document.Errors
	if errors.As(err, &wrong) || errors.As(err, &several) {
		fmt.Fprintf(b.told, "%s: did not read before, so all of it is new\n", document.OneLine(s.Source))
		return nil, nil
	}
	for _, p := range profiles {
		if p.Metadata.Name == s.Name {
			return p, nil
		}
	}
	return nil, err
}

// project is the content of a file as a file of its project, as it was.
func (b *base) project(ctx context.Context, name string, data []byte) draft.Input {
	return draft.Input{File: draft.File{Name: name, Data: data}, Catalogue: b.catalogue, Beside: func(below string) ([]byte, bool, error) {
		return b.repo.File(ctx, b.commit, path.Join(importer.Home(name), below))
	}}
}
