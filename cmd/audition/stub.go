package main

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/policy"
)

type trustFlags struct{ required bool }

func (t *trustFlags) add(*pflag.FlagSet)                                    {}
func (t *trustFlags) with(*config.Layer, []config.KeyRef) (struct{}, error) { return struct{}{}, nil }
func (t *trustFlags) all(config.Config) (struct{}, error)                   { return struct{}{}, nil }

func openSource(dir string, _ struct{}) (policy.Source, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return policy.Source{}, fmt.Errorf("--policy %s: expected a directory of Rego files", dir)
	}
	return policy.Source{Name: dir, FS: os.DirFS(dir)}, nil
}

func day(at string, _ bool, now time.Time) (time.Time, error) {
	if at == "" {
		return now.UTC().Truncate(24 * time.Hour), nil
	}
	d, err := time.Parse(time.DateOnly, at)
	if err != nil {
		return d, fmt.Errorf("--at %s: expected a day such as 2026-01-31", at)
	}
	return d, nil
}
