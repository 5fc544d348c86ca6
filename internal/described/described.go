// Package described reads a profile together with the descriptors that it names under
// describes.
//
// What a descriptor says and the profile does not is a fact with its place in the
// descriptor. Where both say something else of the same fact, the better evidence
// counts, which is the descriptor's where a host acts on it, and the difference is kept
// with both places: it is a finding. What the profile has from an earlier reading of the
// file is read anew.
package described

import (
	"path"
	"slices"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/suggest"
)

const key = "/describes"

// Open reads a file by its path from the directory of the profile; it is not ok where
// there is none.
type Open func(name string) (in draft.Input, ok bool, err error)

// Names are the descriptors that a profile describes, by their paths from its directory.
func Names(doc *document.Document) (out []string) {
	list, _ := doc.Value(key).([]any)
	for _, name := range list {
		if s, ok := name.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// Load reads the agents of a file: those that a descriptor describes, or profiles.
func Load(in draft.Input, open Open) ([]*profile.Profile, error) {
	profiles, err := importer.Load(in)
	if err != nil {
		return nil, err
	}
	return All(profiles, open)
}

// All completes profiles.
func All(profiles []*profile.Profile, open Open) ([]*profile.Profile, error) {
	for i, p := range profiles {
		var err error
		if profiles[i], err = Complete(p, open); err != nil {
			return nil, err
		}
	}
	return profiles, nil
}

// Complete returns a profile with what the descriptors say that it describes. One that is
// not there or cannot be read is an error at the place of its name. Open is nil where a
// profile stands beside no files.
func Complete(p *profile.Profile, open Open) (*profile.Profile, error) {
	names := Names(p.Document())
	var read []*profile.Profile
	for i, name := range names {
		q, err := one(p, document.JoinIndex(key, i), name, open)
		if err != nil {
			return nil, err
		}
		read = append(read, q)
	}
	// What is a part of another descriptor was read with that.
	part := func(q *profile.Profile) bool {
		return slices.ContainsFunc(read, func(r *profile.Profile) bool {
			return slices.ContainsFunc(r.Origin.Files[1:], func(f origin.File) bool { return f.Source == q.Source })
		})
	}
	for _, q := range slices.DeleteFunc(slices.Clone(read), part) {
		var err error
		if p, err = merged(p, q); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// one reads the agent of a descriptor: the only one, or the one of the profile's name.
func one(p *profile.Profile, at, name string, open Open) (*profile.Profile, error) {
	said := document.OneLine(name)
	if open == nil {
		return nil, p.Errorf(at, "%s: expected a profile in a file, standard input stands beside none", said)
	}
	in, ok, err := open(path.Clean(name))
	if err != nil {
		return nil, p.Errorf(at, "%s", err)
	}
	if !ok {
		return nil, p.Errorf(at, "%s: there is no such file", said)
	}
	made, ok, err := importer.Read(in)
	if err != nil {
		return nil, err
	}
	if !ok || len(made) == 0 {
		return nil, p.Errorf(at, "%s: describes no agent, expected a descriptor such as .mcp.json", said)
	}
	var called []string
	for _, m := range made {
		called = append(called, m.Name())
	}
	i := slices.Index(called, p.Metadata.Name)
	if i < 0 && len(made) > 1 {
		return nil, p.Errorf(at, "%s: describes several agents, none of which is called %q%s", said, document.Clip(p.Metadata.Name), suggest.DidYouMean(p.Metadata.Name, called))
	}
	m := made[max(i, 0)]
	return profile.Of(m.Document, m.Origin)
}
