package show

import (
	"bytes"
	"io"
	"math"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/internal/document"
)

// Open is a fact that is not disclosed, and what is to be known to fill it in.
type Open struct{ Pointer, Said string }

// blank is the place of a value that nobody has given yet, and what is said of it.
type blank string

// DraftYAML prints a profile to be filled in: as ImportedYAML does, and with a commented
// line for each fact that is open. Sections with the first of them come first.
func DraftYAML(w io.Writer, m Imported, open []Open) error {
	doc := *m.Document
	blanks := make([]document.Change, len(open))
	for i, o := range open {
		blanks[i] = document.Change{Pointer: o.Pointer, Value: blank(o.Said)}
		m.open = append(m.open, o.Pointer)
	}
	doc.Root = document.With(doc.Root, blanks...).(map[string]any)
	m.Document = &doc
	var head []string
	if len(open) > 0 {
		head = []string{
			"What stands behind a # is not disclosed. Write a value and take the # away, or let",
			"audition answer do it; the first sections change the verdict most.",
		}
	}
	var out bytes.Buffer
	if err := m.yaml(&out, head...); err != nil {
		return err
	}
	text, err := commented(out.String())
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}

// order sorts the keys of an object: those that come first, then at the top by the most
// urgent of what is open, below it what is disclosed and then what is open.
func (m Imported) order(pointer string, object map[string]any, keys []string) {
	place := func(key string) []int {
		section := document.Join(pointer, strings.TrimSuffix(key, "_complete"))
		urgency := slices.IndexFunc(m.open, func(open string) bool { return document.Within(strings.Replace(open, "_complete", "", 1), section) })
		switch {
		case empty(object[key]):
			return []int{len(first), urgency}
		case pointer != "":
			return []int{rank(key), -1}
		case urgency < 0:
			urgency = math.MaxInt
		}
		return []int{rank(key), urgency}
	}
	slices.SortStableFunc(keys, func(a, b string) int { return slices.Compare(place(a), place(b)) })
}

// empty tells whether there is nothing but places of values.
func empty(v any) bool {
	if object, ok := v.(map[string]any); ok {
		for _, below := range object {
			if !empty(below) {
				return false
			}
		}
		return len(object) > 0
	}
	_, is := v.(blank)
	return is
}

// commented makes comments of the lines without a value, such that without their marks
// they stand right, and puts a blank line before each section.
func commented(text string) (string, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		return "", err
	}
	columns, sections := map[int]int{}, map[int]bool{}
	comments(doc.Content[0], 0, columns)
	for i := 0; i < len(doc.Content[0].Content); i += 2 {
		key := doc.Content[0].Content[i]
		sections[key.Line] = rank(key.Value) >= len(first) && !strings.HasSuffix(key.Value, "_complete")
	}
	var out strings.Builder
	line := 0
	for l := range strings.Lines(text) {
		line++
		if sections[line] {
			out.WriteByte('\n')
		}
		if c := columns[line]; c > 0 {
			l = l[:c-1] + "# " + l[c-1:]
		}
		out.WriteString(l)
	}
	return out.String(), nil
}

// comments finds the lines without a value, and the column of the outermost key that has
// none; 0 is that there is no such key.
func comments(n *yaml.Node, column int, columns map[int]int) {
	for i, c := range n.Content {
		if n.Kind == yaml.SequenceNode {
			comments(c, column, columns)
		}
		if n.Kind != yaml.MappingNode || i%2 == 0 {
			continue
		}
		key, at := n.Content[i-1], column
		if at == 0 && void(c) {
			at = key.Column
		}
		if at > 0 {
			columns[key.Line] = at
		}
		comments(c, at, columns)
	}
}

// void tells whether a value is nothing but keys without one.
func void(n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return n.ShortTag() == "!!null"
	}
	for i := 1; i < len(n.Content); i += 2 {
		if !void(n.Content[i]) {
			return false
		}
	}
	return true
}
