package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/suggest"
)

// FlagPrefix begins the source of a layer that is a flag.
const FlagPrefix = "--set "

// flagLayer makes a layer of a flag such as thresholds.reject.score=8 or
// rules[L4/*]=high.
func flagLayer(text string) (*Layer, error) {
	name, value, ok := strings.Cut(text, "=")
	source := FlagPrefix + text
	if !ok || value == "" {
		return nil, fmt.Errorf("%s: expected name=value, such as thresholds.reject.score=8 or rules[L4/*]=high", source)
	}
	root := map[string]any{"apiVersion": "audition/v1", "kind": "Configuration"}
	if selector, isRules := strings.CutPrefix(name, "rules["); isRules && strings.HasSuffix(selector, "]") {
		root["rules"] = []any{map[string]any{"select": strings.TrimSuffix(selector, "]"), "severity": value}}
	} else if err := nest(root, name, value); err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	data, err := json.Marshal(root)
	if err != nil {
		return nil, err
	}
	l, err := readLayer(File{Source: source, Data: data})
	var errs document.Errors
	if errors.As(err, &errs) {
		return nil, fmt.Errorf("%s: %s", source, errs[0].Message)
	}
	var one *document.Error
	if errors.As(err, &one) {
		return nil, fmt.Errorf("%s: %s", source, one.Message)
	}
	if err != nil {
		return nil, err
	}
	l.flag = true
	for i := range l.rules {
		l.rules[i].place = Place{Source: source}
	}
	return l, nil
}

// nest puts a value where a setting has it.
func nest(root map[string]any, name, text string) error {
	if !slices.ContainsFunc(settings(), func(s setting) bool { return s.name == name }) {
		var names []string
		for _, s := range settings() {
			names = append(names, s.name)
		}
		return fmt.Errorf("unknown setting %q%s", name, suggest.DidYouMean(name, append(names, "rules[SELECTOR]")))
	}
	var v any = text
	if docs, err := document.Read("value", []byte("v: "+text)); err == nil {
		v = docs[0].Root["v"]
	}
	keys := strings.Split(name, ".")
	for _, key := range keys[:len(keys)-1] {
		next := map[string]any{}
		root[key], root = next, next
	}
	root[keys[len(keys)-1]] = v
	return nil
}
