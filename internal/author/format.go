package author

import (
	"github.com/open-policy-agent/opa/v1/format"

	"github.com/audition-dev/audition/internal/rego/parse"
)

// Format writes a Rego file as opa fmt does. Its errors are those of parse.Rego for a
// file that does not parse.
func Format(name string, data []byte) ([]byte, error) {
	if _, err := parse.Rego(name, data); err != nil {
		return nil, err
	}
	return format.Source(name, parse.WithoutMark(data))
}
