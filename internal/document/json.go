package document

import (
	"bytes"
	"encoding/json"
	"regexp"
	"unicode/utf8"
)

// json reads one JSON value, which is valid.
func (r *reader) json(data []byte) {
	j := &jsonReader{reader: r, cursor: cursor{data: data, at: Position{r.before + 1, 1}}}
	r.document(j.next(), func() any { return j.value("", 0) })
}

// jsonReader reads one valid JSON value.
type jsonReader struct {
	*reader
	cursor
}

// next goes to the next token and returns its place.
func (j *jsonReader) next() Position {
	end := j.offset
	for end < len(j.data) && bytes.IndexByte([]byte(" \t\r\n,:"), j.data[end]) >= 0 {
		end++
	}
	return j.to(end)
}

// cursor goes through a text.
type cursor struct {
	data []byte
	// at is the place of the byte at offset. Columns count characters.
	at     Position
	offset int
}

// to goes on to a byte and returns its place.
func (c *cursor) to(end int) Position {
	for c.offset < end {
		if b := c.data[c.offset]; b < utf8.RuneSelf && b != '\n' {
			c.offset++
			c.at.Column++
			continue
		}
		r, size := utf8.DecodeRune(c.data[c.offset:])
		c.offset += size
		c.at.Column++
		if r == '\n' {
			c.at = Position{c.at.Line + 1, 1}
		}
	}
	return c.at
}

// token goes beyond the next token and returns it as it is written.
func (j *jsonReader) token() []byte {
	j.next()
	from, end := j.offset, j.offset+1
	switch j.data[from] {
	case '{', '}', '[', ']':
	case '"':
		for j.data[end] != '"' {
			if j.data[end] == '\\' {
				end++
			}
			end++
		}
		end++
	default:
		for end < len(j.data) && bytes.IndexByte([]byte(" \t\r\n,]}"), j.data[end]) < 0 {
			end++
		}
	}
	j.to(end)
	return j.data[from:end]
}

// more tells whether a list or an object goes on, and is worth it.
func (j *jsonReader) more() bool {
	j.next()
	return j.err == nil && j.data[j.offset] != ']' && j.data[j.offset] != '}'
}

// halves finds, in a JSON text as written, pairs of surrogates and single ones.
var halves = regexp.MustCompile(`\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[dD][89a-fA-F]..`)

// text reads a text as it is written.
func (j *jsonReader) text(at Position, pointer string, written []byte) (text string) {
	if bytes.IndexByte(written, '\\') < 0 {
		return string(written[1 : len(written)-1])
	}
	for _, m := range halves.FindAll(written, -1) {
		if len(m) == len(`\ud83d`) {
			j.fail(at, pointer, "expected two escapes for one character, got half a pair, %s", m)
			return ""
		}
	}
	if err := json.Unmarshal(written, &text); err != nil {
		j.fail(at, pointer, "not YAML or JSON: %v", err)
	}
	return text
}

func (j *jsonReader) value(pointer string, depth int) any {
	at := j.next()
	written, text := j.token(), ""
	if written[0] == '"' {
		text = j.text(at, pointer, written)
	}
	if j.err != nil || !j.spend(at, pointer, text, depth) {
		return nil
	}
	switch written[0] {
	case '[':
		return j.list(pointer, depth)
	case '{':
		return j.object(pointer, depth)
	case '"':
		return text
	case 't', 'f':
		return written[0] == 't'
	case 'n':
		return nil
	}
	return j.number(at, pointer, string(written))
}

func (j *jsonReader) list(pointer string, depth int) any {
	list := []any{}
	for j.more() {
		at, p := j.next(), JoinIndex(pointer, len(list))
		j.doc.at[p] = at
		list = j.item(list, at, p, j.value(p, depth+1))
	}
	if j.err == nil {
		j.token()
	}
	return list
}

func (j *jsonReader) object(pointer string, depth int) any {
	object, seen := map[string]any{}, map[string]int{}
	for j.more() {
		at := j.next()
		key := j.text(at, pointer, j.token())
		p := j.key(at, pointer, key, seen)
		switch {
		case j.err != nil:
			return nil
		case j.ignored(key):
			j.skip()
			continue
		}
		j.member(object, key, p, j.value(p, depth+1))
	}
	if j.err == nil {
		j.token()
	}
	return object
}

// skip goes beyond the next value.
func (j *jsonReader) skip() {
	for open := 0; ; {
		switch j.token()[0] {
		case '[', '{':
			open++
		case ']', '}':
			open--
		}
		if open == 0 {
			return
		}
	}
}
