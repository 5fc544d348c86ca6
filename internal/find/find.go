// Package find turns arguments into inputs: files, patterns, and directories, which
// stand for the profiles below them and for what describes agents without one. It reads
// what the reader of profiles reads: a file is a profile by the kind that its document
// has, not by how that is spelt, and a descriptor as the table of importer knows it.
// What it leaves out it notes. What cannot be read, or is nearly a profile, is an
// input that cannot be judged: it does not hold up the others.
package find

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/described"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/importer"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/profile"
)

// From is where inputs are looked for, and what is known of the tools that they name.
type From struct {
	file.Tree
	Catalogue draft.Catalogue
}

// Input is a file that is to be judged, or standard input as "-".
type Input struct {
	// Name is what outputs call it, Path where it is.
	Name, Path string
	// Err says why a search that came upon it knows already that it cannot be judged.
	Err error
	// from is one for all inputs of a search.
	from *From
	// met tells that a search came upon it, and nobody named it.
	met bool
}

func (in Input) origin() From {
	if in.from == nil {
		return From{}
	}
	return *in.from
}

// Notes are what a search has left out.
type Notes struct {
	// Ignored counts, by the name of the ignore file, the paths that it leaves out.
	Ignored map[string]int
	// Passed counts YAML and JSON files that describe no agent.
	Passed int
	// Unfollowed are links to directories outside of the tree, by name.
	Unfollowed []string
	// Empty are arguments in which nothing describes an agent.
	Empty []string
}

// Inputs returns what the arguments name, each file once and in the order of the
// arguments; what is below a directory is sorted by path. No profile at all is an
// error of its own kind.
func Inputs(ctx context.Context, from From, args []string) ([]Input, Notes, error) {
	return newSearch(ctx, from).all(args)
}

// Descriptors is Inputs where a search passes over profiles, whatever they describe.
func Descriptors(ctx context.Context, from From, args []string) ([]Input, Notes, error) {
	s := newSearch(ctx, from)
	s.descriptors = true
	return s.all(args)
}

// search is a search that is under way.
type search struct {
	ctx    context.Context
	from   *From
	inputs []Input
	seen   map[string]bool // real paths of inputs
	met    int             // inputs that were met, again or for the first time
	// taken are paths that a search came upon, and that are read as a part of another
	// input.
	taken       map[string]bool
	walks       bool // below a directory
	descriptors bool // and no profiles
	notes       Notes
}

func newSearch(ctx context.Context, from From) *search {
	return &search{ctx: ctx, from: &from, seen: map[string]bool{}, taken: map[string]bool{}, notes: Notes{Ignored: map[string]int{}}}
}

func (s *search) all(args []string) ([]Input, Notes, error) {
	for _, arg := range args {
		before := s.met
		if err := s.argument(arg); err != nil {
			return nil, s.notes, fault.Undecided(err)
		}
		if s.met == before {
			s.notes.Empty = append(s.notes.Empty, arg)
		}
	}
	s.inputs = slices.DeleteFunc(s.inputs, func(in Input) bool { return in.met && s.taken[in.Path] })
	if len(s.inputs) == 0 {
		return nil, s.notes, fault.Nothing(fmt.Errorf("%s: nothing to evaluate, expected a file with kind: AgentProfile or a descriptor such as .mcp.json", document.OneLine(strings.Join(args, ", "))))
	}
	return s.inputs, s.notes, nil
}

func (s *search) add(path string, err error) {
	s.met++
	real, errReal := realPath(path)
	if errReal != nil {
		real = path // "-", or reading it will tell
	}
	if !s.seen[real] {
		s.seen[real] = true
		s.inputs = append(s.inputs, Input{Name: s.from.Name(path), Path: path, from: s.from, Err: fault.Undecided(err), met: s.walks})
	}
}

// realPath is the absolute path of what a path stands for.
func realPath(path string) (string, error) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	return filepath.Abs(real)
}

// argument finds what one argument names.
func (s *search) argument(arg string) error {
	if arg == "-" {
		s.add(arg, nil)
		return nil
	}
	info, err := os.Stat(arg)
	switch {
	case err != nil && strings.ContainsAny(arg, "*?["):
		return s.pattern(arg)
	case err != nil:
		return fmt.Errorf("%s: %s", document.OneLine(arg), file.Cause(err))
	case info.IsDir():
		return s.below(arg)
	}
	skip, err := s.ignored(nil, arg)
	if err == nil && !skip {
		s.add(arg, nil)
	}
	return err
}

