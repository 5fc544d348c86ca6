package waiver

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/suggest"
	"github.com/audition-dev/audition/policies"
)

// Waiver is one accepted finding.
type Waiver struct {
	// Rule is the id of one rule. Term is the item within the agent that is meant;
	// without it every finding of the rule is.
	Rule, Term string
	// Agent is the metadata.name of the profile. AgentSource, unless empty, is the
	// path of the profile as outputs name it, where several have the name.
	Agent, AgentSource string
	// Reason says why the finding is accepted, Owner by whom, Ticket where that is
	// tracked, if anywhere.
	Reason, Owner, Ticket string
	// Created and Expires are the first and the last day on which it holds, in UTC.
	Created, Expires time.Time
	// ProfileDigest, unless empty, is of the only content of the profile that it
	// holds for.
	ProfileDigest string
	// Source and Line are where it stands; Index is its place in the list, from 0.
	Source      string
	Line, Index int
	// rule is where its rule stands.
	rule document.Position
}

// Place is where the waiver stands, as source:line.
func (w Waiver) Place() string { return fmt.Sprintf("%s:%d", w.Source, w.Line) }

// schema is the compiled JSON Schema of waivers.
var schema = document.Embedded(policies.FS, "schema/waivers.jsonschema")

// Parse reads a file of waivers. Its errors carry line and column; source
// names data in them. Whether the rules exist is asked of Check.
func Parse(source string, data []byte) ([]Waiver, error) {
	doc, err := document.ReadOne(source, data, schema())
	if err != nil {
		return nil, err
	}
	list, _ := doc.Root["waivers"].([]any)
	waivers, errs := make([]Waiver, len(list)), document.Errors(nil)
	for i, v := range list {
		r := waiverReader{doc: doc, pointer: document.JoinIndex("/waivers", i), fields: v.(map[string]any)}
		waivers[i] = r.waiver(i)
		errs = append(errs, r.errs...)
	}
	if errs = append(errs, overlaps(doc, waivers)...); len(errs) > 0 {
		return nil, errs.Sorted()
	}
	return waivers, nil
}

// waiverReader reads one entry, which the schema accepts.
type waiverReader struct {
	doc     *document.Document
	pointer string
	fields  map[string]any
	errs    document.Errors
}

func (r *waiverReader) fail(key, format string, args ...any) {
	r.errs = append(r.errs, r.doc.Errorf(document.Join(r.pointer, key), format, args...))
}

var profileDigest = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)

func (r *waiverReader) waiver(i int) Waiver {
	w := Waiver{
		Rule: r.text("rule"), Term: r.text("term"), Agent: r.text("agent"), AgentSource: r.text("source"),
		Reason: r.text("reason"), Owner: r.text("owner"), Ticket: r.text("ticket"),
		Created: r.day("created"), Expires: r.day("expires"), ProfileDigest: r.text("profile_digest"),
		Source: r.doc.Source, Line: r.doc.Position(r.pointer).Line, Index: i,
		rule: r.doc.Position(r.pointer + "/rule"),
	}
	if len(r.errs) == 0 && w.Expires.Before(w.Created) { // two days that exist
		r.fail("expires", "lies before created, %s", w.Created.Format(time.DateOnly))
	}
	if blank(w.Reason) {
		r.fail("reason", "says nothing, expected why the finding is accepted")
	}
	if blank(w.Owner) {
		r.fail("owner", "nobody answers for it, expected a name or an address")
	}
	if _, given := r.fields["profile_digest"]; given && !profileDigest.MatchString(w.ProfileDigest) {
		r.fail("profile_digest", "expected sha256: and 64 hexadecimal digits, got %q", document.Clip(w.ProfileDigest))
	}
	return w
}

func (r *waiverReader) text(key string) string {
	s, _ := r.fields[key].(string)
	return s
}

func (r *waiverReader) day(key string) time.Time {
	t, err := time.Parse(time.DateOnly, r.text(key))
	if err != nil {
		r.fail(key, "expected a day that exists, got %s", r.text(key))
	}
	return t
}

// blank tells whether a text has neither letter nor digit: dashes and dots are as
// good as nothing.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// overlaps reports waivers that say the same about one day.
func overlaps(doc *document.Document, waivers []Waiver) (errs document.Errors) {
	seen := map[[5]string][]Waiver{}
	for i, w := range waivers {
		same := [5]string{w.Rule, w.Term, w.Agent, w.AgentSource, w.ProfileDigest}
		for _, v := range seen[same] {
			if !w.Created.After(v.Expires) && !v.Created.After(w.Expires) {
				errs = append(errs, doc.Errorf(document.JoinIndex("/waivers", i),
					"line %d waives the same from %s to %s, expected one waiver or periods that do not overlap",
					v.Line, v.Created.Format(time.DateOnly), v.Expires.Format(time.DateOnly)))
				break
			}
		}
		seen[same] = append(seen[same], w)
	}
	return errs
}

// Check reports every waiver whose rule is not among the ids of all rules.
func Check(waivers []Waiver, rules []string) error {
	known := map[string]bool{}
	for _, id := range rules {
		known[id] = true
	}
	var errs document.Errors
	for _, w := range waivers {
		if !known[w.Rule] {
			errs = append(errs, &document.Error{
				Source: w.Source, Position: w.rule, Pointer: document.JoinIndex("/waivers", w.Index) + "/rule",
				Message: fmt.Sprintf("unknown rule %q%s", document.Clip(w.Rule), meant(w.Rule, rules)),
			})
		}
	}
	if len(errs) > 0 {
		return errs
	}
	return nil
}

// meant suggests a rule, by its whole id or by its name alone.
func meant(word string, rules []string) string {
	closest := suggest.Closest(word, rules)
	for _, id := range rules {
		if strings.HasSuffix(id, "/"+word) {
			closest = id
		}
	}
	if closest == "" {
		return "; audition rules lists them"
	}
	return fmt.Sprintf(", did you mean %q?", closest)
}
