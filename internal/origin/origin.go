// Package origin says what a profile was made of where nobody wrote it: files that
// others read, and what of them is in no fact.
package origin

import (
	"cmp"
	"slices"
)

// Origin is where a profile comes from.
type Origin struct {
	// Format is the id of a kind of descriptor, and Title its name.
	Format string `json:"format"`
	Title  string `json:"title"`
	// Files are what was read, the descriptor itself first.
	Files []File `json:"files"`
	// Notes are sorted by file and place, in the order of Files.
	Notes []Note `json:"notes"`
	// Contradictions are what a profile says otherwise than its descriptors. They are
	// findings, of which a verdict has its own list.
	Contradictions []Contradiction `json:"-"`
}

// Contradiction is a fact of which a profile and a descriptor say something else.
type Contradiction struct {
	// Fact is the JSON pointer.
	Fact string
	// Said is what each says, with its file and line, the profile first.
	Said []string
	// Favours tells whether somebody was told in the agent's favour what is not so: by the
	// profile, or by words that what is configured refutes.
	Favours bool
}

// File is a file that was read, and the SHA-256 of its content.
type File struct {
	Source string `json:"source"`
	Digest string `json:"digest"`
}

// Kind says why something of a descriptor is in no fact.
type Kind string

const (
	// Misplaced stands where the program that reads the file does not heed it.
	Misplaced Kind = "misplaced"
	// Unknown is a key that the format does not have.
	Unknown Kind = "unknown"
	// Invalid is a value that the format does not allow.
	Invalid Kind = "invalid"
	// Secret is a credential in plain text. It is never repeated.
	Secret Kind = "secret"
	// Changed is a file that is not the one any more that a profile was made of.
	Changed Kind = "changed"
	// Open was read, and what a fact would say does not follow from it.
	Open Kind = "open"
	// Ignored is known, and nothing of a profile.
	Ignored Kind = "ignored"
)

// Told tells whether everybody who reads a verdict should know.
func (k Kind) Told() bool { return k != Open && k != Ignored }

// Note is one thing of a descriptor that is in no fact, and where it stands.
type Note struct {
	Kind    Kind   `json:"kind"`
	Source  string `json:"source"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// Sort orders the notes.
func (o *Origin) Sort() {
	file := func(n Note) int {
		return slices.IndexFunc(o.Files, func(f File) bool { return f.Source == n.Source })
	}
	slices.SortStableFunc(o.Notes, func(a, b Note) int {
		return cmp.Or(cmp.Compare(file(a), file(b)), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	o.Notes = slices.Compact(o.Notes)
}

// Told returns the notes that everybody should know.
func (o *Origin) Told() []Note {
	if o == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(o.Notes), func(n Note) bool { return !n.Kind.Told() })
}
