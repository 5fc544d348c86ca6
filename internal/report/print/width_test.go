package print

import (
	"bytes"
	"strings"
	"testing"
)

func TestPad(t *testing.T) {
	for _, c := range []struct {
		name, s string
		width   int
	}{
		{"letters", "agent", 5},
		{"nothing", "", 0},
		{"wide", "審査員", 6},
		{"half", "ｱｲｳ", 3},
		{"combining", "e\u0301te\u0301", 3},
		{"several marks", "a\u0300\u0316\u0334", 1},
		{"emoji", "🦀", 2},
		{"flag", "🇨🇭", 2},
		{"hangul of parts", "\u1112\u1161\u11ab", 2},
		{"what this program draws", "█▒░–→…", 6},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Width(c.s); got != c.width {
				t.Errorf("%q takes %d columns, want %d", c.s, got, c.width)
			}
			if got, want := Pad(c.s, c.width+2), c.s+"  "; got != want {
				t.Errorf("padded %q, want %q", got, want)
			}
			if got := Pad(c.s, c.width-1); got != c.s {
				t.Errorf("what is wider becomes %q", got)
			}
		})
	}
}

func TestWrapped(t *testing.T) {
	for _, c := range []struct {
		name, word string
		lines      []int // words on each line
	}{
		// 100 columns less 4 of the lead: 16 words of 5 and their spaces take 95.
		{"letters", "abcde", []int{16, 4}},
		{"wide", "審査員", []int{13, 7}},
		{"combining", strings.Repeat("e\u0301", 5), []int{16, 4}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := New(Options{})
			p.Wrapped("  - ", 4, strings.Repeat(c.word+" ", 20))
			var out bytes.Buffer
			if err := p.Flush(&out); err != nil {
				t.Fatal(err)
			}
			var want string
			for i, n := range c.lines {
				lead := "    "
				if i == 0 {
					lead = "  - "
				}
				want += lead + strings.TrimSuffix(strings.Repeat(c.word+" ", n), " ") + "\n"
			}
			if out.String() != want {
				t.Errorf("got\n%swant\n%s", out.String(), want)
			}
		})
	}
}
