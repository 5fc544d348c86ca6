package report

import (
	"io"

	"github.com/audition-dev/audition/internal/verdict"
)

// list holds several verdicts in one document.
type list struct {
	APIVersion string             `json:"apiVersion"`
	Kind       string             `json:"kind"`
	Items      []*verdict.Verdict `json:"items"`
}

// jsonDocument prints one verdict as it is and several as a VerdictList. The
// schema is policies/schema/verdict.jsonschema.
func jsonDocument(w io.Writer, verdicts []*verdict.Verdict, _ Options) error {
	if len(verdicts) == 1 {
		return encode(w, verdicts[0])
	}
	return encode(w, list{verdict.APIVersion, verdict.Kind + "List", verdicts})
}
