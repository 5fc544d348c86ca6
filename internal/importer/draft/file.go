package draft

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"path"
	"strings"

	"github.com/audition-dev/audition/internal/document"
)

// File is a file of a descriptor.
type File struct {
	// Name is what outputs call it: with forward slashes, below the root of the tree,
	// absolute elsewhere, and "-" for standard input.
	Name string
	Data []byte
}

// Digest is the SHA-256 of the content.
func (f File) Digest() string { return fmt.Sprintf("sha256:%x", sha256.Sum256(f.Data)) }

// Documents reads the file as YAML, JSON or, by its name, TOML of another program. Of a
// text it is the front matter.
func (f File) Documents() ([]*document.Document, error) {
	var doc *document.Document
	var err error
	switch path.Ext(f.Name) {
	case ".toml":
		doc, err = document.ReadTOML(f.Name, f.Data)
	case ".md":
		doc, _, _, err = f.FrontMatter()
	default:
		return document.ReadForeign(f.Name, f.Data)
	}
	if err != nil {
		return nil, err
	}
	return []*document.Document{doc}, nil
}

// Document reads a file that is one document.
func (f File) Document() (*document.Document, error) {
	docs, err := f.Documents()
	if err != nil {
		return nil, err
	}
	if len(docs) > 1 {
		return nil, docs[1].Errorf("", "expected one document, got %d", len(docs))
	}
	return docs[0], nil
}

// FrontMatter reads the YAML between two lines of three dashes at the start of a text,
// and returns the lines of the text after it. Without such lines it is not ok, and the
// document is empty.
func (f File) FrontMatter() (doc *document.Document, body []Node, ok bool, err error) {
	matter, rest, ok := f.cut()
	if !ok {
		return document.Assemble(f.Name, map[string]any{}, nil), nil, false, nil
	}
	after := strings.Count(string(f.Data), "\n") - strings.Count(rest, "\n")
	for i, line := range strings.Split(rest, "\n") {
		body = append(body, Line(f, after+i+1, line))
	}
	if strings.TrimSpace(matter) == "" {
		return document.Assemble(f.Name, map[string]any{}, nil), body, true, nil
	}
	// The line before keeps the places.
	docs, err := document.ReadForeign(f.Name, []byte("\n"+matter))
	if err != nil {
		if again, errAgain := document.ReadForeign(f.Name, []byte("\n"+quoted(matter))); errAgain == nil {
			docs, err = again, nil
		}
	}
	if err != nil {
		return nil, nil, true, err
	}
	return docs[0], body, true, nil
}

// cut returns what is between the first two lines of dashes, and what follows.
func (f File) cut() (matter, body string, ok bool) {
	text := string(bytes.TrimPrefix(f.Data, []byte("\ufeff")))
	text = strings.ReplaceAll(text, "\r\n", "\n")
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return "", text, false
	}
	if body, ok := strings.CutPrefix(rest, "---\n"); ok || rest == "---" {
		return "", body, true
	}
	matter, body, ok = strings.Cut(rest, "\n---\n")
	if !ok {
		matter, ok = strings.CutSuffix(rest, "\n---")
	}
	return matter, body, ok
}

// quoted puts quotes around the plain values of keys without indent. Much front matter
// is no YAML, as its texts have colons; hosts read it like this.
func quoted(matter string) string {
	lines := strings.Split(matter, "\n")
	for i, line := range lines {
		key, value, ok := strings.Cut(line, ": ")
		value = strings.TrimSpace(value)
		structured := value == "" || strings.ContainsAny(value[:1], "\"'|>[{&#") || value[0] == '*' && value != "*"
		if !ok || structured || strings.ContainsAny(key, " \t#\"'") || strings.HasPrefix(key, "-") {
			continue
		}
		lines[i] = key + ": '" + strings.ReplaceAll(value, "'", "''") + "'"
	}
	return strings.Join(lines, "\n")
}

// Input is a descriptor in its project.
type Input struct {
	File
	// Home is the directory of the project, as names have it; "" is the root of the tree.
	Home string
	// Beside reads another file of the project, by its path below the home; it is not ok
	// where there is none. Nil is a project of one file.
	Beside func(path string) (data []byte, ok bool, err error)
	// List returns the names of the regular files of a directory below the home, sorted.
	// Nil is a project of one file.
	List func(path string) ([]string, error)
	// Catalogue says what is known of tools; whoever makes an input gives it one.
	Catalogue Catalogue
}

// Of is another descriptor of the project.
func (in Input) Of(f File) Input {
	in.File = f
	return in
}

// Begin reads a descriptor that is one document, and begins a draft of a format.
func (in Input) Begin(id, title string) (*Draft, Node, error) {
	doc, err := in.Document()
	if err != nil {
		return nil, Node{}, err
	}
	return in.New(id, title), Root(doc), nil
}

// Near returns the paths, below the home, of the other documents in the directory of the
// descriptor.
func (in Input) Near() (out []string, err error) {
	if in.List == nil {
		return nil, nil
	}
	names, err := in.List(in.Below("."))
	for _, name := range names {
		if ext := path.Ext(name); name != path.Base(in.Name) && (ext == ".yaml" || ext == ".yml" || ext == ".json") {
			out = append(out, in.Below(name))
		}
	}
	return out, err
}

// Below is the path, below the home, of what the descriptor names by a path from its own
// directory.
func (in Input) Below(name string) string {
	return path.Join(strings.TrimPrefix(strings.TrimPrefix(path.Dir(in.Name), in.Home), "/"), name)
}

// Open reads another file of the project.
func (in Input) Open(below string) (File, bool, error) {
	if in.Beside == nil {
		return File{}, false, nil
	}
	data, ok, err := in.Beside(below)
	return File{path.Join(in.Home, below), data}, ok, err
}

// Called is a name for what is in the project: of many projects in one tree each
// thing has one of its own. What lies outside of the tree has the plain name.
func (in Input) Called(parts ...string) string {
	if !path.IsAbs(in.Home) && !strings.HasPrefix(in.Home, "..") {
		parts = append([]string{in.Home}, parts...)
	}
	return path.Join(parts...)
}
