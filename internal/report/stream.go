package report

import (
	"fmt"
	"io"

	"github.com/audition-dev/audition/internal/verdict"
)

// Writer prints verdicts in one format, each as it comes, in the order of the
// inputs. What it writes is whole after Close, and only then; none of its methods is
// called after that, or after one of them gave an error.
type Writer interface {
	// Write prints a verdict, which does not change any more.
	Write(*verdict.Verdict) error
	// Undecided tells of what could not be judged.
	Undecided(verdict.Undecided) error
	// Close ends the document.
	Close() error
}

// held is a format that has to know everything before it can print the first line.
type held struct {
	verdict.Record
	print func(verdict.Record) error
}

func (h *held) Write(v *verdict.Verdict) error {
	h.Verdicts = append(h.Verdicts, v)
	return nil
}

func (h *held) Undecided(u verdict.Undecided) error {
	h.Record.Undecided = append(h.Record.Undecided, u)
	return nil
}

func (h *held) Close() error { return h.print(h.Record) }

// neighbours hands verdicts on, each when the next one has come: only then is it
// known whether a profile is alone in its file. Those of one file come together.
type neighbours struct {
	last   *verdict.Verdict
	shared bool // with one before it
	print  func(v *verdict.Verdict, alone bool) error
}

// next hands on the one before v, which is nil at the end.
func (n *neighbours) next(v *verdict.Verdict) error {
	last, shared := n.last, n.shared
	n.last, n.shared = v, v != nil && last != nil && v.Subject.Source == last.Subject.Source
	if last == nil {
		return nil
	}
	return n.print(last, !shared && !n.shared)
}

// open are the inputs that could not be judged.
type open []verdict.Undecided

// Said counts them, "" for none.
func (o open) Said() string {
	files := map[string]bool{}
	for _, u := range o {
		files[u.Source] = true
	}
	if len(files) == 0 {
		return ""
	}
	return count(len(files), "input") + " could not be judged"
}

// document is what cannot be judged as a document of its own.
type undecidedDocument struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	verdict.Undecided
}

func undecidedOf(u verdict.Undecided) undecidedDocument {
	return undecidedDocument{verdict.APIVersion, verdict.UndecidedKind, u}
}

// array prints the items of a JSON array one by one, as encode prints all of them.
type array struct {
	w      io.Writer
	indent string // of the array
	n      int
}

func (a *array) add(item any) error {
	begin := ",\n"
	if a.n == 0 {
		begin = "[\n"
	}
	a.n++
	text, err := encoded(item, a.indent+"  ", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.w, "%s%s  %s", begin, a.indent, text)
	return err
}

func (a *array) close() error {
	end := "[]"
	if a.n > 0 {
		end = "\n" + a.indent + "]"
	}
	_, err := io.WriteString(a.w, end)
	return err
}
