package main

import (
	"fmt"
	"os"

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

