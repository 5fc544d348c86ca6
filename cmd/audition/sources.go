package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/policy"
)

// openSource reads what --policy names: a directory, a Rego file or a bundle. A
// bundle that is refused leaves everything undecided.
func openSource(path string, trust policy.Trust) (policy.Source, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return policy.Source{}, fmt.Errorf("%s: %s, expected a directory, a Rego file or a bundle (.tar.gz)", path, cause(err))
	case isBundle(path) && !info.IsDir():
		data, err := read(path, nil)
		if err != nil {
			return policy.Source{}, err
		}
		s, err := policy.OpenBundle(path, data, trust)
		if err != nil {
			return policy.Source{}, &exit{exitUndecided, err}
		}
		return s, nil
	case !info.IsDir() && filepath.Ext(path) != ".rego":
		return policy.Source{}, fmt.Errorf("%s: expected a directory, a Rego file or a bundle (.tar.gz)", path)
	case trust.Required:
		return policy.Source{}, &exit{exitUndecided, fmt.Errorf("%s: not signed, expected a bundle (.tar.gz) with a signature by a known key", path)}
	case info.IsDir():
		return policy.Source{Name: path, FS: os.DirFS(path)}, nil
	}
	return policy.Source{Name: path, FS: os.DirFS(filepath.Dir(path)), File: filepath.Base(path)}, nil
}

// trustFlags are the flags that say whose bundles are accepted.
type trustFlags struct {
	required bool
	keys     []string
}

func (t *trustFlags) add(f *pflag.FlagSet) {
	f.BoolVar(&t.required, "require-signed", false, "refuse every policy but bundles that a key verifies")
	f.StringArrayVar(&t.keys, "key", nil, "public key as PEM, `[ID=]FILE`; it verifies what is signed with that ID (default "+
		policy.DefaultKey+"); a secret is ID:HS256=FILE; repeatable")
}

// trust reads the keys of the flags and those that configurations name.
func (t *trustFlags) trust(layers ...*config.Layer) (policy.Trust, error) {
	trust := policy.Trust{Required: t.required}
	for _, text := range t.keys {
		id, file, ok := strings.Cut(text, "=")
		if !ok {
			id, file = policy.DefaultKey, text
		}
		id, algorithm, _ := strings.Cut(id, ":")
		if id == "" || file == "" {
			return trust, fmt.Errorf("--key %s: expected ID=FILE, ID:ALGORITHM=FILE or FILE", text)
		}
		if err := addKey(&trust, "--key "+text, id, algorithm, file); err != nil {
			return trust, err
		}
	}
	for _, l := range layers {
		for _, k := range l.Keys {
			file := beside(l, k.File)
			if err := addKey(&trust, fmt.Sprintf("%v: signatures.keys: %s", k.Place, file), k.ID, k.Algorithm, file); err != nil {
				return trust, err
			}
		}
	}
	if t.required && len(trust.Keys) == 0 {
		return trust, fmt.Errorf("--require-signed: expected --key, the public key of whom to trust")
	}
	return trust, nil
}

// addKey reads a key. The same key may stand twice, but no other one of its id.
func addKey(trust *policy.Trust, by, id, algorithm, file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%s: %s", by, cause(err))
	}
	key, err := policy.NewKey(id, algorithm, data)
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
