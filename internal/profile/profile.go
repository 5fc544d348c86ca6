// Package profile reads what is declared about an agent.
//
// [Load] turns bytes into profiles: strictly, with a line and a column for
// whatever is wrong. A [Profile] gives its facts in two forms that never
// disagree: [Profile.Facts] for Go and [Profile.Input] for Rego. A fact that is
// absent or null is undisclosed; nothing is ever filled in. [Profile.Demand]
// makes facts undisclosed whose evidence is not good enough, so that whoever
// judges a profile need not think about evidence.
package profile

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"reflect"
	"sync"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/origin"
	"github.com/audition-dev/audition/internal/override"
	"github.com/audition-dev/audition/internal/subject"
)

// Profile is the declared profile of one agent.
type Profile struct {
	// Source is the file the profile came from, as it was named to Load.
	Source   string
	Metadata Metadata
	Facts    Facts
	Scoring  override.Scoring
	// Origin is what the profile was made of, nil where somebody wrote it.
	Origin   *origin.Origin
	evidence evidence
	doc      *document.Document
	subject  subject.Subject
	// declared is what the profile declares not applicable, moot all that is not.
	declared, moot []NotApplicable
	// hedged tells whether a fact is optional.
	hedged bool
	// silent is what NotApplicable says.
	silent func() []NotApplicable
	// loaded is the content as it was loaded, digest what Digest says of it.
	loaded map[string]any
	digest func() string
	// moved maps lists that lost items, by their pointers in the source, to the
	// original indices of the rest.
	moved map[string][]int
}

// Metadata identifies the agent and says what it is. It is not evidence.
type Metadata struct {
	Name string `json:"name"`
	// Subject is the id of one of [subject.All].
	Subject  string            `json:"subject"`
	Title    string            `json:"title,omitempty"`
	Version  string            `json:"version,omitempty"`
	Vendor   string            `json:"vendor,omitempty"`
	Category string            `json:"category,omitempty"`
	Owner    string            `json:"owner,omitempty"`
	Summary  string            `json:"summary,omitempty"`
	Homepage string            `json:"homepage,omitempty"`
	Labels   map[string]string `json:"labels,omitempty"`
}

// Load reads every document of data. It returns an *Error or document.Errors, whose
// places are lines and columns of data; source names it in messages.
func Load(source string, data []byte) ([]*Profile, error) {
	profiles, err := LoadPart(source, document.Part{Data: data})
	if err == nil && len(profiles) == 0 {
		err = document.Empty(source)
	}
	return profiles, err
}

// LoadPart reads the documents of a part of a stream as Load does; there may be none.
func LoadPart(source string, part document.Part) ([]*Profile, error) {
	docs, err := part.Read(source)
	var profiles []*Profile
	if err == nil {
		profiles, err = read(docs)
	}
	return profiles, discreet(part.Data, err)
}

// Of reads a document that a descriptor was made into.
func Of(doc *document.Document, from *origin.Origin) (*Profile, error) {
	profiles, err := read([]*document.Document{doc})
	if err != nil {
		return nil, err
	}
	profiles[0].Origin = from
	return profiles[0], nil
}

func read(docs []*document.Document) ([]*Profile, error) {
	var errs document.Errors
	profiles := make([]*Profile, len(docs))
	for i, doc := range docs {
		if len(errs) > document.MaxErrors {
			rest := doc.Errorf("", "and %d more documents, which were not checked", len(docs)-i)
			return nil, append(errs.Sorted(), rest)
		}
		invalid := doc.Validate(schema())
		if len(invalid) == 0 {
			profiles[i], invalid = newProfile(doc)
		}
		errs = append(errs, invalid...)
	}
	if len(errs) > 0 {
		return nil, errs.Sorted()
	}
	return profiles, nil
}

// newProfile reads a document that the schema accepts and checks what a schema
// cannot say.
func newProfile(doc *document.Document) (*Profile, document.Errors) {
	p := &Profile{Source: doc.Source, Metadata: readMetadata(doc.Root["metadata"]), doc: doc, loaded: doc.Root}
	p.digest = sync.OnceValue(func() string { return sum(p.loaded) })
	p.Scoring = override.Read(doc, "")
	p.subject, _ = subject.ByID(p.Metadata.Subject)
	errs := p.readNotApplicable()
	evidence, more := readEvidence(doc, p.declared)
	p.evidence, errs = evidence, append(errs, more...)
	p.read(nil)
	errs = append(errs, p.check()...)
	return p, append(errs, p.Contradictions()...)
}

