package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/policy"
)

// configuration reads the configuration that was named or found, and the flags
// that tighten it.
func (j *judging) configuration() (config.Config, error) {
	var flags []string
	for _, t := range j.thresholds {
		flags = append(flags, "thresholds."+t)
	}
	flags = append(flags, j.set...)
	j.bundles = nil
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
	cfg, err := config.Load(j.open, file, flags...)
	if err != nil {
		return cfg, err
	}
	for _, l := range cfg.Layers {
		if err := bundled(l); err != nil {
			return cfg, err
		}
	}
	return cfg, nil
}

// bundled refuses what the configuration of a bundle cannot have: files of its
// own, which a bundle of OPA does not carry.
func bundled(l *config.Layer) error {
	if !inBundle(l) {
		return nil
	}
	for _, names := range []struct {
		key  string
		some bool
	}{
		{"extends", len(l.Extends) > 0}, {"data", len(l.Data) > 0},
		{"waivers.files", len(l.WaiverFiles) > 0}, {"signatures.keys", len(l.Keys) > 0},
	} {
		if names.some {
			return fmt.Errorf("%s: %s: a bundle carries no such files; name them in what extends it", l.Source, names.key)
		}
	}
	return nil
}

func inBundle(l *config.Layer) bool { return isBundle(filepath.Dir(l.Source)) }

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
func (j *judging) configurationOf(path string) (file string, ok bool, err error) {
	switch ext := filepath.Ext(path); {
	case ext == ".yaml" || ext == ".yml" || ext == ".json":
		return path, true, nil
	case isBundle(path):
		s, err := j.source(path, policy.Trust{}, false)
		if err != nil {
			return "", false, err
		}
		_, err = fs.Stat(s.FS, configurationFile)
		return path, err == nil, nil
	}
	file = filepath.Join(path, configurationFile)
	return file, exists(file), nil
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
		if err := bundled(from); err != nil {
			return config.File{}, err
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
	source, err := j.source(path, trust, false)
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
