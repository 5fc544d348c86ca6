package waiver

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/audition-dev/audition/internal/golden"
)

// added is what the tests add: every value needs care.
var added = Waiver{
	Rule: "L3/tool-access-undisclosed", Term: "2026-10-01", Agent: "yes", Reason: "first: line # one\nsecond \"line\"\t\x1b[31m\u2028", Owner: "*jane",
	Ticket: "SEC-1234", Created: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), Expires: time.Date(2026, 12, 30, 0, 0, 0, 0, time.UTC),
	ProfileDigest: "sha256:" + strings.Repeat("0", 64),
}

// TestEdit does to the first file of every archive what the names of the others
// say, and compares.
func TestEdit(t *testing.T) {
	archives, err := filepath.Glob("testdata/edit/*.txtar")
	if err != nil || len(archives) < 4 {
		t.Fatal(archives, err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		data := a.Files[0].Data
		for i, f := range a.Files[1:] {
			var got []byte
			switch words := strings.Fields(f.Name); words[0] {
			case "add":
				got, err = Add("w.yaml", data, added)
			case "remove":
				var indices []int
				for _, w := range words[1:] {
					n, err := strconv.Atoi(w)
					if err != nil {
						t.Fatal(err)
					}
					indices = append(indices, n)
				}
				got, err = Remove("w.yaml", data, indices)
			}
			if err != nil {
				t.Errorf("%s: %s: %v", name, f.Name, err)
			}
			a.Files[i+1].Data = got
		}
		golden.Compare(t, name, txtar.Format(a))
	}
}

// TestAddAndRemove: what was added and removed again leaves the file as it was.
func TestAddAndRemove(t *testing.T) {
	for _, text := range []string{
		waiverText, waiverHead, strings.TrimSuffix(waiverText, "\n"), strings.ReplaceAll(waiverText, "\n", "\r\n"), "\ufeff" + waiverText,
		waiverText + "x-separated: \u2028\n", waiverHead + entryText() + entryText("rule", "L1/b"), strings.Replace(waiverText, "Vendor ships gVisor in January, contract signed.", "\"Vendor\u2028      ships\"", 1),
	} {
		more, err := Add("w.yaml", []byte(text), added)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		waivers, err := Parse("w.yaml", more)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Remove("w.yaml", more, []int{len(waivers) - 1})
		if err != nil || strings.TrimRight(string(back), "\r\n") != strings.TrimRight(text, "\r\n") {
			t.Errorf("%q\nbecame %q\nand    %q, %v", text, more, back, err)
		}
		if strings.Contains(text, "\r") && strings.Count(string(more), "\n") != strings.Count(string(more), "\r\n") {
			t.Errorf("line ends are mixed in %q", more)
		}
	}
}

func TestEditRefused(t *testing.T) {
	with := func(change func(*Waiver)) Waiver {
		w := added
		change(&w)
		return w
	}
	keep := strings.Replace(waiverText, "    reason: V", "    x-note: |+\n      text\n\n    reason: V", 1)
	for _, c := range []struct {
		text string
		w    Waiver
		want string
	}{
		{"waivers: 1\n", added, "w.yaml:1:1: expected apiVersion, kind"},
		{`{"apiVersion": "audition/v1", "kind": "Waivers"}`, added, "w.yaml: expected YAML without braces around it; edit the file by hand"},
		{waiverText, with(func(w *Waiver) { w.Owner = " . " }), "adding the waiver would give w.yaml:17:5: waivers[1].owner: nobody answers for it"},
		{waiverText, with(func(w *Waiver) { w.Reason = "\xff" }), `w.yaml: expected UTF-8 text, got "\xff"`},
		{waiverText, with(func(w *Waiver) { w.Reason = strings.Repeat("x", 2001) }), "waivers[1].reason: expected at most 2000 characters, got 2001"},
		{waiverText, with(func(w *Waiver) { w.Expires = w.Created.AddDate(0, 0, -1) }), "lies before created"},
		{"apiVersion: audition/v1\nkind: Waivers\nx-all: &all\n" + entryText() + "waivers: *all\n", added, "w.yaml:5: waivers: expected a list of lines, with a dash before each waiver"},
		{"apiVersion: audition/v1\nkind: Waivers\nwaivers: ~\n", added, "adding the waiver would give w.yaml:4"},
		{"apiVersion: audition/v1\nkind: Waivers\nwaivers: !!seq [\n]\n", added, "w.yaml:3: waivers: expected a list of lines"},
		{"apiVersion: audition/v1\nkind: Waivers\nwaivers: [] # yet []\n", added, ""},
		{"apiVersion: audition/v1\nkind: Waivers\nwaivers: [\n]\n", added, "w.yaml:3: waivers: expected a list of lines, with a dash before each waiver, to edit it; write it like that first"},
		// The last line of the last waiver ends a text that keeps its line ends.
		{strings.Replace(keep, "    expires: 2026-12-31\n", "", 1) + "    expires: |-\n      2026-12-31\n# a\n", added, ""},
		{waiverHead + "  - rule: L1/a\n    agent: a\n    owner: b\n    created: 2026-10-01\n    expires: 2026-12-31\n    reason: |+\n      text\n\n", added,
			"w.yaml: adding the waiver would change another one; edit the file by hand"},
	} {
		_, err := Add("w.yaml", []byte(c.text), c.w)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%q\ngot  %v\nwant %s", c.text, err, c.want)
		}
	}
	for _, indices := range [][]int{{1}, {-1}, {0, 0}} {
		if _, err := Remove("w.yaml", []byte(waiverText), indices); err == nil {
			t.Errorf("%v are removed", indices)
		}
	}
	// An anchor that another waiver needs cannot go.
	shared := waiverHead + "  - {rule: L1/a, agent: a, owner: &me me, reason: because, created: 2026-10-01, expires: 2026-12-31}\n" + entryText("owner", "*me")
	if _, err := Remove("w.yaml", []byte(shared), []int{0}); err == nil || !strings.Contains(err.Error(), "unknown anchor") {
		t.Error(err)
	}
}

