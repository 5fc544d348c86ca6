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

// YAML prints every JSON verdict as a YAML document: the same keys in
// the same order, numbers as they are written there.
func YAML(w io.Writer, verdicts []*verdict.Verdict, _ print.Options) error {
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	for _, v := range verdicts {
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
		if err := enc.Encode(node); err != nil {
			return err
		}
	}
	if err := enc.Close(); err != nil {
		return err
	}
	_, err := w.Write(print.Visible(out.Bytes(), func(r rune) string { return fmt.Sprintf(`\U%08x`, r) }))
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
