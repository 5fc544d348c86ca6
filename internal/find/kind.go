package find

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/suggest"
)

// kind and apiVersion are those of a profile; kinds are all that this program reads.
const (
	kind       = "AgentProfile"
	apiVersion = "audition/v1"
)

var kinds = []string{kind, "Assessment", "Baseline", "Configuration", "Undecided", "Verdict", "VerdictList", "Waivers"}

// called recognises a file that is meant to be a profile whatever is in it.
func called(name string) bool {
	base := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	return base == "agent-profile" || strings.HasSuffix(base, ".agent")
}

// IsProfile tells whether a document of a file is a profile, or is meant to be one
// and the reader of profiles shall say what is wrong with it. What looks like one
// and is none is an error.
func IsProfile(name string, data []byte) (bool, error) {
	if called(name) {
		return true, nil
	}
	if !mayBe(data) {
		return false, nil
	}
	docs, err := document.Read(name, data)
	if err != nil { // Only the bytes can tell what it would be.
		plain := bytes.ReplaceAll(data, []byte{0}, nil) // as UTF-16
		return bytes.Contains(plain, []byte(kind)), nil
	}
	is := false
	for _, d := range docs {
		ours := strings.HasPrefix(text(d, "apiVersion"), "audition/")
		switch k := text(d, "kind"); {
		case k == kind:
			is = true
		case ours && k == "":
			return false, d.Errorf("", "expected kind: %s", kind)
		case ours && !known(k), !ours && suggest.Closest(k, []string{kind}) != "":
			return false, d.Errorf("/kind", "unknown kind %q%s", document.Clip(k), suggest.DidYouMean(k, kinds))
		}
	}
	return is, nil
}

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
