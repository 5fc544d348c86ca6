package report

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/golden"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/verdict"
)

func TestHTML(t *testing.T) {
	for _, v := range examples(t) {
		v.Policy[0].Digest = "sha256:" + strings.Repeat("0", 64) // any rule changes it
		data := htmlOf(t, v)
		golden.Compare(t, "testdata/"+v.Subject.Name+".html", data)
		validate(t, v.Subject.Name, data)
		if again := htmlOf(t, v); !bytes.Equal(data, again) {
			t.Errorf("%s: other bytes the second time", v.Subject.Name)
		}
	}
}

func htmlOf(t testing.TB, v *verdict.Verdict) []byte {
	t.Helper()
	data, err := HTML(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestHTMLHoldsOneAgent(t *testing.T) {
	print, err := For("html")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = print(&out, make([]*verdict.Verdict, 2), Options{})
	if err == nil || err.Error() != "html: a page holds one agent, got 2; -o html=DIR writes a site" || out.Len() > 0 {
		t.Errorf("got %v and %d bytes", err, out.Len())
	}
}

// recorded is a recorded verdict of an example.
func recorded(t testing.TB, name string) *verdict.Verdict {
	t.Helper()
	file := "../../examples/" + name + "/verdict.json"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := verdict.Read(file, data)
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

// everything is a verdict with something in every field.
func everything(t testing.TB) *verdict.Verdict {
	v := recorded(t, "desktop-helper")
	digest := "sha256:" + strings.Repeat("0123456789abcdef", 4)
	v.Subject.Version = "1.2.3"
	v.Reasons = append(v.Reasons, verdict.Reason{Decision: verdict.Review, Gate: "org.acme.gate", Message: "Acme wants to see it.", Facts: []verdict.Fact{{Pointer: "/model/name", Disclosed: true, Value: "m-1", Line: 7, Column: 3}}})
	unmitigated, amended := aivss.Tenths(99), aivss.Tenths(98)
	v.Score.Unmitigated, v.Score.Amended = &unmitigated, &amended
	v.Score.Warnings = []string{"the threat multiplier is above 1"}
	f := v.Findings
	f[0].WaivedBy = "waivers.yaml:3"
	f[1].SuppressedBy = f[2].Rule
	f[3].Action, f[3].SetBy, f[3].DefaultSeverity = "warn", "audition.yaml:12", maestro.Critical
	f[4].Term = "some tool"
	v.Discounted = []verdict.Discounted{{Fact: "/model/name", Why: "373 days old, expected at most 30", Line: 9}}
	v.Waivers = []verdict.Waiver{
		{Source: "waivers.yaml", Line: 3, Rule: f[0].Rule, Reason: "Pilot without customers.", Owner: "alice@acme.example", Ticket: "https://tickets.acme.example/A-1", Created: "2026-01-02", Expires: "2026-12-31", State: "active", Covers: 1},
		{Source: "waivers.yaml", Line: 9, Rule: "L4/egress-open", Term: "x", Reason: "Old.", Owner: "bob", Ticket: "A-2", Created: "2025-01-02", Expires: "2025-12-31", State: "expired", Why: "expired 40 days ago"},
	}
	v.Rules.Off, v.Rules.Warn, v.Rules.Waived = []string{"L1/off-rule"}, []string{f[3].Rule}, []string{f[0].Rule}
	v.Rules.NotApplicable, v.Rules.GatesOff = []string{"L2/not-applicable-rule"}, []string{"org.acme.quiet.gate"}
	v.Policy = append(v.Policy, verdict.Policy{Source: "https://policy.acme.example/bundle.tar.gz", Digest: digest, Revision: "r42", Signed: true, Key: "acme-1"})
	v.Configuration = verdict.Configuration{
		Sources: []verdict.Source{{Source: "audition.yaml", Digest: digest}}, Waivers: []verdict.Source{{Source: "waivers.yaml", Digest: digest}},
		Flags: []string{"reject.score=8"},
		Changes: []verdict.Change{
			{Setting: "thresholds.review.score", From: "7.0", To: "7.5", SetBy: "audition.yaml:4", Reason: "Too many reviews.", Looser: true},
			{Setting: "rules L3/*", To: "warn", SetBy: "audition.yaml:12", Rules: []string{f[3].Rule}},
		},
	}
	v.EffectiveTime = "2026-10-20"
	v.Enforcement = &verdict.Enforcement{FailOn: verdict.Reject, ExitZero: true}
	return v
}

// TestHTMLTellsEverything: whatever a verdict holds stands on the page.
func TestHTMLTellsEverything(t *testing.T) {
	v := everything(t)
	data := htmlOf(t, v)
	validate(t, "everything", data)
	said := textOf(t, data)
	// Said in other words: names of JSON, the rounded AARS, ids of what has a name.
	untold := map[string]bool{"APIVersion": true, "Kind": true, "Score.AARS": true, "Score.Derived": true, "Score.Factors.ID": true, "Rules.GatesOff": false,
		"Findings.DefaultSeverity": false, "Score.CVSSMetrics.Value": true, "Score.CVSSMetrics.Low": true, "Score.CVSSMetrics.High": true, "Score.OffRubric": true,
		"Questions.Answers.Value": true, "Findings.Action": false}
	leaves(reflect.ValueOf(v), "", func(name string, leaf reflect.Value) {
		if untold[name] || leaf.Kind() == reflect.Bool {
			return
		}
		want := fmt.Sprint(leaf.Interface())
		if strings.HasPrefix(want, "/scoring/") {
			return // said without its path
		}
		if strings.HasSuffix(name, "Fact") || strings.HasSuffix(name, "Pointer") {
			want = path(want)
		}
		if strings.HasSuffix(name, "Answers.Low") || strings.HasSuffix(name, "Answers.High") || name == "Findings.Severity" || name == "Decision" || name == "Questions.Answers.Decision" {
			want = capital(want)
		}
		if !strings.Contains(said, strings.Join(strings.Fields(want), " ")) {
			t.Errorf("%s is missing: %q", name, want)
		}
	})
	for _, words := range []string{"Laxer than the default: 1 setting and 1 waived finding.", "warn only: counts for nothing", "signature verified with key acme-1",
		"exit code 0 whatever the decision", "1 waived", "1 off, by configuration", "gate org.acme.gate", "laxer than the default", "profile.yaml:7:3"} {
		if !strings.Contains(said, words) {
			t.Errorf("missing: %s", words)
		}
	}
}

// leaves visits the strings, numbers and booleans of a value.
func leaves(v reflect.Value, name string, visit func(name string, leaf reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			leaves(v.Elem(), name, visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			leaves(v.Field(i), strings.TrimPrefix(name+"."+v.Type().Field(i).Name, "."), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), name, visit)
		}
	default:
		visit(name, v)
	}
}

// hostileTexts are texts that would be something else than text in a careless page.
var hostileTexts = []string{
	`<script>alert(1)</script>`, `</style></title></script><img src=x onerror=alert(1)>`, `"><svg/onload=alert(1)>`, `' onmouseover='alert(1)`,
	"javascript:alert(1)", "]]>", "<!--", "-->", "{{.}}", "&lt;b&gt;&amp;", "`${alert(1)}`", "a\u202eb\u2066c\u2028d\x00e\x1bf\u0085g\ufeff", strings.Repeat("x", 10_000),
	"https://evil.example/ onclick=alert(1)", "\xff\xfe",
}

// TestHostileHTML: text in any field leaves the page with the very tags and
// attributes that harmless text leaves, is still there to read, and turns nothing.
func TestHostileHTML(t *testing.T) {
	plain := skeleton(t, htmlOf(t, poisoned(t, "/a")))
	for _, text := range hostileTexts {
		data := htmlOf(t, poisoned(t, text))
		if got := skeleton(t, data); got != plain {
			t.Errorf("%.60q becomes markup: %s", text, difference(plain, got))
		}
		validate(t, fmt.Sprintf("%.20q", text), data)
		if want := clean(strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "\ufffd")); !strings.Contains(textOf(t, data), want) {
			t.Errorf("%.60q cannot be read any more", text)
		}
		site := map[string][]byte{}
		if err := Site([]*verdict.Verdict{poisoned(t, text)}, func(name string, data []byte) error { site[name] = data; return nil }); err != nil {
			t.Fatal(err)
		}
		for name, data := range site {
			validate(t, name, data)
			if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" || len(name) > 80 {
				t.Errorf("%.60q: file name %q", text, name)
			}
		}
	}
}

