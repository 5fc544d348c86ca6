package session

import (
	"fmt"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/report/print"

	"github.com/audition-dev/audition/internal/fault"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/suggest"
)

// Counted writes a number and what it counts.
func Counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// Meant suggests a rule, by its whole id or by its name alone.
func Meant(word string, rules []maestro.Rule) string {
	var ids []string
	for _, r := range rules {
		ids = append(ids, r.ID)
		if _, name, _ := strings.Cut(r.ID, "/"); name == word {
			return fmt.Sprintf(", did you mean %q?", r.ID)
		}
	}
	if c := suggest.Closest(word, ids); c != "" {
		return fmt.Sprintf(", did you mean %q?", c)
	}
	return "; audition rules lists them"
}

// ReadInput reads a file, or standard input as "-".
func ReadInput(path string, limit int64, stdin io.Reader) ([]byte, error) {
	if path != "-" {
		data, err := file.Read(path, limit)
		return data, fault.Undecided(err)
	}
	data, err := file.ReadFrom(stdin, limit)
	if err != nil {
		err = fault.Undecided(fmt.Errorf("-: %s", file.Cause(err)))
	}
	return data, err
}

// PrintOptions are how to print for a person.
func PrintOptions(stdout io.Writer) print.Options { return print.Options{Color: Colored(stdout)} }