// pattern finds what a pattern names that no shell has expanded.
func (s *search) pattern(arg string) error {
	matches, err := filepath.Glob(arg)
	if err != nil {
		return fmt.Errorf("%s: expected a pattern such as agents/*.yaml, %s", document.OneLine(arg), err)
	}
	if len(matches) == 0 {
		return fmt.Errorf("%s: matches no file", document.OneLine(arg))
	}
	for _, m := range matches {
		if err := s.argument(m); err != nil {
			return err
		}
	}
	return nil
}

// Profiles reads the agents of the input. Stdin is what "-" stands for; nobody waits
// for it when ctx has ended.
func (in Input) Profiles(ctx context.Context, stdin io.Reader) ([]*profile.Profile, error) {
	if in.Err != nil {
		return nil, in.Err
	}
	d, err := in.Descriptor(ctx, stdin)
	if err != nil {
		return nil, err
	}
	profiles, err := described.Load(d, in.beside())
	return profiles, fault.Undecided(err)
}

// Descriptor reads the input as a file of its project.
func (in Input) Descriptor(ctx context.Context, stdin io.Reader) (draft.Input, error) {
	data, err := in.read(ctx, stdin)
	return in.project(data), fault.Undecided(err)
}

// project is the content of the input as a file of its project.
func (in Input) project(data []byte) draft.Input {
	d := draft.Input{File: draft.File{Name: in.Name, Data: data}, Catalogue: in.origin().Catalogue}
	if in.Path == "-" {
		return d
	}
	home := filepath.Clean(filepath.FromSlash(importer.Home(filepath.ToSlash(in.Path))))
	d.Beside = func(below string) ([]byte, bool, error) {
		data, err := file.ReadBelow(home, filepath.FromSlash(below), document.MaxBytes)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, false, nil
		}
		return data, err == nil, err
	}
	d.List = func(below string) ([]string, error) { return file.NamesBelow(home, filepath.FromSlash(below)) }
	return d
}

// beside opens what a profile describes, by its path from there. No path and no link
// leads out of the tree, or out of the profile's directory where that lies elsewhere.
func (in Input) beside() described.Open {
	if in.Path == "-" {
		return nil
	}
	return func(below string) (draft.Input, bool, error) {
		root, name := in.origin().Root(), path.Join(path.Dir(in.Name), below)
		other := Input{Name: name, Path: in.origin().Path(name), from: in.from}
		if path.IsAbs(in.Name) {
			root, name = filepath.Dir(in.Path), below
		}
		if !filepath.IsLocal(filepath.FromSlash(name)) || path.IsAbs(below) {
			return draft.Input{}, false, fmt.Errorf("%s: expected a file in the tree of the profile", document.OneLine(below))
		}
		data, err := file.ReadBelow(root, filepath.FromSlash(name), document.MaxBytes)
		if errors.Is(err, fs.ErrNotExist) {
			return draft.Input{}, false, nil
		}
		return other.project(data), err == nil, err
	}
}

func (in Input) read(ctx context.Context, stdin io.Reader) ([]byte, error) {
	if in.Path != "-" {
		return file.Read(in.Path, document.MaxBytes)
	}
	type result struct {
		data []byte
		err  error
	}
	results := make(chan result, 1)
	go func() {
		data, err := file.ReadFrom(stdin, document.MaxBytes)
		results <- result{data, err}
	}()
	select {
	case r := <-results:
		if r.err != nil {
			return nil, fmt.Errorf("-: %s", file.Cause(r.err))
		}
		return r.data, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("-: %w", ctx.Err())
	}
}

// Load reads the agents of a file, or of standard input as "-".
func Load(ctx context.Context, from From, path string, stdin io.Reader) ([]*profile.Profile, error) {
	return Input{Name: from.Name(path), Path: path, from: &from}.Profiles(ctx, stdin)
}

// One reads a file that has to have one agent.
func One(ctx context.Context, from From, path string, stdin io.Reader) (*profile.Profile, error) {
	profiles, err := Load(ctx, from, path, stdin)
	if err != nil {
		return nil, err
	}
	if len(profiles) > 1 {
		return nil, fault.Undecided(fmt.Errorf("%s: expected one agent, got %d", document.OneLine(path), len(profiles)))
	}
	return profiles[0], nil
}
