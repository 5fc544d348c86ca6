package setup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/confine"
	"github.com/audition-dev/audition/internal/file"
)

// ConfigurationFile is the name by which a configuration is found, and that it has
// in a bundle.
const ConfigurationFile = "audition.yaml"

// configuration reads the configuration that is named or found, and the settings
// that tighten it. It returns the bundles that stand in it too, to be loaded.
func (s *Setup) configuration(ctx context.Context) (config.Config, []confine.Ref, error) {
	o := s.options
	if o.NoConfig && o.Config != "" {
		return config.Config{}, nil, fmt.Errorf("--no-config and --config %s: expected one of the two", o.Config)
	}
	ref := ""
	switch {
	case o.Config != "":
		ref = o.Files.Name(o.Config)
	case !o.NoConfig:
		var err error
		if ref, err = s.find(); err != nil {
			return config.Config{}, nil, err
		}
	}
	if ref == "" {
		cfg, err := config.Flags(o.Set...)
		return cfg, nil, err
	}
	var bundles []confine.Ref
	open := func(from *config.Layer, ref string) (config.File, error) {
		f, bundle, err := s.open(ctx, from, ref)
		if bundle != nil {
			bundles = append(bundles, *bundle)
		}
		return f, err
	}
	cfg, err := config.Load(open, ref, o.Set...)
	if err != nil {
		return cfg, nil, err
	}
	for _, l := range cfg.Layers {
		if err := Bundled(l); err != nil {
			return cfg, nil, err
		}
	}
	return cfg, bundles, nil
}

// Bundled refuses what the configuration of a bundle cannot have: files of its
// own, which a bundle of OPA does not carry.
func Bundled(l *config.Layer) error {
	if !inBundle(l) {
		return nil
	}
	for _, names := range []struct {
		key  string
		some bool
	}{
		{"extends", len(l.Extends) > 0}, {"data", len(l.Data) > 0},
		{"waivers.files", len(l.WaiverFiles) > 0}, {"signatures.keys", len(l.Keys) > 0},
		{"scoring.estimates", l.Estimates != ""}, {"import.catalogue", l.Catalogue != ""}, {"scoring.assessments", len(l.Assessments) > 0},
	} {
		if names.some {
			return fmt.Errorf("%s: %s: a bundle carries no such files; name them in what extends it", l.Source, names.key)
		}
	}
	return nil
}

func inBundle(l *config.Layer) bool { return IsBundle(path.Dir(l.Source)) }

// IsBundle tells by its name whether a policy is a bundle.
func IsBundle(name string) bool { return strings.HasSuffix(name, ".tar.gz") }

// misnamed are names of files that somebody takes for a configuration, and that
// nobody reads.
var misnamed = []string{"audition.yml", "Audition.yaml", "Audition.yml", ".audition.yaml", ".audition.yml", "audition.json", ".audition.json"}

// find looks for a configuration in the working directory and above it, up to the
// root of the repository; outside a repository only here. One that is called
// otherwise is an error, as is one that cannot be read.
func (s *Setup) find() (string, error) {
	files := s.options.Files
	for _, dir := range files.Upwards() {
		if name := filepath.Join(dir, ConfigurationFile); file.Exists(name) {
			return files.Name(name), nil
		}
		for _, other := range misnamed {
			if name := filepath.Join(dir, other); file.Exists(name) {
				return "", fmt.Errorf("%s: expected the name %s; --config names another, --no-config none", files.Name(name), ConfigurationFile)
			}
		}
	}
	return "", nil
}

// Carried returns the configuration that a path is or carries, "" if there is none.
func Carried(ctx context.Context, o Options, ref string) (string, error) {
	switch ext := filepath.Ext(ref); {
	case ext == ".yaml" || ext == ".yml" || ext == ".json":
		return ref, nil
	case IsBundle(ref):
		p := confine.NewProcess(o.Confined, o.Mode, o.Plans, o.Memory)
		defer p.Close()
		opened, err := p.Bundle(ctx, confine.Ref{Name: o.Files.Name(ref), Path: ref})
		if err != nil || opened.Config == nil {
			return "", err
		}
		return ref, nil
	}
	if name := filepath.Join(ref, ConfigurationFile); file.Exists(name) {
		return name, nil
	}
	return "", nil
}

// open reads a configuration, or that of a bundle, whose rules are then loaded too.
func (s *Setup) open(ctx context.Context, from *config.Layer, ref string) (config.File, *confine.Ref, error) {
	name, above := ref, []*config.Layer(nil)
	if from != nil {
		if err := Bundled(from); err != nil {
			return config.File{}, nil, err
		}
		name, above = s.beside(from, ref), []*config.Layer{from}
	}
	if !IsBundle(name) {
		data, err := file.Read(s.options.Files.Path(name), maxConfiguration)
		if err != nil {
			return config.File{}, nil, fmt.Errorf("%s: %s", s.named(from, name), file.Cause(err))
		}
		found := s.options.Config == ""
		return config.File{Source: name, Data: data, Digest: digest(data), Found: found, Tightens: found && s.options.RequireSigned}, nil, nil
	}
	trust, err := s.trust(above...)
	if err != nil {
		return config.File{}, nil, err
	}
	bundle := confine.Ref{Name: name, Path: s.options.Files.Path(name), Trust: trust}
	opened, err := s.process.Bundle(ctx, bundle)
	if err != nil {
		return config.File{}, nil, err
	}
	if opened.Config == nil {
		return config.File{}, nil, fmt.Errorf("%s: the bundle has no %s", name, ConfigurationFile)
	}
	bundle.Key = opened.Key
	return config.File{Source: name + "/" + ConfigurationFile, Data: opened.Config, Digest: digest(opened.Config)}, &bundle, nil
}

// named says in a message who named a file: a flag, or a configuration.
func (s *Setup) named(from *config.Layer, name string) string {
	switch {
	case from != nil:
		return from.Source + ": extends: " + name
	case s.options.Config != "":
		return "--config " + s.options.Config
	}
	return name
}

// beside resolves a path in a configuration against its folder, as a name.
func (s *Setup) beside(l *config.Layer, ref string) string {
	if !filepath.IsAbs(ref) {
		ref = filepath.Join(filepath.Dir(s.options.Files.Path(l.Source)), ref)
	}
	return s.options.Files.Name(ref)
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Holder is what a configuration of that name is read from: itself, or the bundle
// that it is in.
func Holder(name string) string {
	if dir := path.Dir(name); IsBundle(dir) {
		return dir
	}
	return name
}
