package main

import (
	"fmt"
	"os"
	"slices"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/policy"
	"github.com/audition-dev/audition/internal/verdict"
)

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
