package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
	"github.com/audition-dev/audition/internal/golden"
)

// TestKilled: a run that was killed at any moment goes on where it was, and what comes
// out in the end is what comes out of a run that nobody killed.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("long, in processes of their own")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	var agents bytes.Buffer
	for i := range 300 {
		fmt.Fprintf(&agents, "---\napiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a%d}\nmemory: {persistent: %t}\n", i, i%2 == 0)
	}
	if err := os.WriteFile("many.yaml", agents.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	start := func(args ...string) *exec.Cmd {
		cmd := exec.Command(program, append([]string{"check", "--questions=false", "many.yaml"}, args...)...)
		cmd.Args[0] = "audition"
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	end := func(cmd *exec.Cmd) {
		if cmd.Wait(); cmd.ProcessState.ExitCode() != session.ExitReview {
			t.Fatalf("exit %d", cmd.ProcessState.ExitCode())
		}
	}
	end(start("-o", "ndjson=whole"))
	whole, err := os.ReadFile("whole")
	if err != nil {
		t.Fatal(err)
	}
	complete := func() error {
		out, err := os.ReadFile("out")
		if err == nil && !bytes.Equal(out, whole) {
			err = fmt.Errorf("%d bytes, without being killed %d", len(out), len(whole))
		}
		return err
	}
	random := rand.New(rand.NewPCG(1, 1))
	killed := 0
	for range golden.Rounds(40) {
		cmd := start("-o", "ndjson=out", "--cache", "kept")
		time.Sleep(time.Duration(50+random.IntN(500)) * time.Millisecond)
		cmd.Process.Kill()
		if cmd.Wait(); cmd.ProcessState.ExitCode() == -1 {
			killed++
		}
		if err := complete(); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err) // an output is whole, or is not there
		}
		os.Remove("out")
	}
	end(start("-o", "ndjson=out", "--cache", "kept"))
	if err := complete(); err != nil {
		t.Error(err)
	}
	kept, err := filepath.Glob("kept/*/*")
	if err != nil || len(kept) < 300 || killed == 0 {
		t.Errorf("%d verdicts kept, %d runs killed, %v", len(kept), killed, err)
	}
}
