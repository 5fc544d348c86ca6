package document

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Part is what a stream has from the beginning of a document up to that of another.
type Part struct {
	// Before counts the lines of the stream before it.
	Before int
	Data   []byte
}

// Parts cuts a stream into its documents, so that it takes the memory of the
// longest of them: YAML where a document begins or ends (YAML 1.2, section 9.1), and
// JSON where every document is a line. What has comments and markers only is left
// out. An error, such as one about a document above [MaxBytes], is the last that comes.
func Parts(source string, r io.Reader) iter.Seq2[Part, error] {
	return func(yield func(Part, error) bool) {
		c := &cutter{source: source, in: bufio.NewReaderSize(r, 1<<16)}
		for {
			line, err := c.line()
			if err != nil && !errors.Is(err, io.EOF) {
				yield(Part{}, err)
				return
			}
			if c.begins(line) || err != nil {
				if c.content > 0 && !yield(c.part, nil) {
					return
				}
				c.next()
			}
			if err != nil {
				return
			}
			c.add(line)
		}
	}
}

// cutter collects the lines of a part.
type cutter struct {
	source string
	in     *bufio.Reader
	part   Part
	// lines are those of the part, content those that are more than comments and
	// markers.
	lines, content int
	// ended tells that the last line ends a document.
	ended bool
	// records tells that every line is a document.
	records bool
	buffer  []byte
}

// line reads a line with its end. At the end of the stream there is none, and io.EOF.
func (c *cutter) line() ([]byte, error) {
	c.buffer = c.buffer[:0]
	for {
		piece, err := c.in.ReadSlice('\n')
		c.buffer = append(c.buffer, piece...)
		switch {
		case len(c.part.Data)+len(c.buffer) > MaxBytes:
			return nil, &Error{Source: c.source, Position: Position{c.part.Before + 1, 1}, Message: fmt.Sprintf("too large, expected at most %d bytes", MaxBytes)}
		case errors.Is(err, io.EOF) && len(c.buffer) > 0:
			return c.buffer, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return c.buffer, err
		}
	}
}

// begins tells whether a line begins a part.
func (c *cutter) begins(line []byte) bool {
	switch {
	case c.ended || marks(line, "---"):
		return true
	case len(line) == 0 || line[0] != '{':
		return false
	}
	c.records = c.records || c.content == 1 && json.Valid(c.part.Data)
	return c.records
}

// next begins an empty part.
func (c *cutter) next() {
	c.part = Part{Before: c.part.Before + c.lines}
	c.lines, c.content = 0, 0
}

// add appends a line to the part.
func (c *cutter) add(line []byte) {
	begins := marks(line, "---")
	c.ended = marks(line, "...")
	c.records = c.records && !begins && !c.ended
	text := bytes.TrimPrefix(line, []byte("\ufeff"))
	if begins || c.ended {
		text = text[3:]
	}
	more := breaks(line)
	if text = bytes.TrimSpace(text); more > 0 || len(text) > 0 && text[0] != '#' && text[0] != '%' {
		c.content++
	}
	c.part.Data = append(c.part.Data, line...)
	c.lines++
	if !c.records {
		c.lines += more
	}
}

// breaks counts what ends a line within a line for the YAML parser, and for nobody else.
func breaks(line []byte) int {
	n := bytes.Count(line, []byte("\r")) - bytes.Count(line, []byte("\r\n"))
	for _, mark := range []string{"\u0085", "\u2028", "\u2029"} {
		n += bytes.Count(line, []byte(mark))
	}
	return n
}

// marks tells whether a line begins with a marker of documents.
func marks(line []byte, marker string) bool {
	rest, is := bytes.CutPrefix(line, []byte(marker))
	return is && (len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n"), rest[0]) >= 0)
}
