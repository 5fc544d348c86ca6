package compare

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// style is how somebody writes YAML.
type style struct {
	*rand.Rand
	comments, flow, anchors float64 // how often
	texts                   yaml.Style
	block                   yaml.Style
	anchored                map[string]*yaml.Node
}

// writeYAML writes JSON values as one of many would: in blocks or in flow, with or
// without comments, anchors and quotes.
func writeYAML(r *rand.Rand, content map[string]any) ([]byte, error) {
	s := style{
		Rand: r, comments: r.Float64() / 3, flow: r.Float64() / 2, anchors: float64(r.IntN(2)),
		texts:    []yaml.Style{0, 0, yaml.SingleQuotedStyle, yaml.DoubleQuotedStyle}[r.IntN(4)],
		block:    []yaml.Style{yaml.LiteralStyle, yaml.FoldedStyle}[r.IntN(2)],
		anchored: map[string]*yaml.Node{},
	}
	var out bytes.Buffer
	e := yaml.NewEncoder(&out)
	e.SetIndent(2 + 2*r.IntN(2))
	err := e.Encode(s.node(content, false))
	return out.Bytes(), err
}

// first are the keys that people begin with.
var first = []string{"apiVersion", "id", "kind", "metadata", "name"}

func (s *style) node(v any, inFlow bool) *yaml.Node {
	switch v := v.(type) {
	case map[string]any:
		return s.object(v, inFlow)
	case []any:
		return s.list(v, inFlow)
	case string:
		return s.text(v, inFlow)
	case json.Number:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: v.String()}
	}
	n := &yaml.Node{}
	if err := n.Encode(v); err != nil {
		panic(err)
	}
	return n
}

func (s *style) object(v map[string]any, inFlow bool) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	if n.Style = s.collection(len(v) < 8); n.Style == yaml.FlowStyle {
		inFlow = true
	}
	keys := slices.SortedFunc(maps.Keys(v), func(a, b string) int {
		rank := func(key string) int {
			if i := slices.Index(first, key); i >= 0 {
				return i
			}
			return len(first)
		}
		return cmp.Or(rank(a)-rank(b), strings.Compare(a, b))
	})
	for _, key := range keys {
		k, value := &yaml.Node{Kind: yaml.ScalarNode, Value: key}, s.node(v[key], inFlow)
		if !inFlow && s.Float64() < s.comments {
			k.HeadComment = "# " + sentence(s.Rand, 5)
		} else if !inFlow && value.Kind == yaml.ScalarNode && value.Style&s.block == 0 && s.Float64() < s.comments {
			value.LineComment = "# " + sentence(s.Rand, 2)
		}
		n.Content = append(n.Content, k, value)
	}
	return n
}

// list writes a list; the same one again is an alias, where anchors are used.
func (s *style) list(v []any, inFlow bool) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode}
	if n.Style = s.collection(len(v) < 8); n.Style == yaml.FlowStyle {
		inFlow = true
	}
	plain := len(v) > 1
	for _, item := range v {
		_, isText := item.(string)
		plain = plain && isText
		n.Content = append(n.Content, s.node(item, inFlow))
	}
	if !plain || s.Float64() >= s.anchors {
		return n
	}
	key, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	if seen := s.anchored[string(key)]; seen != nil {
		return &yaml.Node{Kind: yaml.AliasNode, Alias: seen, Value: seen.Anchor}
	}
	n.Anchor = "list-" + string(rune('a'+len(s.anchored)%26)) + strings.Repeat("x", len(s.anchored)/26)
	s.anchored[string(key)] = n
	return n
}

func (s *style) collection(small bool) yaml.Style {
	if small && s.Float64() < s.flow {
		return yaml.FlowStyle
	}
	return 0
}

func (s *style) text(v string, inFlow bool) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: v, Style: s.texts}
	if strings.Count(v, " ") > 8 && !inFlow {
		n.Style = s.block
	}
	return n
}
