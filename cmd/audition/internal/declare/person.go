package declare

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/audition-dev/audition/internal/answer"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// person is somebody who reads what is said and presses keys.
type person struct {
	keys keys
	out  io.Writer
	line *term.Terminal
}

// newPerson is the person at a terminal, or behind a stream of keys.
func newPerson(in io.Reader, out io.Writer) *person {
	k := keys{in}
	return &person{k, out, term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{k, out}, "> ")}
}

// atTerminal tells whether a stream is a terminal at which somebody can be asked.
func atTerminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// keys are the bytes of a terminal as they are typed, one at a time, so that what was
// typed ahead stays for the next question.
type keys struct{ in io.Reader }

func (k keys) Read(to []byte) (int, error) {
	if atTerminal(k.in) {
		fd := int(k.in.(*os.File).Fd())
		if before, err := term.MakeRaw(fd); err == nil {
			defer term.Restore(fd, before)
		}
	}
	return k.in.Read(to[:min(len(to), 1)])
}

// What a person can say instead of an answer.
var (
	errPass   = errors.New("passed")
	errEnough = errors.New("enough")
)

func (p *person) say(format string, args ...any) { fmt.Fprintf(p.out, format, args...) }

// choice is an answer of one key.
type choice struct {
	key   byte
	word  string
	value any
}

// choices are the answers to a fact that has a few.
func choices(f profile.FactType) (out []choice) {
	switch {
	case f.Type == "boolean":
		out = []choice{{'y', "yes", true}, {'n', "no", false}}
		if f.Optional {
			out = append(out, choice{'o', "optional", profile.Optional})
		}
	case f.Type == "array" && len(f.Items) == 0:
		out = []choice{{'n', "none", []any{}}}
	}
	for i, v := range f.Values {
		out = append(out, choice{byte('1' + i), v, v})
	}
	return out
}

// most is how many answers have a digit.
const most = 9

// ask asks for the value of a fact, one of so many that are open.
func (p *person) ask(v *verdict.Verdict, fact string, open int) (any, error) {
	f, said := about(fact)
	p.say("%s\n  %s, %d open\n", said, print.Path(fact), open)
	all := choices(f)
	if len(all) == 0 || len(all) > most {
		p.say("  %s; Enter alone skips, Ctrl-D stops\n", answer.Legal(f))
		text, err := p.line.ReadLine()
		if err == nil && strings.TrimSpace(text) == "" {
			err = errPass
		}
		return answer.Value(f, text), err
	}
	leads := effects(v, fact)
	for _, c := range all {
		p.say("  %c  %s", c.key, c.word)
		if lead := leads[print.Value(c.value)]; lead != "" {
			p.say(" → %s", lead)
		}
		p.say("\n")
	}
	p.say("  s  skip, q  stop\n> ")
	c, err := p.key(append(all, choice{'s', "skip", errPass}, choice{'q', "stop", errEnough}))
	if instead, ok := c.value.(error); ok {
		p.say("\n")
		err = instead
	}
	return c.value, err
}

// Choose lets a person choose one of some words by its number.
func (p *person) Choose(what string, words []string) (string, error) {
	var all []choice
	p.say("%s\n", what)
	for i, word := range words[:min(len(words), most)] {
		all = append(all, choice{byte('1' + i), word, word})
		p.say("  %c  %s\n", all[i].key, print.Clean(word))
	}
	p.say("> ")
	c, err := p.key(all)
	return c.word, err
}

// key waits for one of some keys. Ctrl-C and Ctrl-D are the end, as no key is.
func (p *person) key(all []choice) (choice, error) {
	const ctrlC, ctrlD = 3, 4
	for {
		var b [1]byte
		n, err := p.keys.Read(b[:])
		switch {
		case n == 0 && err != nil, b[0] == ctrlC, b[0] == ctrlD:
			p.say("\n")
			return choice{}, io.EOF
		}
		for _, c := range all {
			if c.key == b[0] {
				p.say("%s\n", print.Clean(c.word))
				return c, nil
			}
		}
	}
}