// poisoned is everything with a text in place of every string that a person
// writes; words of an enumeration stay.
func poisoned(t testing.TB, text string) *verdict.Verdict {
	v := everything(t)
	leaves(reflect.ValueOf(v), "", func(name string, leaf reflect.Value) {
		if leaf.Kind() == reflect.String && leaf.CanSet() && leaf.Type() == reflect.TypeFor[string]() && name != "Layers.Tag" {
			leaf.SetString(text)
		}
	})
	for i := range v.Findings {
		for j := range v.Findings[i].Facts {
			v.Findings[i].Facts[j].Value = text
		}
	}
	return v
}

func TestWebAddress(t *testing.T) {
	for _, s := range []string{"https://a.example/x?y=1#z", "http://a.example"} {
		if webAddress(s) != s {
			t.Errorf("%q is no link", s)
		}
	}
	for _, s := range []string{"", "javascript:alert(1)", " https://a.example", "https://a.example/ x", "https:///x", "https:a", "HTTPS//a", "data:text/html,x", "//a.example", "https://a.example/\u202e", "vbscript:x", "A-1", "file:///etc/passwd", "https://a b", "https://%zz"} {
		if got := webAddress(s); got != "" {
			t.Errorf("%q becomes a link to %q", s, got)
		}
	}
}

