package confine

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"github.com/audition-dev/audition/internal/cache"
	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego"
)

// Plans is a directory that keeps what policies were planned to. The zero Plans keeps
// nothing.
type Plans struct {
	Dir string
	// By tells the program that keeps them from every other.
	By string
}

// policy is policy that was compiled, or was once.
type policy interface {
	rego.Evaluator
	Catalogue() rego.Catalogue
}

// maxKept bounds the files of policy whose plan is kept, in bytes.
const maxKept = 64 << 20

// compile compiles policies beside the builtin one, or takes what is kept of them.
func (k Plans) compile(ctx context.Context, framework *maestro.Framework, refs []Ref, m rego.Mode) (policy, error) {
	sources, err := openAll(refs)
	if err != nil {
		return nil, err
	}
	compile := func(ctx context.Context) (*rego.Policy, error) {
		p, err := rego.Compile(ctx, framework, append([]rego.Source{rego.Builtin()}, sources...)...)
		if err != nil {
			return nil, fault.Undecided(err)
		}
		return p.With(m), nil
	}
	if k.Dir == "" || m != rego.Auto {
		return compile(ctx)
	}
	return k.kept(ctx, sources, compile)
}

func (k Plans) kept(ctx context.Context, sources []rego.Source, compile func(context.Context) (*rego.Policy, error)) (policy, error) {
	content, ok := contentOf(sources)
	if !ok {
		return compile(ctx)
	}
	c, err := cache.Open(k.Dir, []string{"plan", k.By})
	if err != nil {
		return nil, err
	}
	key := c.Key(content)
	of := fmt.Sprintf("%x", key)
	var kept *rego.Kept
	again := sync.OnceValues(func() (*rego.Policy, error) {
		p, err := compile(context.Background())
		if err == nil && !slices.Equal(p.Catalogue().Sources, kept.Catalogue().Sources) {
			err = fault.Undecided(errors.New("policy: changed while it was in use"))
		}
		return p, err
	})
	if kept, ok = rego.Unkeep(c.Get(key), of, again); ok {
		return kept, nil
	}
	p, err := compile(ctx)
	if err != nil {
		return nil, err
	}
	data, err := rego.Keep(ctx, p, of)
	if err != nil {
		return p, nil // It cannot be planned, and evaluating it says how it is evaluated then.
	}
	if now, ok := contentOf(sources); !ok || !bytes.Equal(now, content) {
		return p, nil // What was compiled may be of another content.
	}
	return p, c.Put(key, data)
}

// contentOf is the SHA-256 of all that policies are made of, if that is not too much.
func contentOf(sources []rego.Source) (content []byte, ok bool) {
	sum, size := sha256.New(), 0
	for _, s := range sources {
		named := s
		named.FS = nil
		said, err := json.Marshal(named)
		if err != nil {
			return nil, false
		}
		fmt.Fprintf(sum, "%d %s", len(said), said)
		err = s.Each(func(name string) error {
			if !slices.Contains([]string{".rego", ".json", ".yaml", ".yml", ".jsonschema", ".manifest"}, path.Ext(name)) && name != s.File {
				return nil
			}
			info, err := fs.Stat(s.FS, name)
			if err != nil {
				return err
			}
			if size += int(info.Size()); size > maxKept {
				return errors.New("too much")
			}
			data, err := fs.ReadFile(s.FS, name)
			fmt.Fprintf(sum, "%d %s%d %s", len(name), name, len(data), data)
			return err
		})
		if err != nil {
			return nil, false
		}
	}
	return sum.Sum(nil), true
}
