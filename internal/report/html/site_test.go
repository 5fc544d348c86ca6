package html

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/report/reporttest"
	"github.com/audition-dev/audition/internal/verdict"
)

func TestSite(t *testing.T) {
	all := reporttest.Examples(t)
	twin := *all[0]
	all = append(all, &twin)
	files := siteOf(t, all)
	if len(files) != len(all)+1 {
		t.Fatalf("%d files for %d agents", len(files), len(all))
	}
	list := textOf(t, files["index.html"])
	for _, v := range all {
		if !strings.Contains(list, v.Subject.Title) || !strings.Contains(list, v.Subject.Summary) {
			t.Errorf("the index does not name %s", v.Subject.Name)
		}
	}
	for name, data := range files {
		validate(t, name, data)
		for _, to := range linksOf(t, data) {
			if _, ok := files[to]; !strings.HasPrefix(to, "#") && !strings.HasPrefix(to, "https://") && !ok {
				t.Errorf("%s links to %s, which is not there", name, to)
			}
		}
	}
	if n := len(linksOf(t, files["index.html"])); n != len(all)+1 {
		t.Errorf("the index has %d links", n)
	}
	for name, data := range siteOf(t, all[1:3]) {
		if old, ok := files[name]; !ok || name != "index.html" && !bytes.Equal(old, data) {
			t.Errorf("%s has another name or content in another site", name)
		}
	}
}

func siteOf(t testing.TB, all []*verdict.Verdict) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := printSite(all, func(name string, data []byte) error {
		if files[name] != nil {
			return fmt.Errorf("%s is written twice", name)
		}
		files[name] = data
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestSiteErrors(t *testing.T) {
	if err := printSite(nil, nil); err == nil || err.Error() != "html: a site needs at least one verdict" {
		t.Errorf("got %v", err)
	}
	for _, file := range []string{"release-notes", "index.html"} {
		full := errors.New("full")
		err := printSite(reporttest.Examples(t)[:1], func(name string, _ []byte) error {
			if strings.HasPrefix(name, file) {
				return full
			}
			return nil
		})
		if err != full {
			t.Errorf("%s: got %v", file, err)
		}
	}
}

// manyAgents are n agents like the examples.
func manyAgents(t testing.TB, n int) []*verdict.Verdict {
	var some, out []*verdict.Verdict
	for _, name := range []string{"browser-agent", "coding-agent", "desktop-helper", "internal-analyst", "lutra-ai", "orchestrator", "payments-agent", "release-notes", "support-bot"} {
		some = append(some, reporttest.Example(t, name))
	}
	for i := range n {
		v := *some[i%len(some)]
		v.Subject.Name = fmt.Sprintf("%s-%04d", v.Subject.Name, i)
		v.Subject.Title = fmt.Sprintf("%s %d", v.Subject.Title, i)
		out = append(out, &v)
	}
	return out
}

// indexOf is the index of a site without its pages.
func indexOf(t testing.TB, all []*verdict.Verdict) []byte {
	x := newIndex(all[0].Layers)
	for _, v := range all {
		x.Rows = append(x.Rows, newPage(v, true).row(fileName(v.Subject.Name, v.Subject.Source)))
	}
	data, err := x.render()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestTrends: an index tells how agents differ from what was said of them before.
func TestTrends(t *testing.T) {
	all := manyAgents(t, 4)
	for i, b := range []verdict.Before{{}, {Decision: verdict.Approve, AIVSS: 50}, {Decision: verdict.Reject, AIVSS: 99}, {Decision: verdict.Approve, AIVSS: all[3].Score.AIVSS}} {
		all[i].Before = &b
	}
	got := string(indexOf(t, all))
	for _, want := range []string{`new</i>`, `stricter: approve, 5.0 before</i>`, `higher: 9.9 before</i>`, `same</i>`, `<option value="stricter">stricter</option>`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(string(indexOf(t, manyAgents(t, 4))), `id="t"`) {
		t.Error("trends without anything before")
	}
}

func TestIndexOfManyAgentsIsSmall(t *testing.T) {
	if n := len(indexOf(t, manyAgents(t, 2000))); n > 1_500_000 {
		t.Errorf("%d bytes", n)
	}
}

func BenchmarkSite(b *testing.B) {
	all := manyAgents(b, 100)
	b.ReportAllocs()
	for b.Loop() {
		if err := printSite(all, func(string, []byte) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

// printSite writes the site of verdicts.
func printSite(all []*verdict.Verdict, write func(name string, data []byte) error) error {
	return print.All(Site(write), verdict.Record{Verdicts: all})
}

// TestSiteIsSorted: the strictest decision first, then the highest score, then by name.
func TestSiteIsSorted(t *testing.T) {
	var all []*verdict.Verdict
	for _, c := range []struct {
		name     string
		decision verdict.Decision
		score    int
	}{{"e", verdict.Approve, 99}, {"d", verdict.Reject, 50}, {"c", verdict.Reject, 70}, {"a", verdict.Review, 80}, {"b", verdict.Reject, 50}} {
		v := reporttest.Example(t, "release-notes")
		v.Subject.Name, v.Subject.Title, v.Decision, v.Score.AIVSS = c.name, "Agent "+c.name, c.decision, aivss.Tenths(c.score)
		all = append(all, v)
	}
	said, at := textOf(t, siteOf(t, all)["index.html"]), -1
	for _, name := range []string{"c", "b", "d", "a", "e"} {
		next := strings.Index(said, "Agent "+name)
		if next < at {
			t.Errorf("Agent %s stands too early in %s", name, said)
		}
		at = next
	}
}

// TestSiteNamesTheUndecided, also where nothing else is there.
func TestSiteNamesTheUndecided(t *testing.T) {
	for _, vs := range [][]*verdict.Verdict{nil, reporttest.Examples(t)[:2]} {
		var index []byte
		w := Site(func(name string, data []byte) error {
			if name == "index.html" {
				index = data
			}
			return nil
		})
		if err := print.All(w, verdict.Record{Verdicts: vs, Undecided: broken()}); err != nil {
			t.Fatal(err)
		}
		validate(t, "index", index)
		if said := textOf(t, index); !strings.Contains(said, "Undecided: 2 inputs could not be judged") || !strings.Contains(said, "Undecided agents/broken.yaml:4:13 execution.sandbx") {
			t.Errorf("%d verdicts: %s", len(vs), said)
		}
	}
}

// broken could not be judged.
func broken() []verdict.Undecided {
	return []verdict.Undecided{
		{Source: "agents/broken.yaml", Line: 4, Column: 13, Message: `execution.sandbx: unknown field, did you mean "sandbox"?`},
		{Source: "agents/broken.yaml", Line: 7, Column: 3, Message: "tools[0].x: unknown field"},
		{Source: "agents/unread.yaml", Message: "permission denied"},
	}
}

// TestPageNamesTheUndecided, also where there is no agent to have a page.
func TestPageNamesTheUndecided(t *testing.T) {
	for _, vs := range [][]*verdict.Verdict{nil, {reporttest.Example(t, "release-notes")}} {
		var out bytes.Buffer
		if err := print.All(Document(&out, print.Options{}), verdict.Record{Verdicts: vs, Undecided: broken()}); err != nil {
			t.Fatal(err)
		}
		validate(t, "undecided", out.Bytes())
		if said := textOf(t, out.Bytes()); !strings.Contains(said, "Undecided: 2 inputs could not be judged Undecided agents/broken.yaml:4:13 execution.sandbx") {
			t.Errorf("%d verdicts: %s", len(vs), said)
		}
	}
}
