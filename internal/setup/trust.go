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

// trust reads the keys of the options and those that configurations name.
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
