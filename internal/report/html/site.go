package html

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// Site prints a page for every verdict, as it comes, and at the end index.html,
// which lists them, the strictest decision and the highest score first. It holds the
// rows of that list and calls write once for each file, with a name without folders.
// An agent of the same name and source has the same file name in every site.
func Site(write func(name string, data []byte) error) print.Writer {
	return &site{write: write, same: map[string]int{}, taken: map[string]bool{}}
}

type site struct {
	write func(name string, data []byte) error
	same  map[string]int // agents of a name and source
	taken map[string]bool
	index *index
	open  print.Unjudged
}

func (s *site) Write(v *verdict.Verdict) error {
	if s.index == nil {
		s.index = newIndex(v.Layers)
	}
	key := fmt.Sprintf("%q %q", v.Subject.Name, v.Subject.Source)
	if s.same[key]++; s.same[key] > 1 {
		key += fmt.Sprint(s.same[key])
	}
	p := newPage(v, true)
	data, err := p.render()
	if err != nil {
		return err
	}
	r := p.row(fileName(v.Subject.Name, key))
	if s.taken[r.File] {
		return fmt.Errorf("html: %s would hold two agents, %q is the second; rename one", r.File, v.Subject.Name)
	}
	s.taken[r.File] = true
	s.index.Rows = append(s.index.Rows, r)
	return s.write(r.File, data)
}

func (s *site) Undecided(u verdict.Undecided) error {
	s.open = append(s.open, u)
	return nil
}

func (s *site) Close() error {
	if s.index == nil {
		if len(s.open) == 0 {
			return errors.New("html: a site needs at least one verdict")
		}
		s.index = newIndex(nil)
	}
	s.index.Open = s.open
	data, err := s.index.render()
	if err != nil {
		return err
	}
	return s.write("index.html", data)
}

// render sorts the agents and fills the template.
func (x *index) render() ([]byte, error) {
	slices.SortStableFunc(x.Rows, func(a, b row) int {
		return cmp.Or(b.Decision.Compare(a.Decision), cmp.Compare(b.Score.AIVSS, a.Score.AIVSS), cmp.Compare(a.Heading, b.Heading), cmp.Compare(a.File, b.File))
	})
	x.numbered()
	return render("index", x)
}

// fileName is the name of an agent made safe, and a digest of key against two
// names that become one.
func fileName(agent, key string) string {
	sum := sha256.Sum256([]byte(key))
	return fmt.Sprintf("%s-%x.html", cmp.Or(slug(agent), "agent"), sum[:4])
}

// pageName is what files of a site are called.
var pageName = regexp.MustCompile(`^(index|.+-[0-9a-f]{8})\.html$`)

// IsPage tells whether a file is one that a site wrote, now or earlier.
func IsPage(name string, data []byte) bool {
	return pageName.MatchString(name) && bytes.Contains(data, []byte(`<meta name="generator" content="Audition`))
}

// index is the list of the agents of a site.
type index struct {
	CSP    string
	Style  template.CSS
	Script template.JS
	Layers []verdict.Layer
	Rows   []row
	// Reasons are by what agents can be looked for: rules, gates, and AIVSS for the score.
	Reasons []string
	// Open are the inputs that could not be judged.
	Open print.Unjudged
}

// row is one agent in the index.
type row struct {
	File, Heading, Name, Summary string
	Decision                     verdict.Decision
	Score                        verdict.Score
	// Counts are how many findings of critical, high, medium and low count.
	Counts [4]int
	// Laxer says what can make the verdict laxer than the default.
	Laxer string
	// Grave are the layers with a critical or high finding that counts.
	Grave string
	// Why is the decision in a few words. What is behind it has numbers among the
	// reasons of the index.
	Why, Numbers string
	reasons      []string
	// Trend and Before are how it differs from an earlier verdict.
	Trend, Before string
}

func newIndex(layers []verdict.Layer) *index {
	w := embedded()
	return &index{CSP: security(w.indexStyle, w.script), Style: template.CSS(w.indexStyle), Script: template.JS(w.script), Layers: layers}
}

func (p *page) row(file string) row {
	const most = 160
	r := row{File: file, Heading: p.Heading(), Name: p.Subject.Name, Summary: p.Subject.Summary, Decision: p.Decision, Score: p.Score, Laxer: p.Laxer()}
	if s := []rune(r.Summary); len(s) > most {
		r.Summary = string(s[:most]) + "…"
	}
	r.Why = print.Why(p.Verdict)
	r.Trend, r.Before = print.Trend(p.Verdict)
	for _, reason := range p.Reasons {
		if name := reasonName(reason); !slices.Contains(r.reasons, name) {
			r.reasons = append(r.reasons, name)
		}
	}
	for _, c := range p.Counts() {
		if i := c.Severity.Rank(); i < len(r.Counts) {
			r.Counts[i] = c.N
		}
	}
	for _, l := range p.Layers {
		grave := func(f verdict.Finding) bool {
			return f.Counts() && f.Severity.Rank() <= maestro.High.Rank() && slices.Contains(l.Findings, f.Rule)
		}
		if slices.ContainsFunc(p.Findings, grave) {
			r.Grave = strings.TrimSpace(r.Grave + " " + l.ID)
		}
	}
	return r
}

// reasonName is by what a reason can be looked for.
func reasonName(r verdict.Reason) string {
	switch {
	case r.Rule != "":
		return r.Rule
	case r.About != "":
		return "AIVSS"
	}
	return r.Gate
}

// numbered gives what is behind the decisions numbers: to name it in every row would
// make a large index of many agents.
func (x *index) numbered() {
	for _, r := range x.Rows {
		x.Reasons = append(x.Reasons, r.reasons...)
	}
	slices.Sort(x.Reasons)
	x.Reasons = slices.Compact(x.Reasons)
	for i, r := range x.Rows {
		var out []string
		for _, name := range r.reasons {
			n, _ := slices.BinarySearch(x.Reasons, name)
			out = append(out, strconv.Itoa(n))
		}
		x.Rows[i].Numbers = strings.Join(out, " ")
	}
}

// Trends are the ways in which agents differ from earlier verdicts, nil where none
// are compared with.
func (x *index) Trends() (out []string) {
	for _, word := range []string{"stricter", "laxer", "higher", "lower", "same", "new"} {
		if slices.ContainsFunc(x.Rows, func(r row) bool { return r.Trend == word }) {
			out = append(out, word)
		}
	}
	return out
}

// tally counts the agents with a decision.
type tally struct {
	Decision verdict.Decision
	N        int
}

// Tallies are how many agents have each decision, the strictest first.
func (x *index) Tallies() []tally {
	out := []tally{{verdict.Reject, 0}, {verdict.Review, 0}, {verdict.Approve, 0}}
	for _, r := range x.Rows {
		for i := range out {
			if out[i].Decision == r.Decision {
				out[i].N++
			}
		}
	}
	return out
}

// Bands are the bands of the score, the worst first.
func (x *index) Bands() []aivss.Severity {
	return []aivss.Severity{aivss.Critical, aivss.High, aivss.Medium, aivss.Low, aivss.None}
}
