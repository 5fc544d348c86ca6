package document

import (
	"bytes"
	"regexp"
	"strconv"
)

var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?((?s:.*))$`)

// syntaxError gives an error of the YAML parser, which knows a line at most,
// the column where the text of that line begins. Before are lines before data.
func syntaxError(source string, before int, data []byte, err error) error {
	m := yamlLine.FindStringSubmatch(err.Error())
	lines := bytes.Split(bytes.TrimRight(data, " \t\r\n"), []byte("\n"))
	line := min(syntaxLine(data, m[1], m[2]), len(lines)) // not the end of the file
	text := lines[line-1]
	column := 1 + len(text) - len(bytes.TrimLeft(text, " \t"))
	return &Error{Source: source, Position: Position{before + line, column}, Message: "not YAML or JSON: " + m[2]}
}

var (
	// ofGrammar are the errors whose lines the parser counts from 0.
	ofGrammar     = regexp.MustCompile(`^did not find expected (key|node content|',' or|'-' indicator|<)|^found (duplicate|incompatible|undefined) `)
	unknownAnchor = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)
)

// syntaxLine finds the line of an error from what the parser says about it.
func syntaxLine(data []byte, line, message string) int {
	if n, err := strconv.Atoi(line); err == nil && n > 0 {
		if ofGrammar.MatchString(message) {
			n++
		}
		return n
	}
	at := 0
	if m := unknownAnchor.FindStringSubmatch(message); m != nil {
		// The first such alias that no comment hides.
		alias := regexp.MustCompile(`(?m)^[^#\n]*?\*` + regexp.QuoteMeta(m[1]) + `(?:[^\w-]|$)`)
		if found := alias.FindIndex(data); found != nil {
			at = found[0]
		}
	}
	if message == "control characters are not allowed" {
		at = max(0, bytes.IndexFunc(data, isControl))
	}
	return 1 + bytes.Count(data[:at], []byte("\n"))
}

// isControl tells what YAML 1.1 does not allow, section 5.1.
func isControl(r rune) bool {
	switch r {
	case '\t', '\n', '\r', '\u0085':
		return false
	}
	return r < ' ' || r > '~' && r < '\u00a0' || r == '\ufffe' || r == '\uffff'
}
