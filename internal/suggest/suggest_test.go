package suggest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestClosest(t *testing.T) {
	for _, c := range []struct {
		word, candidates, want string
	}{
		{"tols", "tools rag model", "tools"},
		{"tools", "model tools", "tools"},
		{"TOOLS", "model tools", "tools"}, // case does not count,
		{"tools", "MODEL TOOLS", "TOOLS"}, // on either side
		{"modle", "mode model", "mode"},
		{"acces", "access success", "access"},
		{"rga", "rag", ""}, // two letters of three are another word
		{"rg", "rag", "rag"},
		{"mcp", "a2a mcp", "mcp"},
		{"a", "b c", "b"}, // equally near: the first in spelling order,
		{"a", "c b", "b"}, // in whatever order they are given
		{"abcd", "abxy", "abxy"},
		{"abcd", "axyz", ""},
		{"abcdefghi", "abcdefxyz", "abcdefxyz"}, // a third of a long word
		{"abcdefghi", "abcdewxyz", ""},
		{"abcd", "abxy abcx", "abcx"}, // the nearer wins
		{"", "", ""},
		{"word", "", ""},
		{strings.Repeat("a", 100), strings.Repeat("a", 99), strings.Repeat("a", 99)},
		{strings.Repeat("a", 101), strings.Repeat("a", 100), ""}, // nobody means anything near
	} {
		candidates := strings.Fields(c.candidates)
		if got := Closest(c.word, candidates); got != c.want {
			t.Errorf("Closest(%.20q, %.40q) = %.20q, want %.20q", c.word, candidates, got, c.want)
		}
	}
}

func TestClosestLeavesCandidatesAlone(t *testing.T) {
	candidates := []string{"c", "b", "a"}
	Closest("b", candidates)
	if want := []string{"c", "b", "a"}; !slices.Equal(candidates, want) {
		t.Errorf("got %v", candidates)
	}
}

func TestDidYouMean(t *testing.T) {
	candidates := []string{"saas", "shell", "mcp"}
	for word, want := range map[string]string{
		"shel":    `, did you mean "shell"?`,
		"MCP":     `, did you mean "mcp"?`,
		"browser": ", expected one of saas, shell, mcp", // in the order given
	} {
		if got := DidYouMean(word, candidates); got != want {
			t.Errorf("DidYouMean(%q) = %q, want %q", word, got, want)
		}
	}
}

// TestDidYouMeanWithoutCandidates: a sentence does not end in the middle.
func TestDidYouMeanWithoutCandidates(t *testing.T) {
	if got := DidYouMean("x", nil); strings.HasSuffix(got, "one of ") {
		t.Errorf("got %q", got)
	}
}

// TestDidYouMeanIsShort: a message is for a person, however many candidates the
// document brings along; each of its wrong words gets one.
func TestDidYouMeanIsShort(t *testing.T) {
	var candidates []string
	for i := range 10_000 {
		candidates = append(candidates, fmt.Sprintf("candidate-%d", i))
	}
	if got := DidYouMean("x", candidates); len(got) > 2000 || !strings.HasSuffix(got, ", candidate-39 and 9960 more") {
		t.Errorf("%d bytes: %s", len(got), got)
	}
	if got := DidYouMean("x", []string{strings.Repeat("a", 1000), strings.Repeat("b", 1000)}); !strings.HasSuffix(got, "aa and 1 more") {
		t.Errorf("%d bytes: %s", len(got), got)
	}
}
