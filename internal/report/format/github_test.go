package format

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

// command is a workflow command as the runner reads it, from the first column on.
var command = regexp.MustCompile(`^::([a-z-]+)(?: ([^:]*))?::(.*)$`)

// commands reads workflow commands as the runner does. Anything else is a line of
// the log.
func commands(text string) (out []map[string]string, log []string) {
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		m := command.FindStringSubmatch(line)
		if m == nil {
			log = append(log, line)
			continue
		}
		c := map[string]string{"command": m[1], "data": unescape(m[3])}
		if m[2] != "" {
			for _, p := range strings.Split(m[2], ",") {
				name, value, _ := strings.Cut(p, "=")
				c[name] = unescape(value)
			}
		}
		out = append(out, c)
	}
	return out, log
}

func unescape(s string) string {
	return strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",").Replace(s)
}

// TestGitHubCannotBeCommanded: text of a profile is no command, and ends none.
func TestGitHubCannotBeCommanded(t *testing.T) {
	v := reporttest.Hostile(t)
	got, log := commands(string(reporttest.PrintIn(t, GitHub, print.Options{}, v)))
	if len(log) > 0 && (len(log) > 2 || !strings.HasPrefix(log[0], "GitHub shows 10 annotations of level ")) {
		t.Errorf("log %q", log)
	}
	shown := map[string]int{}
	for _, c := range got {
		shown[c["command"]]++
		if _, ok := map[string]bool{"group": true, "endgroup": true, "error": true, "warning": true, "notice": true}[c["command"]]; !ok {
			t.Errorf("command %v", c)
		}
		if c["command"] == "endgroup" || c["command"] == "group" {
			continue
		}
		for name := range c {
			if !slices.Contains([]string{"command", "data", "file", "line", "col", "title"}, name) {
				t.Errorf("property %s of %v", name, c)
			}
		}
	}
	if shown["group"] != 1 || shown["endgroup"] != 1 || shown["error"] == 0 || shown["warning"] == 0 || shown["notice"] == 0 {
		t.Errorf("commands %v", shown)
	}
	text := print.Clean(reporttest.HostileText)
	if !slices.ContainsFunc(got, func(c map[string]string) bool { return strings.HasPrefix(c["data"], text+" ") }) {
		t.Error("no text came through whole")
	}
}

func TestGitHubAnnotations(t *testing.T) {
	v := reporttest.Changed(t)
	v.Findings[len(v.Findings)-1].Severity = maestro.Info
	got, log := commands(string(reporttest.PrintIn(t, GitHub, print.Options{}, v)))
	find := func(title string) map[string]string {
		i := slices.IndexFunc(got, func(c map[string]string) bool { return c["title"] == title })
		if i < 0 {
			t.Fatalf("nothing about %s", title)
		}
		return got[i]
	}
	for title, level := range map[string]string{
		"review changed": "warning", "L4/sandbox-undisclosed": "error", "L4/egress-undisclosed": "warning", "L3/framework-undisclosed": "warning",
		"L2/data-handling-undisclosed": "notice",
	} {
		if c := find(title); c["command"] != level || c["file"] != "examples/lutra-ai/profile.yaml" {
			t.Errorf("%s: %v", title, c)
		}
	}
	if c := find("L3/tool-access-undisclosed google-workspace, hubspot, slack"); c["line"] != "17" || c["col"] != "5" || !strings.HasSuffix(c["data"], "(waived by waivers.yaml:9 until 2026-03-01, risk@example.com: the pilot has synthetic data)") {
		t.Errorf("waived: %v", c)
	}
	if fmt.Sprint(log) != "[GitHub shows 10 annotations of level warning for a step; all 21 are in this log.]" {
		t.Errorf("log %q", log)
	}
	v.Subject.Source = "-"
	got, _ = commands(string(reporttest.PrintIn(t, GitHub, print.Options{}, v)))
	if c := find("review changed"); c["file"] != "" || c["line"] != "" {
		t.Errorf("standard input is no file: %v", c)
	}
}

// TestGitLab: what GitLab's page asks for.
func TestGitLab(t *testing.T) {
	all := reporttest.Golds(t)
	all = append(all, all[3], reporttest.Hostile(t)) // the same agent twice
	all[0].Subject.Source = "./a//b.yaml"
	var got []struct {
		Description string
		CheckName   string `json:"check_name"`
		Fingerprint string
		Severity    string
		Location    struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal(reporttest.PrintIn(t, GitLab, print.Options{}, all...), &got); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range got {
		if d.Description == "" || d.CheckName == "" || len(d.Fingerprint) != 32 || seen[d.Fingerprint] || d.Location.Lines.Begin < 1 ||
			d.Location.Path == "" || strings.HasPrefix(d.Location.Path, "./") || !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, d.Severity) {
			t.Errorf("degradation %+v", d)
		}
		seen[d.Fingerprint] = true
	}
	count := func(vs ...*verdict.Verdict) (n int) {
		for _, v := range vs {
			for _, f := range v.Findings {
				if f.Kind != maestro.Strength && f.SuppressedBy == "" && f.WaivedBy == "" {
					n++
				}
			}
		}
		return n
	}
	loose := 0
	for _, d := range got {
		if d.CheckName == "audition/loosened" {
			loose++
		}
	}
	if loose != 3 || len(got)-loose != count(all...) { // changed twice, and hostile
		t.Errorf("%d degradations and %d for what was loosened, of %d findings", len(got)-loose, loose, count(all...))
	}
	for severity, want := range map[maestro.Severity]string{maestro.Critical: "blocker", maestro.High: "critical", maestro.Medium: "major", maestro.Low: "minor", maestro.Info: "info"} {
		if got := gitlabSeverity(severity); got != want {
			t.Errorf("%s is %s", severity, got)
		}
	}
}