// FuzzEdit: whatever a file holds, adding and removing gives exactly the waivers
// that were meant, and keeps every comment outside what was removed, or refuses.
func FuzzEdit(f *testing.F) {
	archives, err := filepath.Glob("testdata/edit/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			f.Add(file.Data, "it is: *fine* # really", uint8(1))
		}
	}
	f.Add([]byte(waiverText), "line\n\x1b", uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, reason string, index uint8) { editBoth(t, data, reason, int(index)) })
}

// editBoth adds to a file and removes from it, and tells what was not refused.
func editBoth(t *testing.T, data []byte, reason string, i int) (add, remove bool) {
	t.Helper()
	w := added
	w.Reason = reason
	before, err := Parse("f", data)
	if len(data) > 0 && err != nil {
		return false, false
	}
	out, err := Add("f", data, w)
	if add = err == nil; add {
		expectWaivers(t, out, append(slices.Clone(before), w))
		expectLines(t, data, out, comments(string(data), -1, -1))
	}
	out, err = Remove("f", data, []int{i})
	if remove = err == nil; remove {
		expectWaivers(t, out, slices.Delete(slices.Clone(before), i, i+1))
		to := len(data)
		if i+1 < len(before) {
			to = before[i+1].Line
		}
		expectLines(t, data, out, comments(string(data), before[i].Line, to))
	}
	return add, remove
}

// TestEditAnything puts files together from parts that are hard to tell apart,
// and edits them.
func TestEditAnything(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	read, adds, removes := 0, 0, 0 // none of the files is too odd to be edited
	for range 500 {
		indent, gap := pick("", "  ", "    "), pick(" ", "   ")
		filler := func() (out string) {
			for range r.IntN(3) {
				out += pick("", "", indent+"# shallow", "# flush", "          # deep", indent+"# - rule: L1/a") + "\n"
			}
			return out
		}
		item := func(i int, sep string) string {
			return strings.Join([]string{
				"rule: L1/" + pick("a", "b") + strconv.Itoa(i), "agent: a" + pick("", " # the agent"),
				"reason: " + pick("because", `"# no comment"`, "'it''s [so]: # really'", "|"+sep+"  # literal"+sep+""+sep+"  - rule: x", ">-"+sep+"  folded"+sep+"  # text", "\"two"+sep+"  # lines\""),
				"owner: me", "created: 2026-10-01", "expires: 2026-12-31",
			}, sep)
		}
		text := filler() + "kind: Waivers\napiVersion: audition/v1\n"
		n := r.IntN(4)
		text += "waivers:" + pick("", " # all") + "\n" + filler()
		for i := range n {
			text += indent + "-" + pick(gap, gap, "\n"+indent+" "+gap, " # first\n"+indent+" "+gap) + item(i, "\n"+indent+" "+gap) + "\n" + filler()
		}
		text += filler() + pick("", "x-more: true\n", "x-more: [\n]\n", "...\n# after\n")
		if _, err := Parse("f", []byte(text)); err == nil {
			read++
		}
		add, remove := editBoth(t, []byte(text), "it is: *fine* # really", r.IntN(max(n, 1)))
		if add {
			adds++
		}
		if remove {
			removes++
		}
	}
	if read < 300 || adds < read || removes < 200 {
		t.Errorf("of %d files %d were added to and %d removed from", read, adds, removes)
	}
}

func expectWaivers(t *testing.T, data []byte, want []Waiver) {
	t.Helper()
	got, err := Parse("f", data)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(got, want, func(v, w Waiver) bool { return v.entry() == w.entry() }) {
		t.Fatalf("got %v\nwant %v\n%s", got, want, data)
	}
}

// comments are the comment lines of a text, except those between two lines and
// those directly above the first of them.
func comments(text string, from, to int) (out []string) {
	lines := line.FindAllString(text, -1)
	above := from - 1
	for above > 0 && (strings.HasPrefix(strings.TrimSpace(lines[above-1]), "#") || strings.HasPrefix(strings.TrimSpace(lines[above-1]), "-")) {
		above--
	}
	for i, line := range lines {
		if n := i + 1; strings.HasPrefix(strings.TrimSpace(line), "#") && (n <= above || n > to) {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}

func expectLines(t *testing.T, before, after []byte, want []string) {
	t.Helper()
	have := map[string]int{}
	for _, line := range line.FindAllString(string(after), -1) {
		have[strings.TrimSpace(line)]++
	}
	for _, line := range want {
		if have[line]--; have[line] < 0 {
			t.Fatalf("%q is lost from\n%s\nin\n%s", line, before, after)
		}
	}
}
