// Package cache keeps, in a directory that somebody names, what came of inputs, so
// that it need not be worked out again. What is found there is used only if it was
// written whole, for exactly that key: whoever can write to the directory is trusted,
// and nobody else.
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/audition-dev/audition/internal/file"
)

// Cache is a directory of entries. It is safe for concurrent use, also by several
// programs.
type Cache struct {
	dir string
	// by is all that decides beside an input.
	by []byte
}

// Key is the SHA-256 of all that an entry depends on.
type Key [sha256.Size]byte

// maxEntry bounds an entry, in bytes.
const maxEntry = 64 << 20

// Open opens a directory, which is made where there is none. By is all that decides
// beside an input, as JSON: entries of something else are not seen.
func Open(dir string, by any) (*Cache, error) {
	said, err := json.Marshal(by)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, &file.Error{Path: dir, Cause: err}
	}
	sum := sha256.Sum256(said)
	return &Cache{dir, sum[:]}, nil
}

// Key returns the key of an input, which may have several parts.
func (c *Cache) Key(parts ...[]byte) (k Key) {
	sum := sha256.New()
	sum.Write(c.by)
	for _, p := range parts {
		part := sha256.Sum256(p)
		sum.Write(part[:])
	}
	sum.Sum(k[:0])
	return k
}

// Get returns an entry, nil where there is none that is whole.
func (c *Cache) Get(k Key) []byte {
	data, err := file.Read(c.path(k), maxEntry)
	if err != nil || len(data) < sha256.Size || !bytes.Equal(data[:sha256.Size], check(k, data[sha256.Size:])) {
		return nil
	}
	return data[sha256.Size:]
}

// Put writes an entry.
func (c *Cache) Put(k Key, data []byte) error {
	path := c.path(k)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return &file.Error{Path: filepath.Dir(path), Cause: err}
	}
	return file.Replace(path, append(check(k, data), data...))
}

// path spreads the entries over directories.
func (c *Cache) path(k Key) string {
	name := hex.EncodeToString(k[:])
	return filepath.Join(c.dir, name[:2], name[2:])
}

// check is what an entry begins with.
func check(k Key, data []byte) []byte {
	sum := sha256.New()
	sum.Write(k[:])
	sum.Write(data)
	return sum.Sum(nil)
}
