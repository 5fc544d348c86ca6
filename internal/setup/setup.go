// Package setup builds what judges from plain options: it finds and reads the
// configuration, opens the policies and waivers that it and the options name, and
// compiles them, in a process of its own where nobody vouches for them. Every door
// of the program calls it, so all of them judge alike. It knows no flags, no
// terminal and no exit codes; its errors have a [fault.Kind].
package setup

import (
	"cmp"
	"context"
	"os/exec"
	"sync"
	"time"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/confine"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego"
)

// Options say how agents are judged. The zero value judges by the configuration
// that is found, at the zero day.
type Options struct {
	// Files give names to paths, and paths to names.
	Files file.Tree
	// Config is a configuration, a file or a bundle; "" is the one that is found,
	// unless NoConfig.
	Config   string
	NoConfig bool
	// Policies are further directories, Rego files and bundles.
	Policies []string
	// RequireSigned refuses every policy but bundles that a key verifies. Keys are
	// public keys as [ID=]FILE, and secrets as ID:ALGORITHM=FILE.
	RequireSigned bool
	Keys          []string
	// Waivers are files of accepted findings. Unwaived judges as if none were.
	Waivers  []string
	Unwaived bool
	// Set are settings as name=value; they can tighten only.
	Set []string
	// Today is the day it is, and Day the one at which evidence and waivers are
	// judged, both as midnight in UTC.
	Today, Day time.Time
	// Timeout bounds one evaluation of rules and gates; 0 is none.
	Timeout time.Duration
	// Memory bounds, in bytes, what policy takes that is not trusted.
	Memory int64
	// Mode is how policy is evaluated; "" is rego.Auto.
	Mode rego.Mode
	// Plans keeps what policies were planned to.
	Plans confine.Plans
	// Confined is a program that calls confine.Serve.
	Confined func() *exec.Cmd
	// Version is that of the program, for verdicts.
	Version string
}

// Setup is a configuration that was read, and what it leads to.
type Setup struct {
	Config    config.Config
	Framework *maestro.Framework

	options Options
	// bundles are policies that the configuration extends.
	bundles []confine.Ref
	process *confine.Process
}

// compileTime bounds the compilation of all policies.
const compileTime = 30 * time.Second

// New reads the configuration that is named or found, and the options that tighten
// it. Who calls it has to call Close.
func New(ctx context.Context, o Options) (*Setup, error) {
	o.Mode = cmp.Or(o.Mode, rego.Auto)
	s := &Setup{options: o, process: confine.NewProcess(o.Confined, o.Mode, o.Plans, o.Memory)}
	var err error
	if s.Framework, err = rego.Framework(); err != nil {
		return nil, err
	}
	if s.Config, s.bundles, err = s.configuration(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close ends what was started for the evaluation.
func (s *Setup) Close() { s.process.Close() }

// Assessor compiles the policies, reads the waivers and returns what judges. A
// policy that does not load leaves everything undecided.
func (s *Setup) Assessor(ctx context.Context) (*assess.Assessor, error) {
	refs, err := s.Policies()
	if err != nil {
		return nil, err
	}
	engine, err := s.load(ctx, refs)
	if err != nil {
		return nil, err
	}
	o, err := s.Judged()
	if err != nil {
		return nil, err
	}
	if !s.options.Unwaived {
		if o.Waivers, o.WaiverFiles, err = s.waivers(engine.Rules()); err != nil {
			return nil, err
		}
	}
	return assess.New(ctx, engine, s.Framework, s.Config, s.options.Day, o)
}

// Judged are the options of an assessor as far as a score depends on them.
func (s *Setup) Judged() (o assess.Options, err error) {
	o = assess.Options{Today: s.options.Today, Timeout: s.options.Timeout, Version: s.options.Version}
	if o.Table, err = s.Table(); err != nil {
		return o, err
	}
	o.Assessments, o.AssessmentFiles, err = s.Assessments()
	return o, err
}

// load compiles policies, here if all of them are trusted.
func (s *Setup) load(ctx context.Context, refs []confine.Ref) (*rego.Engine, error) {
	if len(refs) == 0 {
		return builtin(ctx, s.options.Mode)
	}
	ctx, cancel := context.WithTimeout(ctx, compileTime)
	defer cancel()
	return s.room(refs).Load(ctx, s.Framework, refs)
}

// builtin is an engine of nothing but the builtin policy, which is always the same.
func builtin(ctx context.Context, m rego.Mode) (*rego.Engine, error) {
	if m == rego.Auto || m == rego.Compiled {
		return usual()
	}
	p, err := compiled()
	if err != nil {
		return nil, err
	}
	return rego.NewEngine(ctx, p.Catalogue(), p.With(m))
}

var (
	compiled = sync.OnceValues(func() (*rego.Policy, error) {
		framework, err := rego.Framework()
		if err != nil {
			return nil, err
		}
		return rego.Compile(context.Background(), framework, rego.Builtin())
	})
	usual = sync.OnceValues(func() (*rego.Engine, error) { return rego.LoadBuiltin(context.Background()) })
)

// room is where policies are compiled and evaluated.
func (s *Setup) room(refs []confine.Ref) confine.Room {
	for _, r := range refs {
		if !r.Trusted {
			return s.process
		}
	}
	return confine.Local{Mode: s.options.Mode, Plans: s.options.Plans}
}
