package find

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/suggest"
)

// kind and apiVersion are those of a profile; kinds are all that this program reads.
const (
	kind       = "AgentProfile"
	apiVersion = "audition/v1"
)

var kinds = []string{kind, "Assessment", "Baseline", "Configuration", "Estimates", "Undecided", "Verdict", "VerdictList", "Waivers"}

// called recognises a file that is meant to be a profile whatever is in it. A text of
// that name is one of another program.
func called(name string) bool {
	ext := filepath.Ext(name)
	base := strings.TrimSuffix(filepath.Base(name), ext)
	return ext != ".md" && (base == "agent-profile" || strings.HasSuffix(base, ".agent"))
}

// IsProfile tells whether a document of a file is a profile, or is meant to be one
// and the reader of profiles shall say what is wrong with it. What looks like one
// and is none is an error; beside a profile, reading it will tell.
func IsProfile(name string, data []byte) (bool, error) {
	if called(name) {
		return true, nil
	}
	if !mayBe(data) {
		return false, nil
	}
	if says.Match(data) {
		return true, nil
	}
	var near error
	for part, err := range document.Parts(name, bytes.NewReader(data)) {
		var docs []*document.Document
		if err == nil {
			docs, err = part.Read(name)
		}
		if err != nil { // Only the bytes can tell what it would be.
			plain := bytes.ReplaceAll(part.Data, []byte{0}, nil) // as UTF-16
			if bytes.Contains(plain, []byte(kind)) {
				return true, nil
			}
		}
		for _, d := range docs {
			ours := strings.HasPrefix(text(d, "apiVersion"), "audition/")
			switch k := text(d, "kind"); {
			case k == kind:
				return true, nil
			case near != nil:
			case ours && k == "":
				near = d.Errorf("", "expected kind: %s", kind)
			case ours && !known(k), !ours && suggest.Closest(k, []string{kind}) != "":
				near = d.Errorf("/kind", "unknown kind %q%s", document.Clip(k), suggest.DidYouMean(k, kinds))
			}
		}
	}
	return false, near
}

// says finds the kind where most profiles have it, which spares reading the others.
var says = regexp.MustCompile(`(?m)^kind: ["']?AgentProfile["']?( +#.*)?\r?$`)

func known(k string) bool {
	for _, one := range kinds {
		if k == one {
			return true
		}
	}
	return false
}

func text(d *document.Document, key string) string {
	s, _ := d.Root[key].(string)
	return s
}

// mayBe tells whether it is worth reading a file: it names us or an agent, or hides
// what it names in escapes or in wide characters.
func mayBe(data []byte) bool {
	if bytes.ContainsAny(data, "\x00\\") || bytes.Contains(data, []byte("audition/")) || bytes.Contains(data, []byte("!!binary")) {
		return true
	}
	lower := bytes.ToLower(data)
	return bytes.Contains(lower, []byte("agent")) || bytes.Contains(lower, []byte("profile"))
}
