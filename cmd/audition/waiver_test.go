package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/waiver"
)

// command runs the program and returns its code and what it printed.
func command(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(context.Background(), args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// TestHostileWaiver: whatever a reason says is read back as it was said, and
// never printed as it is.
func TestHostileWaiver(t *testing.T) {
	const profile = "../../examples/lutra-ai/profile.yaml"
	for _, c := range []struct {
		text string
		code int
	}{
		{"one\ntwo: \x1b[31mred # three", 0}, {"- rule: L4/x\n  agent: y", 0}, {"a\r\nb\x00\x7f\u0085\u2028\ufeff\u202e", 0}, {"'\"\\{[]}*&!%@`", 0},
		{strings.Repeat("long ", 399) + "so", 0}, {strings.Repeat("long ", 2000), 2}, {"a\xff", 2},
	} {
		for _, flag := range []string{"--reason", "--owner"} {
			file := filepath.Join(t.TempDir(), "w.yaml")
			args := []string{"waiver", "add", profile, "L1/model-undisclosed", "--file", file, "--reason", "because", "--owner", "me"}
			code, stdout, stderr := command(append(args, flag, "x "+c.text)...)
			if want := c.code; code != want && (flag != "--owner" || len(c.text) < 200) {
				t.Errorf("%s %.60q: exit code %d, %s", flag, c.text, code, stderr)
			}
			if printed := stdout + stderr; strings.ContainsAny(printed, "\x1b\x00\x7f\r\u0085\u2028\u202e") || len(stderr) > 500 {
				t.Errorf("%s %.60q is printed as %.500q", flag, c.text, printed)
			}
			data, err := os.ReadFile(file)
			if (err == nil) != (code == 0) {
				t.Errorf("%s %.60q: exit code %d, %v", flag, c.text, code, err)
			}
			if err != nil {
				continue
			}
			waivers, err := waiver.Parse(file, data)
			if err != nil || len(waivers) != 1 || map[string]string{"--reason": waivers[0].Reason, "--owner": waivers[0].Owner}[flag] != "x "+c.text {
				t.Errorf("%s %.60q became %+v, %v", flag, c.text, waivers, err)
			}
			for _, format := range []string{"text", "json"} {
				if code, stdout, _ = command("waiver", "list", "--waivers", file, "-o", format); code != 0 || strings.ContainsAny(stdout, "\x1b\x00\r\u202e") && format == "text" {
					t.Errorf("%s %.60q is listed as %q", flag, c.text, stdout)
				}
			}
		}
	}
}
