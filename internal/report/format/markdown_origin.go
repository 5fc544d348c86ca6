package format

import (
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// origin says what a profile was made of, and what of that is in no fact.
func (c *comment) origin(v *verdict.Verdict, size int) {
	said := print.Origin(v)
	if said == "" {
		return
	}
	c.line("The profile is %s.\n", print.Markdown(said))
	var lines []string
	for _, n := range print.Unheeded(v) {
		lines = append(lines, "- "+print.Markdown(n))
	}
	c.list(lines, len(lines), size, "- and %d more")
	if len(lines) > 0 {
		c.line("")
	}
}
