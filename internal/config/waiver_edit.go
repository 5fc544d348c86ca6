package config

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// AddWaiver returns a file of waivers with one more at the end. Everything else
// stays as it is, comments and blank lines too, but a list in brackets becomes
// one of lines. No data makes a new file. What it cannot do without changing
// another waiver it refuses. Source names data in errors.
func AddWaiver(source string, data []byte, w Waiver) ([]byte, error) {
	if len(strings.TrimSpace(string(data))) == 0 {
		data = []byte("apiVersion: audition/v1\nkind: Waivers\nwaivers:\n")
	}
	for _, f := range w.fields() {
		if !utf8.ValidString(f.value) {
			return nil, fmt.Errorf("%s: %s: expected UTF-8 text", source, f.key)
		}
	}
	before, err := ParseWaivers(source, data)
	if err != nil {
		return nil, err
	}
	l, err := newLayout(source, string(data))
	if err != nil {
		return nil, err
	}
	return edited(source, l.with(w), append(before, w), "adding the waiver")
}

// RemoveWaivers returns a file of waivers without some of them, named by their
// index, and without the comments directly above and beside them. Everything
// else stays as AddWaiver says.
func RemoveWaivers(source string, data []byte, indices []int) ([]byte, error) {
	before, err := ParseWaivers(source, data)
	if err != nil {
		return nil, err
	}
	l, err := newLayout(source, string(data))
	if err != nil {
		return nil, err
	}
	var left []Waiver
	for i, w := range before {
		if !slices.Contains(indices, i) {
			left = append(left, w)
		}
	}
	if len(left)+len(indices) != len(before) {
		return nil, fmt.Errorf("%s: expected indices of %d waivers, got %v", source, len(before), indices)
	}
	return edited(source, l.without(indices), left, "removing waivers")
}

// edited holds a file that was written against what it should say.
func edited(source, text string, want []Waiver, doing string) ([]byte, error) {
	got, err := ParseWaivers(source, []byte(text))
	if err != nil {
		return nil, fmt.Errorf("%s would give %w", doing, err)
	}
	same := func(v, w Waiver) bool { return slices.Equal(v.fields(), w.fields()) }
	if !slices.EqualFunc(got, want, same) {
		return nil, fmt.Errorf("%s: %s would change another one; edit the file by hand", source, doing)
	}
	return []byte(text), nil
}

// field is one line of an entry.
type field struct {
	key, value string
	day        bool
}

// fields are those of the file, without the empty ones that may be absent.
func (w Waiver) fields() []field {
	all := []field{
		{"rule", w.Rule, false}, {"term", w.Term, false}, {"agent", w.Agent, false},
		{"reason", w.Reason, false}, {"owner", w.Owner, false}, {"ticket", w.Ticket, false},
		{"created", w.Created.Format(time.DateOnly), true}, {"expires", w.Expires.Format(time.DateOnly), true},
		{"profile_digest", w.ProfileDigest, false},
	}
	return slices.DeleteFunc(all, func(f field) bool { return f.value == "" })
}

// with is the text with one more entry, in the manner of those that are there.
func (l layout) with(w Waiver) string {
	at, indent := l.end, strings.Repeat(" ", l.dash)
	var out []string
	switch n := len(l.entries); {
	case n > 0:
		at = l.entries[n-1].to
		if n > 1 && blankLine(l.lines[l.entries[n-1].from-1]) {
			out = append(out, l.eol)
		}
	case l.key >= 0:
		at = l.key + 1
	default:
		out = append(out, strings.Repeat(" ", l.root)+"waivers:"+l.eol)
	}
	lead := indent + "-" + strings.Repeat(" ", l.gap-1)
	for _, f := range w.fields() {
		value := f.value
		if !f.day {
			value = scalar(value)
		}
		out = append(out, lead+f.key+": "+value+l.eol)
		lead = strings.Repeat(" ", l.dash+l.gap)
	}
	lines := slices.Clone(l.lines)
	if at > 0 && !lineEnd.MatchString(lines[at-1]) {
		lines[at-1] += l.eol
	}
	return strings.Join(slices.Insert(lines, at, out...), "")
}

// without is the text without some entries. The blank lines above an entry go
// with it; for the first entry those below.
func (l layout) without(indices []int) string {
	gone := make([]bool, len(l.lines))
	for _, i := range slices.Sorted(slices.Values(indices)) {
		e := l.entries[i]
		for n := e.from; n < e.to; n++ {
			gone[n] = true
		}
		above := e.from - 1
		for above > l.key && gone[above] {
			above--
		}
		first := above == l.key
		for ; above > l.key && blankLine(l.lines[above]); above-- {
			gone[above] = true
		}
		for below := e.to; first && below < len(l.lines) && blankLine(l.lines[below]); below++ {
			gone[below] = true
		}
	}
	var out strings.Builder
	for n, line := range l.lines {
		if !gone[n] {
			out.WriteString(line)
		}
	}
	return out.String()
}

var (
	// plain is text that means itself without quotes, in any YAML: it begins like a
	// word and has no ": " and no " #".
	plain = regexp.MustCompile(`^\p{L}([\p{L}\p{N} ,./@_+()'-]|:[\p{L}\p{N}])*$`)
	// word is what one YAML or another reads as something else than a text.
	word = regexp.MustCompile(`^(?i)(y|yes|n|no|on|off|true|false|null)$`)
)

// scalar writes a text so that it is read as itself. The escapes of Go are
// escapes of YAML.
func scalar(s string) string {
	if plain.MatchString(s) && !word.MatchString(s) && !strings.HasSuffix(s, " ") {
		return s
	}
	return strconv.Quote(s)
}
