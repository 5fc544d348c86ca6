package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// yamlDocuments prints every JSON verdict as a YAML document: the same keys in
// the same order, numbers as they are written there.
type yamlDocuments struct {
	w   io.Writer
	out bytes.Buffer // what enc has written and w has not
	enc *yaml.Encoder
}

func YAML(w io.Writer, _ print.Options) print.Writer {
	d := &yamlDocuments{w: w}
	d.enc = yaml.NewEncoder(&d.out)
	d.enc.SetIndent(2)
	return d
}

func (d *yamlDocuments) Write(v *verdict.Verdict) error      { return d.document(v) }
func (d *yamlDocuments) Undecided(u verdict.Undecided) error { return d.document(undecidedOf(u)) }

func (d *yamlDocuments) document(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	node, err := yamlNode(dec)
	if err != nil {
		return err
	}
	if err := d.enc.Encode(node); err != nil {
		return err
	}
	return d.flush()
}

func (d *yamlDocuments) Close() error {
	if err := d.enc.Close(); err != nil {
		return err
	}
	return d.flush()
}

func (d *yamlDocuments) flush() error {
	_, err := d.w.Write(print.Visible(d.out.Bytes(), func(r rune) string { return fmt.Sprintf(`\U%08x`, r) }))
	d.out.Reset()
	return err
}

// yamlNode reads the next JSON value as YAML.
func yamlNode(dec *json.Decoder) (*yaml.Node, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	n := &yaml.Node{Kind: yaml.ScalarNode}
	switch token := token.(type) {
	case json.Delim:
		n.Kind = yaml.MappingNode
		if token == '[' {
			n.Kind = yaml.SequenceNode
		}
		for dec.More() {
			child, err := yamlNode(dec)
			if err != nil {
				return nil, err
			}
			n.Content = append(n.Content, child)
		}
		_, err = dec.Token()
	case string:
		n.Tag, n.Value = "!!str", token
		if old.MatchString(token) || strings.IndexFunc(token, print.Hidden) >= 0 {
			n.Style = yaml.DoubleQuotedStyle
		}
	case json.Number:
		n.Value = token.String()
	case bool:
		n.Value = fmt.Sprint(token)
	default:
		n.Value = "null"
	}
	return n, err
}

// old are words that YAML 1.1, which many still read, takes for a boolean, a
// number to the base 60, or a key of its own.
var old = regexp.MustCompile(`^(?i:y|yes|n|no|on|off|=|<<|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?)$`)
