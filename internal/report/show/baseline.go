package show

import (
	"bytes"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/internal/verdict"
)

// BaselineYAML writes a baseline as a document that a person can review.
func BaselineYAML(b *verdict.Baseline) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("# What is known of these agents. audition baseline update and prune change it.\n")
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(b); err != nil {
		return nil, err
	}
	return out.Bytes(), enc.Close()
}
