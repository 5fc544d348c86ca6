package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
)

const profiles = "../../examples/"

// TestSupervisedStreams need not be files.
func TestSupervisedStreams(t *testing.T) {
	var stdout, stderr bytes.Buffer
	stdin := strings.NewReader("apiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a}\nexecution: {sandbx: true}\n")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "lib.rego"), []byte("package org.acme.lib\n\nx := 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code := run(context.Background(), []string{"check", "--policy", dir, profiles + "release-notes", "-"}, stdin, &stdout, &stderr)
	if want := "-:4:13: execution.sandbx: unknown field, did you mean \"sandbox\"?\n"; code != session.ExitUndecided || stderr.String() != want || !strings.HasPrefix(stdout.String(), "UNDECIDED  1 input") || !strings.Contains(stdout.String(), "\nAPPROVE ") {
		t.Errorf("exit %d\n%s%s", code, stdout.String(), stderr.String())
	}
}

// TestSupervisedEnds with its context, also when it waits for somebody.
func TestSupervisedEnds(t *testing.T) {
	silent, speaker, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	defer speaker.Close()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "rule.rego"), []byte(endless), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{profiles + "release-notes/profile.yaml", "-"} {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		var stdout, stderr bytes.Buffer
		code := run(ctx, []string{"check", "--timeout", "1h", "--policy", dir, file}, silent, &stdout, &stderr)
		if code != session.ExitUndecided || !strings.HasPrefix(stdout.String(), "UNDECIDED  1 input") || strings.Count(stderr.String(), "\n") != 1 || !strings.Contains(stderr.String(), ": context ") {
			t.Errorf("%s: exit %d\n%s%s", file, code, stdout.String(), stderr.String())
		}
		cancel()
	}
}

const endless = `# METADATA
# title: Endless
# description: Counts for years.
# custom: {kind: weakness, severity: low, layers: [L1], remediation: Mend it.}
package org.acme.endless

findings contains {"facts": []} if {
	some i in numbers.range(1, 100000)
	some j in numbers.range(1, 100000)
	some k in numbers.range(1, 100000)
	i + j + k == 0
}
`
