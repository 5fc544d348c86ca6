package format

import (
	"io"

	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// list holds several verdicts in one document.
type list struct {
	APIVersion string             `json:"apiVersion"`
	Kind       string             `json:"kind"`
	Items      []*verdict.Verdict `json:"items"`
}

// JSON prints one verdict as it is and several as a VerdictList. The
// schema is policies/schema/verdict.jsonschema.
func JSON(w io.Writer, verdicts []*verdict.Verdict, _ print.Options) error {
	if len(verdicts) == 1 {
		return print.Encode(w, verdicts[0])
	}
	return print.Encode(w, list{verdict.APIVersion, verdict.Kind + "List", verdicts})
}
