//go:build unix

package compare

import (
	"debug/buildinfo"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// peer is a program to compare with.
type peer struct{ name, module, version string }

var (
	conftest = peer{"conftest", "github.com/open-policy-agent/conftest", "v0.71.1"}
	opa      = peer{"opa", "github.com/open-policy-agent/opa", "v1.22.2"}
)

// binEnv names the directory that keeps the peers between runs.
const binEnv = "COMPARE_BIN"

// in is where a peer is in a directory, and whether it is there in its version.
func (p peer) in(dir string) (path string, ok bool) {
	path = filepath.Join(dir, p.name)
	info, err := buildinfo.ReadFile(path)
	return path, err == nil && info.Main.Path == p.module && info.Main.Version == p.version
}

// install builds a peer in a directory where it is not there.
func (p peer) install(t *testing.T, dir string) string {
	path, ok := p.in(dir)
	if ok {
		return path
	}
	t.Logf("installing %s %s", p.name, p.version)
	cmd := exec.Command("go", "install", p.module+"@"+p.version)
	cmd.Env = append(os.Environ(), "GOBIN="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", p.module, err, out)
	}
	return path
}

// embeds is the version of a module in a program.
func embeds(path, module string) string {
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	for _, d := range info.Deps {
		if d.Path == module {
			return d.Version
		}
	}
	return fmt.Sprintf("no %s", module)
}