// difference shows where two skeletons part.
func difference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("…%s against …%s", a[max(0, i-40):min(len(a), i+60)], b[max(0, i-40):min(len(b), i+60)])
}

// FuzzHTML: no name, summary or value of a fact becomes markup.
func FuzzHTML(f *testing.F) {
	for _, text := range hostileTexts {
		f.Add(text)
	}
	base := recorded(f, "release-notes")
	page := func(t testing.TB, text string) string {
		v := *base
		v.Findings = slices.Clone(v.Findings)
		v.Subject.Name, v.Subject.Summary, v.Findings[0].Message = text, "a"+text, text
		v.Findings[0].Facts = []verdict.Fact{{Pointer: "/a", Disclosed: true, Value: text}}
		return skeleton(t, htmlOf(t, &v))
	}
	plain := page(f, "a")
	f.Fuzz(func(t *testing.T, text string) {
		if got := page(t, text); got != plain {
			t.Errorf("%q becomes markup: %s", text, difference(plain, got))
		}
	})
}

func TestSite(t *testing.T) {
	all := examples(t)
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
	err := Site(all, func(name string, data []byte) error {
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
	if err := Site(nil, nil); err == nil || err.Error() != "html: a site needs at least one verdict" {
		t.Errorf("got %v", err)
	}
	for _, file := range []string{"release-notes", "index.html"} {
		full := errors.New("full")
		err := Site(examples(t)[:1], func(name string, _ []byte) error {
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
		some = append(some, recorded(t, name))
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

func TestIndexOfManyAgentsIsSmall(t *testing.T) {
	if n := len(indexOf(t, manyAgents(t, 2000))); n > 1_500_000 {
		t.Errorf("%d bytes", n)
	}
}

func BenchmarkHTML(b *testing.B) {
	v := recorded(b, "desktop-helper")
	b.ReportAllocs()
	for b.Loop() {
		htmlOf(b, v)
	}
}

func BenchmarkSite(b *testing.B) {
	all := manyAgents(b, 100)
	b.ReportAllocs()
	for b.Loop() {
		if err := Site(all, func(string, []byte) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
