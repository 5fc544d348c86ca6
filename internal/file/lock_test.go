package file

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestLock: of many who append at once nobody's line is lost.
func TestLock(t *testing.T) {
	name := filepath.Join(t.TempDir(), "w.yaml")
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			unlock, err := Lock(context.Background(), name)
			if err != nil {
				t.Error(err)
				return
			}
			defer unlock()
			data, _ := os.ReadFile(name)
			if err := Replace(name, fmt.Appendf(data, "%d\n", i)); err != nil {
				t.Error(err)
			}
		}()
	}
	wg.Wait()
	data, err := os.ReadFile(name)
	if err != nil || strings.Count(string(data), "\n") != 20 {
		t.Errorf("%q, %v", data, err)
	}
	must(t, os.WriteFile(name+".lock", nil, 0o600))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Lock(ctx, name); err == nil || !strings.Contains(err.Error(), "remove w.yaml.lock") {
		t.Error(err)
	}
}

func TestExchange(t *testing.T) {
	name := filepath.Join(t.TempDir(), "w.yaml")
	must(t, os.WriteFile(name, []byte("old"), 0o600))
	must(t, Exchange(context.Background(), name, []byte("old"), []byte("newer")))
	for _, before := range []string{"old", "new", "newest", "newer and more"} {
		if err := Exchange(context.Background(), name, []byte(before), nil); err == nil || err.Error() != name+": was changed in the meantime, nothing was written" {
			t.Errorf("%s: %v", before, err)
		}
	}
	if data, err := os.ReadFile(name); err != nil || string(data) != "newer" {
		t.Errorf("%q, %v", data, err)
	}
}
