package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/policy"
)

// judging is what decides how agents are judged: the flags of every command that
// judges, and what they lead to.
type judging struct {
	config          string
	noConfig        bool
	policies        []string
	trust           trustFlags
	waivers         []string
	set, thresholds []string
	at              string
	allowPast       bool
	timeout         time.Duration
	memory          mebibytes

	// unwaived judges as if nothing were waived.
	unwaived bool
	// bundles are policies that a configuration extends.
	bundles []policy.Source
}

// choosing adds the flags that choose a configuration and whom to trust.
func (j *judging) choosing(f *pflag.FlagSet) {
	f.StringVar(&j.config, "config", "", "configuration, a file or a bundle (default audition.yaml here or above, up to the root of the repository)")
	f.BoolVar(&j.noConfig, "no-config", false, "look for no configuration")
	j.trust.add(f)
	j.memory = enoughMemory
	f.Var(&j.memory, "memory", "memory limit where a policy is loaded that is not trusted")
}

func (j *judging) add(f *pflag.FlagSet) {
	j.choosing(f)
	f.StringArrayVar(&j.policies, "policy", nil, "further rules and gates: a directory, a Rego file or a bundle, whose audition.yaml counts only with --config or extends; repeatable")
	f.StringArrayVar(&j.waivers, "waivers", nil, "file of accepted findings; repeatable")
	f.StringArrayVar(&j.set, "set", nil, "tighten a setting, as name=value, or rules, as rules[L4/*]=high; repeatable")
	f.StringArrayVar(&j.thresholds, "threshold", nil, "tighten a threshold, such as reject.score=8; repeatable")
	f.StringVar(&j.at, "at", "", "day at which evidence and waivers are judged, as YYYY-MM-DD (default today)")
	f.BoolVar(&j.allowPast, "allow-past", false, "allow --at a day in the past")
	f.DurationVar(&j.timeout, "timeout", 10*time.Second, "time limit for one evaluation of rules and gates")
}

// assessor builds what judges. A broken configuration is a usage error; a policy
// that does not load leaves everything undecided.
func (j *judging) assessor(ctx context.Context) (*assess.Assessor, error) {
	cfg, err := j.configuration()
	if err != nil {
		return nil, err
	}
	if cfg.Demand.At, err = day(j.at, j.allowPast, time.Now()); err != nil {
		return nil, err
	}
	sources, err := j.sources(cfg)
	if err != nil {
		return nil, err
	}
	framework, err := policy.Framework()
	if err != nil {
		return nil, err
	}
	engine, err := compiled(ctx, framework, sources)
	if err != nil {
		return nil, &exit{exitUndecided, err}
	}
	consequences, err := cfg.Resolve(engine.Rules(), engine.Gates())
	if err != nil {
		return nil, err
	}
	if engine, err = engine.Without(ctx, consequences.Off()); err != nil {
		return nil, err
	}
	a := &assess.Assessor{
		Engine: engine, Framework: framework, Config: cfg, Consequences: consequences,
		Timeout: j.timeout, Version: version,
	}
	a.Waivers, a.WaiverFiles, err = j.accepted(cfg, engine)
	return a, err
}

// compileTime bounds the compilation of all policies.
const compileTime = 30 * time.Second

func compiled(ctx context.Context, framework *maestro.Framework, sources []policy.Source) (*policy.Engine, error) {
	ctx, cancel := context.WithTimeout(ctx, compileTime)
	defer cancel()
	return policy.Load(ctx, framework, sources...)
}

// source opens a policy, in a worker unless it is trusted.
func (j *judging) source(path string, trust policy.Trust, trusted bool) (policy.Source, error) {
	if !trusted {
		if err := confine(j.memory); err != nil {
			return policy.Source{}, err
		}
	}
	s, err := openSource(path, trust)
	s.Trusted = trusted
	return s, err
}

// sources are the builtin policy, what configurations name, and what flags name.
func (j *judging) sources(cfg config.Config) ([]policy.Source, error) {
	sources := append([]policy.Source{policy.Builtin()}, j.bundles...)
	trust, err := j.trust.trust(cfg.Layers...)
	if err != nil {
		return nil, err
	}
	trust.Required = trust.Required || cfg.SignedOnly
	for _, b := range j.bundles {
		if trust.Required && b.Key == "" {
			return nil, &exit{exitUndecided, fmt.Errorf("%s: not signed with a known key, as signatures.required expects", b.Name)}
		}
	}
	var paths []string
	for _, b := range j.bundles {
		paths = append(paths, filepath.Clean(b.Name))
	}
	// The same policy may be named by a configuration and by a flag.
	add := func(path string, trusted bool) error {
		if path = filepath.Clean(path); slices.Contains(paths, path) {
			return nil
		}
		paths = append(paths, path)
		s, err := j.source(path, trust, trusted)
		sources = append(sources, s)
		return err
	}
	for _, l := range cfg.Layers {
		if inBundle(l) {
			continue // the bundle is the policy
		}
		for _, p := range l.Policies {
			if err := add(beside(l, p.Path), p.Trusted); err != nil {
				return nil, err
			}
		}
	}
	for _, path := range j.policies {
		if err := add(path, false); err != nil {
			return nil, err
		}
	}
	data, err := documents(cfg)
	return append(sources, data...), err
}

// documents are the data that configurations name.
func documents(cfg config.Config) (sources []policy.Source, err error) {
	for _, l := range cfg.Layers {
		for _, ref := range l.Data {
			path := beside(l, ref)
			if !exists(path) {
				return nil, fmt.Errorf("%s: data: %s: no such file or directory", l.Source, path)
			}
			sources = append(sources, policy.Source{Name: path, FS: os.DirFS(filepath.Dir(path)), File: filepath.Base(path), Trusted: true}) // Data runs nothing.
		}
	}
	return sources, nil
}
