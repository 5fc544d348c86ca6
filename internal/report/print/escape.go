package print

import (
	"regexp"
	"strings"
)

// marks are what means something to Markdown or HTML inside a line. Written as
// character references they stand for themselves in both.
//
// GitHub also looks for mentions, issues, addresses and emoji, and it does so in
// the text that this stands for. A space of no width after the character that they
// begin with hides them.
var marks = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", `\`, "&#92;", "`", "&#96;", "*", "&#42;", "_", "&#95;",
	"[", "&#91;", "]", "&#93;", "|", "&#124;", "~", "&#126;", "$", "&#36;",
	"@", "@&#8203;", "#", "#&#8203;", ": ", ": ", ":", ":&#8203;",
)

// links are what GitHub takes for an address or an issue without any such
// character.
var links = regexp.MustCompile(`(?i)(www)(\.)|\b(gh)(-)`)

// Markdown is text of a profile as Markdown that shows the same characters and does
// nothing. It may not begin a line. What is very long is cut.
func Markdown(s string) string {
	const most = 500
	s = strings.TrimSpace(Clean(s))
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return links.ReplaceAllString(marks.Replace(s), "$1$3&#8203;$2$4")
}

// Code is the same in the type of code.
func Code(s string) string { return "<code>" + Markdown(s) + "</code>" }
