package config

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// layout is where the entries stand in a file of waivers. Lines count from 0.
type layout struct {
	lines []string // with their ends
	eol   string
	// root, dash and gap are columns: before the keys of the document, before the
	// dashes of the list, and from a dash to the keys of its entry.
	root, dash, gap int
	// key is the line of the key waivers, -1 without one; end is the line after
	// everything that belongs to it.
	key, end int
	entries  []span
}

// span is an entry with the comments directly above it, without to.
type span struct{ from, to int }

// lineEnd is what YAML 1.1 takes for one, section 4.2.
var lineEnd = regexp.MustCompile("\r\n|[\r\n\u0085\u2028\u2029]")

func splitLines(text string) (lines []string) {
	from := 0
	for _, m := range lineEnd.FindAllStringIndex(text, -1) {
		lines = append(lines, text[from:m[1]])
		from = m[1]
	}
	if from < len(text) {
		lines = append(lines, text[from:])
	}
	return lines
}

func blankLine(line string) bool { return strings.TrimSpace(line) == "" }

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// newLayout finds the entries of a file that ParseWaivers accepts.
func newLayout(source, text string) (layout, error) {
	l := layout{lines: splitLines(text), eol: "\n", key: -1}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil || doc.Content[0].Style&yaml.FlowStyle != 0 {
		return l, fmt.Errorf("%s: expected YAML without braces around it; edit the file by hand", source)
	}
	if strings.Contains(text, "\r\n") {
		l.eol = "\r\n"
	}
	root, list := doc.Content[0], &yaml.Node{}
	l.root, l.end = root.Column-1, len(l.lines)
	for i := 0; i < len(root.Content); i += 2 {
		switch key := root.Content[i]; {
		case key.Value == "waivers":
			l.key, list = key.Line-1, root.Content[i+1]
		case l.key >= 0:
			l.end = min(l.end, key.Line-1)
		}
	}
	for i := max(l.key, 0); i < l.end; i++ {
		if strings.HasPrefix(l.lines[i], "...") {
			l.end = i
		}
	}
	if list.Kind == yaml.SequenceNode && list.Style&yaml.FlowStyle != 0 {
		opened, ok := l.unbracket(text, list)
		if !ok {
			return l, fmt.Errorf("%s:%d: expected a list without brackets; edit the file by hand", source, list.Line)
		}
		return newLayout(source, opened)
	}
	l.dash, l.gap = l.root+2, 2
	if list.Kind == yaml.AliasNode || !l.find(list.Content) {
		return l, fmt.Errorf("%s:%d: expected a list with a dash on a line for each waiver; edit the file by hand", source, list.Line)
	}
	return l, nil
}

// find finds the lines of the entries, and tells whether each begins with a dash.
func (l *layout) find(items []*yaml.Node) bool {
	dashes := make([]int, len(items))
	for i, item := range items {
		at := item.Line - 1
		for at > l.key && !strings.HasPrefix(strings.TrimLeft(l.lines[at], " "), "-") {
			at--
		}
		if at <= l.key {
			return false
		}
		dashes[i] = at
		if i == 0 {
			l.dash = indentation(l.lines[at])
			if item.Line-1 == at {
				l.gap = item.Column - 1 - l.dash
			}
		}
	}
	for i, at := range dashes {
		s := span{at, l.end}
		for l.shallow(s.from - 1) {
			s.from--
		}
		if i > 0 {
			l.entries[i-1].to = s.from
		}
		l.entries = append(l.entries, s)
	}
	for i := range l.entries {
		for s := &l.entries[i]; blankLine(l.lines[s.to-1]) || l.shallow(s.to-1); {
			s.to--
		}
	}
	return true
}

// shallow tells whether a line is a comment that is not indented more than the
// dashes, and so not part of the entry above it.
func (l *layout) shallow(line int) bool {
	return strings.HasPrefix(strings.TrimLeft(l.lines[line], " "), "#") && indentation(l.lines[line]) <= l.dash
}

// quoted is a text in quotes or a comment, where one begins.
var quoted = regexp.MustCompile("^(\"(\\\\(?s:.)|[^\"\\\\])*\"|'([^']|'')*'|#[^\r\n\u0085\u2028\u2029]*)")

// unbracket writes a list in brackets as one of lines, an item each. It tells
// whether brackets and commas are where they should be.
func (l *layout) unbracket(text string, list *yaml.Node) (string, bool) {
	starts := map[int]bool{}
	for _, item := range list.Content {
		starts[l.offset(item.Line, item.Column)] = true
	}
	from := l.offset(list.Line, list.Column)
	if from == len(text) || text[from] != '[' {
		return "", false
	}
	out := bytes.TrimRight([]byte(text[:from]), " ")
	depth, last := 1, byte('[') // last is the last byte that is no blank
	for at := from + 1; at < len(text); {
		if starts[at] {
			if out = bytes.TrimRight(out, " \t"); out[len(out)-1] != '\n' {
				out = append(out, l.eol...)
			}
			out = append(out, strings.Repeat(" ", l.root+2)+"- "...)
		}
		token, c := text[at:at+1], text[at]
		switch {
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		case c == '#' && isBlank(text[at-1]), (c == '"' || c == '\'') && strings.IndexByte("[{,:", last) >= 0:
			token = quoted.FindString(text[at:])
		}
		at += len(token)
		if depth == 0 || token == "" {
			return closed(out, text[at:]), token == "]"
		}
		if depth > 1 || c != ',' {
			out = append(out, token...)
		}
		if c != '#' && !isBlank(c) {
			last = c
		}
	}
	return "", false
}

func isBlank(c byte) bool { return strings.IndexByte(" \t\r\n", c) >= 0 }

// closed joins what stands before and after a closing bracket, without the line
// on which it stood alone.
func closed(before []byte, after string) string {
	line, rest, found := strings.Cut(after, "\n")
	if trimmed := bytes.TrimRight(before, " \t"); trimmed[len(trimmed)-1] == '\n' && found && blankLine(line) {
		return string(trimmed) + rest
	}
	return string(before) + after
}

// offset is the byte of a line and a column of the parser, which count from 1
// and in characters.
func (l *layout) offset(line, column int) int {
	at := 0
	for _, s := range l.lines[:line-1] {
		at += len(s)
	}
	for i := range l.lines[line-1] {
		if column--; column == 0 {
			return at + i
		}
	}
	return at + len(l.lines[line-1])
}
