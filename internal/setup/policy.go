package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/audition-dev/audition/internal/confine"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
)

// Policies are what configurations name, and then what the options name, each
// once: the bundles that are extended first, data documents last.
func (s *Setup) Policies() ([]confine.Ref, error) {
	trust, err := s.trust(s.Config.Layers...)
	if err != nil {
		return nil, err
	}
	trust.Required = trust.Required || s.Config.SignedOnly
	refs := slices.Clone(s.bundles)
	for _, b := range refs {
		if trust.Required && b.Key == "" {
			return nil, fault.Undecided(fmt.Errorf("%s: not signed with a known key, as signatures.required expects", b.Name))
		}
	}
	// The same policy may be named by a configuration and by an option.
	add := func(r confine.Ref) {
		if !slices.ContainsFunc(refs, func(other confine.Ref) bool { return other.Name == r.Name }) {
			r.Path, r.Trust = s.options.Files.Path(r.Name), trust
			refs = append(refs, r)
		}
	}
	for rank, l := range s.Config.Layers {
		if inBundle(l) { // the bundle is the policy
			for i := range refs {
				if refs[i].Name == Holder(l.Source) {
					refs[i].Layer = rank
				}
			}
			continue
		}
		for _, p := range l.Policies {
			add(confine.Ref{Name: s.beside(l, p.Path), Layer: rank, Trusted: p.Trusted && !l.Found})
		}
	}
	for _, p := range s.options.Policies {
		add(confine.Ref{Name: s.options.Files.Name(p), Layer: len(s.Config.Layers)})
	}
	data, err := s.data()
	return append(refs, data...), err
}

// data are the data documents that configurations name. They run nothing.
func (s *Setup) data() (refs []confine.Ref, err error) {
	for rank, l := range s.Config.Layers {
		for _, ref := range l.Data {
			name := s.beside(l, ref)
			path := s.options.Files.Path(name)
			if !file.Exists(path) {
				return nil, fmt.Errorf("%s: data: %s: no such file or directory", l.Source, name)
			}
			refs = append(refs, confine.Ref{Name: name, Path: path, Trusted: true, Data: true, Layer: rank})
		}
	}
	return refs, nil
}

// Given are policies at paths, for who works on them; without a path those of the
// configuration and the options. A path twice is an error.
func (s *Setup) Given(paths []string) (refs []confine.Ref, err error) {
	if len(paths) == 0 {
		if refs, err = s.Policies(); err == nil && len(refs) == 0 {
			err = errors.New("expected a path, or a configuration that names policies")
		}
		return refs, err
	}
	trust, err := s.trust()
	if err != nil {
		return nil, err
	}
	for _, p := range paths {
		name := s.options.Files.Name(p)
		if slices.ContainsFunc(refs, func(r confine.Ref) bool { return r.Name == name }) {
			return nil, fmt.Errorf("%s: is given twice", p)
		}
		refs = append(refs, confine.Ref{Name: name, Path: s.options.Files.Path(name), Trust: trust})
	}
	return refs, nil
}

// Suite opens the policies at paths with their tests; see [Setup.Given].
func (s *Setup) Suite(ctx context.Context, paths []string) (confine.Suite, error) {
	refs, err := s.Given(paths)
	if err != nil {
		return nil, err
	}
	return s.room(refs).Suite(ctx, s.Framework, refs)
}
