// Package confine keeps policy that nobody vouches for in a process of its own.
//
// OPA stops between two steps only and has no memory limit, so a policy can take
// all the time and all the memory of the process that evaluates it. [Local] opens,
// compiles and evaluates policy here, for policy that is trusted. [Process] has
// another process do the same, which calls [Serve]; it is ended when it takes more
// memory than it may, or when nobody waits for it any more.
package confine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/audition-dev/audition/internal/author"
	"github.com/audition-dev/audition/internal/bundle"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego"
	"github.com/audition-dev/audition/internal/rego/value"
)

// Ref names a policy.
type Ref struct {
	// Name is what outputs call it, Path where it is: a directory, a Rego file, a
	// bundle, or with Data a data document.
	Name, Path string
	// Trust says whose bundles are accepted.
	Trust bundle.Trust
	// Trusted policy is believed to end and to need little memory.
	Trusted bool
	Data    bool
	// Layer is the rank of the configuration that names it; see [rego.Source].
	Layer int
	// Key is the id of the key that verified a bundle that was opened before.
	Key string
}

// Bundle is what a bundle is apart from its policy.
type Bundle struct {
	// Key is the id of the key that verified it; "" when not verified.
	Key string
	// Config is the audition.yaml that it carries, nil without one.
	Config []byte
}

// Room is where policy is opened, compiled and evaluated.
type Room interface {
	// Bundle opens a bundle.
	Bundle(ctx context.Context, r Ref) (Bundle, error)
	// Load compiles policies beside the builtin one.
	Load(ctx context.Context, framework *maestro.Framework, refs []Ref) (*rego.Engine, error)
	// Suite opens policies with their tests.
	Suite(ctx context.Context, framework *maestro.Framework, refs []Ref) (Suite, error)
}

// Suite is policy as its authors work on it; see [author.Suite].
type Suite interface {
	Catalogue() rego.Catalogue
	Packages() int
	House(ctx context.Context) (rego.Problems, error)
	Examples(ctx context.Context, r maestro.Rule) (bad, good any, err error)
	Test(ctx context.Context, match string, limit time.Duration) (author.TestRun, error)
	Measure(ctx context.Context, part author.Part, rules, gates *value.Value, atLeast time.Duration, watch author.Stopwatch) (author.Cost, error)
}

var _ Suite = (*author.Suite)(nil)

// Local is this process.
type Local struct {
	Mode  rego.Mode
	Plans Plans
}

var _ Room = Local{}

// Bundle opens a bundle.
func (Local) Bundle(_ context.Context, r Ref) (Bundle, error) {
	s, err := open(r)
	if err != nil {
		return Bundle{}, err
	}
	b := Bundle{Key: s.Key}
	b.Config, err = fs.ReadFile(s.FS, "audition.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return b, err
}

// Load compiles policies beside the builtin one.
func (l Local) Load(ctx context.Context, framework *maestro.Framework, refs []Ref) (*rego.Engine, error) {
	p, err := l.Plans.compile(ctx, framework, refs, l.Mode)
	if err != nil {
		return nil, err
	}
	e, err := rego.NewEngine(ctx, p.Catalogue(), p)
	return e, fault.Undecided(err)
}

// Suite opens policies with their tests.
func (Local) Suite(ctx context.Context, framework *maestro.Framework, refs []Ref) (Suite, error) {
	return openSuite(ctx, framework, refs)
}

func openSuite(ctx context.Context, framework *maestro.Framework, refs []Ref) (*author.Suite, error) {
	sources, err := openAll(refs)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(refs, func(r Ref) bool { return r.Data }) && !slices.ContainsFunc(sources, hasRego) {
		return nil, fault.Nothing(fmt.Errorf("%s: no Rego file", names(refs)))
	}
	s, err := author.Open(ctx, framework, sources...)
	return s, fault.Undecided(err)
}

func names(refs []Ref) string {
	var out []string
	for _, r := range refs {
		out = append(out, r.Name)
	}
	return strings.Join(out, ", ")
}

func hasRego(s rego.Source) bool {
	found := false
	fs.WalkDir(s.FS, ".", func(name string, d fs.DirEntry, err error) error { // Loading it tells of errors.
		found = found || err == nil && !d.IsDir() && filepath.Ext(name) == ".rego"
		return err
	})
	return found
}

func openAll(refs []Ref) ([]rego.Source, error) {
	sources := make([]rego.Source, len(refs))
	for i, r := range refs {
		var err error
		if sources[i], err = open(r); err != nil {
			return nil, err
		}
	}
	return sources, nil
}

// open reads what a policy is named by. A bundle that is refused leaves everything
// undecided.
func open(r Ref) (rego.Source, error) {
	s := rego.Source{Name: r.Name, Layer: r.Layer, Trusted: r.Trusted}
	info, err := os.Stat(r.Path)
	isBundle := strings.HasSuffix(r.Path, ".tar.gz")
	switch {
	case err != nil:
		return s, fmt.Errorf("%s: %s, expected a directory, a Rego file or a bundle (.tar.gz)", r.Name, file.Cause(err))
	case isBundle && !info.IsDir():
		data, err := file.Read(r.Path, bundle.MaxBytes)
		if err != nil {
			return s, err
		}
		s, err = bundle.Open(r.Name, data, r.Trust)
		s.Layer, s.Trusted = r.Layer, r.Trusted
		return s, err
	case !info.IsDir() && filepath.Ext(r.Path) != ".rego" && !r.Data:
		return s, fmt.Errorf("%s: expected a directory, a Rego file or a bundle (.tar.gz)", r.Name)
	case r.Trust.Required && !r.Data:
		return s, fault.Undecided(fmt.Errorf("%s: not signed, expected a bundle (.tar.gz) with a signature by a known key", r.Name))
	}
	dir := r.Path
	if !info.IsDir() {
		dir, s.File = filepath.Dir(r.Path), filepath.Base(r.Path)
	}
	root, err := os.OpenRoot(dir) // Links that lead out of it are not followed.
	if err != nil {
		return s, fmt.Errorf("%s: %s", r.Name, file.Cause(err))
	}
	s.FS = root.FS()
	return s, nil
}
