package policy

import (
	"github.com/open-policy-agent/opa/v1/format"
)

// Format writes a Rego file as opa fmt does. Its errors are those of Load for a
// file that does not parse.
func Format(name string, data []byte) ([]byte, error) {
	if _, err := parse(name, data); err != nil {
		return nil, err
	}
	return format.Source(name, data)
}
