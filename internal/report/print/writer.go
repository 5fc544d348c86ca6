package print

import (
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

// All prints verdicts that are all there, and what could not be judged.
func All(w Writer, r verdict.Record) error {
	for _, v := range r.Verdicts {
		if err := w.Write(v); err != nil {
			return err
		}
	}
	for _, u := range r.Undecided {
		if err := w.Undecided(u); err != nil {
			return err
		}
	}
	return w.Close()
}

// Unjudged are the inputs that could not be judged.
type Unjudged []verdict.Undecided

// Said counts the inputs, "" for none: there may be several things wrong with one.
func (all Unjudged) Said() string {
	files := map[string]bool{}
	for _, u := range all {
		files[u.Source] = true
	}
	if len(files) == 0 {
		return ""
	}
	return Count(len(files), "input") + " could not be judged"
}
