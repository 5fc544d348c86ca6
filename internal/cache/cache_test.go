package cache

import (
	"os"
	"path/filepath"
	"testing"
)

func open(t *testing.T, dir string, by any) *Cache {
	t.Helper()
	c, err := Open(dir, by)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCache(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	c := open(t, dir, "policy 1")
	k := c.Key([]byte("a"), []byte("b"))
	if got := c.Get(k); got != nil {
		t.Errorf("got %q before it was put", got)
	}
	for _, data := range []string{"first", ""} {
		if err := c.Put(k, []byte(data)); err != nil {
			t.Fatal(err)
		}
		if got := open(t, dir, "policy 1").Get(k); got == nil || string(got) != data {
			t.Errorf("got %q, want %q", got, data)
		}
	}
	keys := map[Key]bool{k: true}
	for _, other := range []Key{c.Key([]byte("ab")), c.Key([]byte("a"), []byte("b"), nil), c.Key(), open(t, dir, "policy 2").Key([]byte("a"), []byte("b"))} {
		if keys[other] || c.Get(other) != nil {
			t.Errorf("%x is known", other)
		}
		keys[other] = true
	}
}

// TestBroken: what was not written whole, or for another key, is as if it were not
// there.
func TestBroken(t *testing.T) {
	c := open(t, t.TempDir(), nil)
	k, other := c.Key([]byte("a")), c.Key([]byte("b"))
	if err := c.Put(k, []byte("what came of it")); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(c.path(k))
	if err != nil {
		t.Fatal(err)
	}
	write := func(k Key, data []byte) {
		if err := c.Put(k, nil); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(c.path(k), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for n := range whole {
		write(k, whole[:n])
		if c.Get(k) != nil {
			t.Errorf("%d of %d bytes are enough", n, len(whole))
		}
		flipped := append([]byte{}, whole...)
		flipped[n] ^= 1
		write(k, flipped)
		if c.Get(k) != nil {
			t.Errorf("byte %d does not matter", n)
		}
	}
	if write(other, whole); c.Get(other) != nil {
		t.Error("an entry is taken for another")
	}
	taken := filepath.Join(t.TempDir(), "taken")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(taken, nil); err == nil {
		t.Error("a file is no directory")
	}
}
