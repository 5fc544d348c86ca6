package document

import (
	"bytes"
	"encoding/json"
	"regexp"
	"unicode/utf8"
)

// json reads one JSON value.
func (r *reader) json(data []byte) {
	j := &jsonReader{reader: r, data: data, dec: json.NewDecoder(bytes.NewReader(data)), at: Position{r.before + 1, 1}}
	j.dec.UseNumber()
	r.document(j.next(), func() any { return j.value("", 0) })
}

// jsonReader turns the tokens of one JSON value into values.
type jsonReader struct {
	*reader
	data []byte
	dec  *json.Decoder
	// at is the place of the byte at offset.
	at     Position
	offset int
}

// next goes to the next token and returns its place. Columns count characters.
func (j *jsonReader) next() Position {
	end := int(j.dec.InputOffset())
	for end < len(j.data) && bytes.IndexByte([]byte(" \t\r\n,:"), j.data[end]) >= 0 {
		end++
	}
	for j.offset < end {
		c, size := utf8.DecodeRune(j.data[j.offset:])
		j.offset += size
		j.at.Column++
		if c == '\n' {
			j.at = Position{j.at.Line + 1, 1}
		}
	}
	return j.at
}

// halves finds, in a JSON text as written, pairs of surrogates and single ones.
var halves = regexp.MustCompile(`\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[dD][89a-fA-F]..`)

// token reads the next token of the value at pointer.
func (j *jsonReader) token(pointer string) json.Token {
	at := j.next()
	token, err := j.dec.Token()
	if err != nil {
		return j.fail(at, pointer, "not YAML or JSON: %v", err)
	}
	if _, ok := token.(string); ok {
		for _, m := range halves.FindAll(j.data[j.offset:j.dec.InputOffset()], -1) {
			if len(m) == len(`\ud83d`) {
				return j.fail(at, pointer, "expected two escapes for one character, got half a pair, %s", m)
			}
		}
	}
	return token
}

func (j *jsonReader) value(pointer string, depth int) any {
	at := j.next()
	token := j.token(pointer)
	text, _ := token.(string)
	if j.err != nil || !j.spend(at, pointer, text, depth) {
		return nil
	}
	switch token := token.(type) {
	case json.Delim:
		var v any
		if token == '[' {
			v = j.list(pointer, depth)
		} else {
			v = j.object(pointer, depth)
		}
		j.token(pointer) // the closing delimiter
		return v
	case json.Number:
		return j.number(at, pointer, token.String())
	}
	return token
}

func (j *jsonReader) list(pointer string, depth int) any {
	list := []any{}
	for j.dec.More() {
		at, p := j.next(), JoinIndex(pointer, len(list))
		j.doc.at[p] = at
		list = j.item(list, at, p, j.value(p, depth+1))
		if j.err != nil {
			return nil
		}
	}
	return list
}

func (j *jsonReader) object(pointer string, depth int) any {
	object, seen := map[string]any{}, map[string]int{}
	for j.dec.More() {
		at := j.next()
		key, _ := j.token(pointer).(string)
		p := j.key(at, pointer, key, seen)
		if j.err != nil {
			return nil
		}
		if j.ignored(key) {
			var skipped json.RawMessage
			if err := j.dec.Decode(&skipped); err != nil {
				return j.fail(at, p, "not YAML or JSON: %v", err)
			}
			continue
		}
		j.member(object, key, p, j.value(p, depth+1))
	}
	return object
}
