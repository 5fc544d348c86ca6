// Package importer makes profiles of what describes agents already: the files by which
// they are configured, packed and published.
//
// A format is a package below this one, which turns a descriptor into drafts, and a
// row in the table of formats. Drafts are judged like profiles that somebody wrote:
// the same schema, the same checks, and findings that point into the descriptor.
package importer

import (
	"bytes"
	"errors"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/moby/patternmatcher"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
	"github.com/audition-dev/audition/internal/profile"
)

// places are the patterns of all formats.
var places = sync.OnceValue(func() map[string]*matcher {
	out := map[string]*matcher{}
	for _, f := range Formats() {
		var patterns []string
		for _, p := range f.Paths {
			patterns = append(patterns, p, "**/"+p)
		}
		out[f.ID] = newMatcher(patterns)
	}
	return out
})

// matcher knows names by patterns. That of the library is not safe for concurrent use.
type matcher struct {
	mu sync.Mutex
	of *patternmatcher.PatternMatcher
}

func newMatcher(patterns []string) *matcher {
	m, err := patternmatcher.New(patterns)
	if err != nil {
		panic(err) // a fault of the program
	}
	return &matcher{of: m}
}

// matches tells whether a pattern has a name, or a directory that it is in.
func (m *matcher) matches(name string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	ok, err := m.of.MatchesOrParentMatches(name)
	return ok && err == nil
}

// at tells whether a name is where a tool keeps a descriptor of the format.
func (f Format) at(name string) bool {
	end := func(p string) bool { return path.Ext(p) == path.Ext(name) }
	if !slices.ContainsFunc(f.Paths, end) {
		return false
	}
	return places()[f.ID].matches(strings.TrimPrefix(name, "/"))
}

// Home is the directory of the project that a descriptor of a path is in: that above
// the tool's own directory, or the directory of the file. "" is the working directory.
func Home(name string) string {
	home := len(name)
	for _, f := range Formats() {
		for _, p := range f.Paths {
			fixed, rest, open := strings.Cut(p, "*")
			end := rest[strings.LastIndexByte(rest, '*')+1:]
			i := strings.LastIndex("/"+name, "/"+fixed)
			if i >= 0 && fixed != "" && strings.HasSuffix(name, end) && (open || "/"+name == ("/" + name)[:i]+"/"+fixed) {
				home = min(home, i)
			}
		}
	}
	if home < len(name) {
		return strings.TrimSuffix(name[:home], "/")
	}
	if dir := path.Dir(name); dir != "." {
		return dir
	}
	return ""
}

// Kept tells whether a name is where a tool keeps a descriptor.
func Kept(name string) bool {
	return slices.ContainsFunc(Formats(), func(f Format) bool { return f.at(name) })
}

// Directory tells whether a directory whose name begins with a dot may hold some.
func Directory(base string) bool {
	return slices.ContainsFunc(Formats(), func(f Format) bool {
		return slices.ContainsFunc(f.Paths, func(p string) bool { return strings.Contains("/"+p, "/"+base+"/") })
	})
}

// Of returns the format of a descriptor. What cannot be read is of the format that
// is kept where it stands.
func Of(file draft.File) (Format, bool) {
	marked := slices.DeleteFunc(Formats(), func(f Format) bool {
		return !slices.ContainsFunc(f.Marks, func(m string) bool { return bytes.Contains(file.Data, []byte(m)) }) && !f.at(file.Name)
	})
	if len(marked) == 0 {
		return Format{}, false // most files, which are not worth reading
	}
	roots, err := roots(file)
	i := slices.IndexFunc(marked, func(f Format) bool {
		return err != nil && f.at(file.Name) || slices.ContainsFunc(roots, func(n draft.Node) bool { return f.Is(file.Name, n) })
	})
	if i < 0 {
		return Format{}, false
	}
	return marked[i], true
}

// roots are the documents of a file that are none of ours.
func roots(file draft.File) (out []draft.Node, err error) {
	docs, err := file.Documents()
	for _, doc := range docs {
		if n := draft.Root(doc); !strings.HasPrefix(n.Get("apiVersion").Text(), "audition/") {
			out = append(out, n)
		}
	}
	return out, err
}

// Made is what a descriptor was made into, not yet checked.
type Made struct {
	*document.Document
	*origin.Origin
}

// Name is what the agent is called.
func (m Made) Name() string {
	name, _ := m.Value("/metadata/name").(string)
	return name
}

// Read reads the agents that a descriptor describes; it is not ok where a file is none.
func Read(in draft.Input) (out []Made, ok bool, err error) {
	f, ok := Of(in.File)
	if !ok {
		return nil, false, nil
	}
	in.Home = Home(in.Name)
	drafts, err := f.Read(in)
	if err != nil {
		return nil, true, discreet(f, err)
	}
	for _, d := range drafts {
		doc, from := d.Finish()
		out = append(out, Made{doc, from})
	}
	return out, true, nil
}

// Load reads the agents of a file: those that a descriptor describes, or profiles.
func Load(in draft.Input) (out []*profile.Profile, err error) {
	made, ok, err := Read(in)
	if !ok {
		return profile.Load(in.Name, in.Data)
	}
	for _, m := range made {
		p, err := profile.Of(m.Document, m.Origin)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, err
}

// discreet quotes nothing of a descriptor that cannot be read: a link in a judged
// tree may lead to a secret.
func discreet(f Format, err error) error {
	var e *document.Error
	if !errors.As(err, &e) {
		return err
	}
	return &document.Error{Source: e.Source, Position: e.Position, Message: "not readable as " + f.Title}
}
