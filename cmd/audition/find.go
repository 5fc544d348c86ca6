package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
	"github.com/spf13/cobra"

	"github.com/audition-dev/audition/internal/assess"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/verdict"
)

// ignoreFile holds patterns, as .dockerignore does, of what a search below its
// directory leaves out.
const ignoreFile = ".auditionignore"

// find returns the files that the arguments name, each once and in their order.
// A directory stands for the agent profiles below it, and a pattern for what it
// matches, both sorted by path. What is ignored is told.
func find(told io.Writer, args []string) ([]string, error) {
	var files []string
	seen := map[string]bool{}
	for _, arg := range args {
		found, err := filesOf(told, arg)
		if err != nil {
			return nil, &exit{exitUndecided, err}
		}
		for _, f := range found {
			if !seen[f] {
				seen[f] = true
				files = append(files, f)
			}
		}
	}
	return files, nil
}

// filesOf returns the files that one argument names.
func filesOf(told io.Writer, arg string) ([]string, error) {
	if arg == "-" {
		return []string{arg}, nil
	}
	info, err := os.Stat(arg)
	switch {
	case err != nil && strings.ContainsAny(arg, "*?["):
		matches, bad := filepath.Glob(arg)
		if bad != nil {
			return nil, fmt.Errorf("%s: expected a pattern such as agents/*.yaml, %s", arg, bad)
		}
		if len(matches) == 0 {
			return nil, fmt.Errorf("%s: matches no file", arg)
		}
		var files []string
		for _, m := range matches {
			below, err := filesOf(told, m)
			if err != nil {
				return nil, err
			}
			files = append(files, below...)
		}
		return files, nil
	case err != nil:
		return nil, fmt.Errorf("%s: %s", document.OneLine(arg), cause(err))
	case !info.IsDir():
		return []string{arg}, nil
	}
	return profilesBelow(told, arg)
}

// isProfile recognises a document of our kind, in YAML or JSON.
var isProfile = regexp.MustCompile(`(?m)^[\s{,]*"?kind"?\s*:\s*["']?AgentProfile\b|[{,]\s*"kind"\s*:\s*"AgentProfile"`)

// calledProfile recognises a file that is meant to be one whatever is in it.
func calledProfile(path string) bool {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return name == "agent-profile" || strings.HasSuffix(name, ".agent")
}

func profilesBelow(told io.Writer, dir string) ([]string, error) {
	ignored, err := ignores(dir)
	if err != nil {
		return nil, err
	}
	var files []string
	left := 0
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != dir && d.Name()[0] == '.' {
			return filepath.SkipDir
		}
		if ext := filepath.Ext(path); d.IsDir() || !slices.Contains([]string{".yaml", ".yml", ".json"}, ext) {
			return nil
		}
		data, err := read(path, nil)
		if err != nil || !isProfile.Match(data) && !calledProfile(path) {
			return err
		}
		below, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		skip, err := ignored.MatchesOrParentMatches(below)
		if skip {
			left++
			return err
		}
		files = append(files, path)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %s", document.OneLine(dir), cause(err))
	}
	if left > 0 {
		fmt.Fprintf(told, "%s: leaves out %s\n", filepath.Join(dir, ignoreFile), counted(left, "profile"))
	}
	return files, nil
}

// ignores reads the patterns of a directory, if it has any.
func ignores(dir string) (*patternmatcher.PatternMatcher, error) {
	name := filepath.Join(dir, ignoreFile)
	var patterns []string
	f, err := os.Open(name)
	if err == nil {
		defer f.Close()
		patterns, err = ignorefile.ReadAll(f)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %s", name, cause(err))
	}
	m, err := patternmatcher.New(patterns)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", name, err)
	}
	return m, nil
}

// each judges all agents of the arguments and calls do for each. An agent that
// cannot be judged ends it: of some it could not be said what none has.
func each(cmd *cobra.Command, a *assess.Assessor, args []string, do func(*profile.Profile, *verdict.Verdict) error) error {
	inputs, err := find(cmd.ErrOrStderr(), args)
	if err != nil {
		return err
	}
	if len(inputs) == 0 {
		return &exit{exitNothing, errors.New(nothing(inputs, args))}
	}
	progress := newProgress(cmd.ErrOrStderr(), len(inputs))
	defer progress.end()
	for i, in := range inputs {
		progress.at(i)
		profiles, err := load(in, cmd.InOrStdin())
		if err != nil {
			return &exit{exitUndecided, err}
		}
		for _, p := range profiles {
			v, err := a.Assess(cmd.Context(), p)
			if err == nil {
				err = do(p, v)
			}
			if err != nil {
				return &exit{exitUndecided, err}
			}
		}
	}
	return nil
}
