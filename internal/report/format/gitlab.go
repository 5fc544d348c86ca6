package format

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// degradation is an entry of a Code Quality report, as GitLab's page "Code
// Quality report format" has it.
type degradation struct {
	Description string   `json:"description"`
	CheckName   string   `json:"check_name"`
	Fingerprint string   `json:"fingerprint"`
	Severity    string   `json:"severity"`
	Location    codeSite `json:"location"`
}

type codeSite struct {
	Path  string `json:"path"`
	Lines struct {
		Begin int `json:"begin"`
	} `json:"lines"`
}

// gitlab prints the findings that nobody accepts as a Code Quality report, which
// has no place for a decision or a strength. What was loosened for an agent, waivers
// among it, is an entry before them, and so is what of a descriptor is in no fact. Of entries with the same fingerprint GitLab
// shows one: agents make them distinct, and not how a path was spelt.
type gitlab struct {
	neighbours
	items  *print.Array
	w      io.Writer
	agents map[string]int // of a name
	open   map[string]int // of a file and message
}

func GitLab(w io.Writer, _ print.Options) print.Writer {
	g := &gitlab{items: print.NewArray(w, ""), w: w, agents: map[string]int{}, open: map[string]int{}}
	g.print = g.agent
	return g
}

func (g *gitlab) Write(v *verdict.Verdict) error { return g.next(v) }

func (g *gitlab) Undecided(u verdict.Undecided) error {
	if err := g.next(nil); err != nil {
		return err
	}
	key := fmt.Sprintf("%q %q", file(u.Source), u.Message)
	g.open[key]++
	return g.entry("audition/undecided", "blocker", "could not be judged: "+u.Message, u.Source, max(u.Line, 1), fmt.Sprint(key, g.open[key]))
}

func (g *gitlab) Close() error {
	if err := g.next(nil); err != nil {
		return err
	}
	if err := g.items.Close(); err != nil {
		return err
	}
	_, err := io.WriteString(g.w, "\n")
	return err
}

func (g *gitlab) agent(v *verdict.Verdict, alone bool) error {
	g.agents[v.Subject.Name]++
	at, seen := spotsOf(v, alone), map[string]int{}
	entry := func(check, severity, description string, at spot, key string) error {
		seen[key]++
		return g.entry(check, severity, description, cmp.Or(at.source, v.Subject.Source), at.line, fmt.Sprintf("%q %d %s %d", v.Subject.Name, g.agents[v.Subject.Name], key, seen[key]))
	}
	if said := strings.Join(print.Loosened(v), "; "); said != "" {
		if err := entry("audition/loosened", "info", said, at.of(verdict.Fact{}), said); err != nil {
			return err
		}
	}
	for _, n := range v.Origin.Told() {
		if err := entry("audition/"+string(n.Kind), "minor", print.Note(n), noted(n), print.Note(n)); err != nil {
			return err
		}
	}
	for _, f := range v.Findings {
		if f.Kind == maestro.Strength || f.SuppressedBy != "" || f.WaivedBy != "" {
			continue
		}
		place, _ := at.main(f)
		if err := entry(f.Rule, gitlabSeverity(weight(f)), annotation(f), place, f.Fingerprint); err != nil {
			return err
		}
	}
	return nil
}

// entry adds what is known by a key.
func (g *gitlab) entry(check, severity, description, source string, line int, key string) error {
	sum := sha256.Sum256([]byte(key))
	d := degradation{Description: print.Clean(description), CheckName: print.Clean(check), Severity: severity, Fingerprint: hex.EncodeToString(sum[:16])}
	d.Location.Path, d.Location.Lines.Begin = print.Clean(file(source)), line
	return g.items.Add(d)
}

// annotation is the sentence of a finding for a line of the profile.
func annotation(f verdict.Finding) string {
	text := print.Clean(f.Message)
	if f.Status == maestro.Possible {
		text = "Possible: " + text
	}
	if f.Action != "" {
		text += " (" + print.Clean(f.Action) + " only)"
	}
	return text
}

func gitlabSeverity(s maestro.Severity) string {
	switch s {
	case maestro.Critical:
		return "blocker"
	case maestro.High:
		return "critical"
	case maestro.Medium:
		return "major"
	case maestro.Low:
		return "minor"
	}
	return "info"
}
