package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/policy"
	"github.com/audition-dev/audition/internal/verdict"
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

	// unwaived judges as if nothing were waived.
	unwaived bool
	// bundles are policies that a configuration extends.
	bundles []policy.Source
}

func (j *judging) add(f *pflag.FlagSet) {
	f.StringVar(&j.config, "config", "", "configuration, a file or a bundle (default audition.yaml here or above, up to the root of the repository)")
	f.BoolVar(&j.noConfig, "no-config", false, "look for no configuration")
	f.StringArrayVar(&j.policies, "policy", nil, "further rules and gates: a directory, a Rego file or a bundle; repeatable")
	j.trust.add(f)
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
	engine, err := policy.Load(ctx, framework, sources...)
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

// configuration reads the configuration that was named or found, and the flags
// that tighten it.
func (j *judging) configuration() (config.Config, error) {
	var flags []string
	for _, t := range j.thresholds {
		flags = append(flags, "thresholds."+t)
	}
	flags = append(flags, j.set...)
	if j.noConfig && j.config != "" {
		return config.Config{}, fmt.Errorf("--no-config and --config %s: expected one of the two", j.config)
	}
	file := j.config
	if file == "" && !j.noConfig {
		var err error
		if file, err = findConfiguration(); err != nil {
			return config.Config{}, err
		}
	}
	if file == "" {
		return config.Flags(flags...)
	}
	return config.Load(j.open, file, flags...)
}

// configurationFile is the name by which a configuration is found, and that it
// has in a bundle.
const configurationFile = "audition.yaml"

// findConfiguration looks for a configuration in the working directory and above
// it, up to the root of the repository; outside a repository only here.
func findConfiguration() (string, error) {
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	found := ""
	for dir := here; ; dir = filepath.Dir(dir) {
		if file := filepath.Join(dir, configurationFile); found == "" && exists(file) {
			found = file
		}
		root := exists(filepath.Join(dir, ".git"))
		if !root && dir != filepath.Dir(dir) {
			continue
		}
		if found == "" || !root && filepath.Dir(found) != here {
			return "", nil
		}
		return filepath.Rel(here, found)
	}
}

// configurationOf returns the configuration that a path is or carries, if any.
func configurationOf(path string) (string, bool) {
	switch ext := filepath.Ext(path); {
	case ext == ".yaml" || ext == ".yml" || ext == ".json":
		return path, true
	case isBundle(path):
		s, err := openSource(path, policy.Trust{})
		if err != nil {
			return "", false // loading it says what is wrong
		}
		_, err = fs.Stat(s.FS, configurationFile)
		return path, err == nil
	}
	file := filepath.Join(path, configurationFile)
	return file, exists(file)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// open reads a configuration, or that of a bundle, whose rules are then loaded
// too.
func (j *judging) open(from *config.Layer, ref string) (config.File, error) {
	path, above := ref, []*config.Layer(nil)
	if from != nil {
		if isBundle(filepath.Dir(from.Source)) {
			return config.File{}, fmt.Errorf("%s: extends: a bundle extends nothing", from.Source)
		}
		path, above = beside(from, ref), []*config.Layer{from}
	}
	if !isBundle(path) {
		data, err := os.ReadFile(path)
		if err != nil {
			return config.File{}, fmt.Errorf("%s: %s", named(from, path), cause(err))
		}
		return config.File{Source: path, Data: data, Digest: digest(data)}, nil
	}
	trust, err := j.trust.trust(above...)
	if err != nil {
		return config.File{}, err
	}
	source, err := openSource(path, trust)
	if err != nil {
		return config.File{}, err
	}
	j.bundles = append(j.bundles, source)
	file := path + "/" + configurationFile
	data, err := fs.ReadFile(source.FS, configurationFile)
	if err != nil {
		return config.File{}, fmt.Errorf("%s: the bundle has no %s", path, configurationFile)
	}
	return config.File{Source: file, Data: data, Digest: digest(data)}, nil
}

// named says in a message who named a file: a flag, or a configuration.
func named(from *config.Layer, path string) string {
	if from == nil {
		return "--config " + path
	}
	return from.Source + ": extends: " + path
}

// beside resolves a path in a configuration against its folder.
func beside(l *config.Layer, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(l.Source), path)
}

func isBundle(path string) bool { return strings.HasSuffix(path, ".tar.gz") }

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
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
	for _, l := range cfg.Layers {
		if isBundle(filepath.Dir(l.Source)) {
			continue // the bundle is the policy
		}
		for _, p := range l.Policies {
			paths = append(paths, beside(l, p.Path))
		}
	}
	for _, path := range append(paths, j.policies...) {
		s, err := openSource(path, trust)
		if err != nil {
			return nil, err
		}
		sources = append(sources, s)
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
			sources = append(sources, policy.Source{Name: path, FS: os.DirFS(filepath.Dir(path)), File: filepath.Base(path)})
		}
	}
	return sources, nil
}

// accepted reads the waivers that configurations and flags name.
func (j *judging) accepted(cfg config.Config, e *policy.Engine) (waivers []config.Waiver, files []verdict.Source, err error) {
	if j.unwaived {
		return nil, nil, nil
	}
	for _, path := range j.waiverFiles(cfg) {
		w, data, err := readWaivers(path, e.Rules())
		if err != nil {
			return nil, nil, err
		}
		waivers, files = append(waivers, w...), append(files, verdict.Source{Source: path, Digest: digest(data)})
	}
	return waivers, files, nil
}

// readWaivers reads a file of waivers for rules that there are.
func readWaivers(path string, rules []maestro.Rule) ([]config.Waiver, []byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %s", path, cause(err))
	}
	waivers, err := config.ParseWaivers(path, data)
	if err != nil {
		return nil, nil, err
	}
	var ids []string
	for _, r := range rules {
		ids = append(ids, r.ID)
	}
	return waivers, data, config.CheckWaivers(waivers, ids)
}

// waiverFiles are the files that configurations and flags name, each once.
func (j *judging) waiverFiles(cfg config.Config) (paths []string) {
	for _, l := range cfg.Layers {
		for _, ref := range l.WaiverFiles {
			paths = append(paths, beside(l, ref))
		}
	}
	for _, path := range j.waivers {
		if !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}
