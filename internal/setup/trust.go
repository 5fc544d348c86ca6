package setup

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/bundle"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/file"
)

// maxKey bounds the file of a key, in bytes.
const maxKey = 1 << 20

// trust reads the keys of the options and those that configurations name. Where the
// options name keys or ask for signatures, whom to trust is not for a configuration
// to say that was found.
func (s *Setup) trust(layers ...*config.Layer) (bundle.Trust, error) {
	o := s.options
	trust := bundle.Trust{Required: o.RequireSigned}
	for _, text := range o.Keys {
		id, path, ok := strings.Cut(text, "=")
		if !ok {
			id, path = bundle.DefaultKey, text
		}
		id, algorithm, _ := strings.Cut(id, ":")
		if id == "" || path == "" {
			return trust, fmt.Errorf("--key %s: expected ID=FILE, ID:ALGORITHM=FILE or FILE", text)
		}
		if err := addKey(&trust, "--key "+text, id, algorithm, path); err != nil {
			return trust, err
		}
	}
	for _, l := range layers {
		if l.Found && s.trustsAlone() {
			continue
		}
		for _, k := range l.Keys {
			name := s.beside(l, k.File)
			by := fmt.Sprintf("%v: signatures.keys: %s", k.Place, name)
			if err := addKey(&trust, by, k.ID, k.Algorithm, o.Files.Path(name)); err != nil {
				return trust, err
			}
		}
	}
	if o.RequireSigned && len(trust.Keys) == 0 {
		return trust, errors.New("--require-signed: expected --key, the public key of whom to trust")
	}
	return trust, nil
}

// trustsAlone tells whether only the options say whose signatures count, and what
// was named by them.
func (s *Setup) trustsAlone() bool { return len(s.options.Keys) > 0 || s.options.RequireSigned }

// Ignored tells, a line each, what configurations that were found say of whom to
// trust, and that does not count.
func (s *Setup) Ignored() (lines []string) {
	for _, l := range s.Config.Layers {
		if !l.Found {
			continue
		}
		for _, p := range l.Policies {
			if p.Trusted {
				lines = append(lines, fmt.Sprintf("%v: policies: %s: trusted is ignored in a configuration that was found; name it with --config", p.Place, p.Path))
			}
		}
		for _, k := range l.Keys {
			if s.trustsAlone() {
				lines = append(lines, fmt.Sprintf("%v: signatures.keys: %s is ignored beside --key and --require-signed; name the configuration with --config", k.Place, k.ID))
			}
		}
	}
	return lines
}

// addKey reads a key. The same key may stand twice, but no other one of its id.
func addKey(trust *bundle.Trust, by, id, algorithm, path string) error {
	data, err := file.Read(path, maxKey)
	if err != nil {
		return fmt.Errorf("%s: %s", by, file.Cause(err))
	}
	key, err := bundle.NewKey(id, algorithm, data)
	if err != nil {
		return fmt.Errorf("%s: %w", by, err)
	}
	for _, k := range trust.Keys {
		if k.ID == id && !bytes.Equal(k.Data, data) {
			return fmt.Errorf("%s: the key %s stands twice", by, id)
		}
	}
	trust.Keys = append(trust.Keys, key)
	return nil
}