func readMetadata(v any) (m Metadata) {
	data, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		panic(err) // The schema has accepted it.
	}
	m.Subject = cmp.Or(m.Subject, subject.Agent)
	return m
}

// Document is what the profile was read from. Callers must not change it.
func (p *Profile) Document() *document.Document { return p.doc }

// Input is the profile as JSON values, without null and x- keys and without what
// is optional: what rules read. Callers must not change it.
func (p *Profile) Input() map[string]any { return p.certain(p.doc.Root, "").(map[string]any) }

// Digest is the SHA-256 of the content that was loaded, as canonical JSON:
// comments, order, null and x- keys do not matter, nor do Demand and With.
func (p *Profile) Digest() string { return p.digest() }

// FactsDigest is the Digest of the facts alone, of who the subject is and of what does
// not apply to it: how it is described, where the facts come from and what the profile
// decides about its score do not matter.
func (p *Profile) FactsDigest() string {
	facts := onlyFacts(p.loaded)
	if said, ok := p.loaded["not_applicable"]; ok {
		facts["not_applicable"] = said
	}
	if s := p.Metadata.Subject; s != "" {
		facts["subject"] = s
	}
	return sum(facts)
}

// onlyFacts are the sections of a document with facts in them.
func onlyFacts(root map[string]any) map[string]any {
	facts := maps.Clone(root)
	maps.DeleteFunc(facts, func(key string, _ any) bool { return !isFact("/" + key) })
	return facts
}

func sum(content map[string]any) string {
	data, err := document.Canonical(content)
	if err != nil {
		panic(err) // The values are JSON values by construction.
	}
	hash := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(hash[:])
}

// Lookup returns the value at a pointer and whether it is disclosed. What is
// optional is not.
func (p *Profile) Lookup(pointer string) (any, bool) {
	v := p.certain(p.doc.Value(pointer), pointer)
	if v == Optional && isControl(pointer) {
		v = nil
	}
	return v, v != nil
}

// Original translates a pointer into Input to the pointer in the source. They
// differ only within lists that lost items to Demand.
func (p *Profile) Original(pointer string) string {
	if len(p.moved) == 0 || !document.IsPointer(pointer) {
		return pointer
	}
	was := ""
	for _, token := range document.Split(pointer) {
		indices := p.moved[was]
		if i, ok := document.Index(token, len(indices)); ok {
			was = document.JoinIndex(was, indices[i])
			continue
		}
		was = document.Join(was, token)
	}
	return was
}

// Position returns the place of a pointer into Input, or of its nearest
// ancestor when the fact itself is undisclosed.
func (p *Profile) Position(pointer string) document.Position {
	return p.doc.Position(p.Original(pointer))
}

// Elsewhere is the file of a pointer's place where it is another than Source, "" where
// it is not.
func (p *Profile) Elsewhere(pointer string) string { return p.doc.Elsewhere(p.Original(pointer)) }

// Errorf makes an error about the value at a pointer.
func (p *Profile) Errorf(pointer, format string, args ...any) error {
	return p.doc.Errorf(p.Original(pointer), format, args...)
}

// read reads the facts of the document, and what does not apply. Of a copy it reads
// what is otherwise than in the content that Facts were read from, nil for none.
func (p *Profile) read(was map[string]any) {
	marked := len(p.moot) > 0
	if p.moot = p.scope(); was == nil || marked || len(p.moot) > 0 {
		p.Facts, was = Facts{}, nil
	}
	p.hedged = mentions(p.doc.Root)
	decode(object{p.doc.Root, was, was == nil}, "", reflect.ValueOf(&p.Facts).Elem())
	if len(p.moot) > 0 {
		p.markFacts(reflect.ValueOf(&p.Facts).Elem())
	}
	p.silent = sync.OnceValue(p.findSilent)
}
