// Package config reads how an organisation judges: thresholds, the formula, what
// is asked of evidence, and what its rules lead to. What nobody configures is as
// policies/defaults.yaml says.
//
// Configurations stand in layers, the organisation's above the repository's
// above the flags of a run. A lower layer replaces what an upper one says unless
// that is locked, and a lock binds every layer that the one with the lock does not
// itself extend, wherever it stands; [Load] reads them, and [Config.Resolve] holds them against the
// rules that there are. Rules state facts: what follows from a finding is decided
// by [Consequences.Apply] alone.
package config

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/internal/waiver"
	"github.com/audition-dev/audition/policies"
)

// Config is a complete configuration.
type Config struct {
	// Thresholds are what the gates compare with, as JSON values.
	Thresholds map[string]any
	// Formula and FactorSet are how the score is computed.
	Formula   aivss.Formula
	FactorSet *aivss.FactorSet
	// Decisions says what a profile leads to that makes its own score lower.
	Decisions Decisions
	// Mitigation says whether controls that are disclosed make a score lower.
	Mitigation Mitigation
	// Demand is what is asked of evidence; its day is the caller's to set.
	Demand profile.Demand
	// Silence asks for a review of what would be approved, where an answer to what is
	// left open would not be.
	Silence bool
	// Floor is what a profile has to disclose to be approved: of every entry at
	// least one JSON pointer, of a fact or a section.
	Floor [][]string
	// Waivers are limits on accepted findings.
	Waivers waiver.Limits
	// SignedOnly refuses policy that is no bundle with a verified signature.
	SignedOnly bool
	// Layers are the files that were read, the topmost first.
	Layers []*Layer
	// Changes are the settings that a layer changed, sorted by name.
	Changes []Change

	values map[string]value
}

// Decisions says what follows where a profile decides parts of its own score, so
// that it is lower than without them.
type Decisions string

// The decisions, the strictest first.
const (
	RefuseDecisions Decisions = "refuse" // they do not count
	ReviewDecisions Decisions = "review" // they count, and ask for a review
	AcceptDecisions Decisions = "accept" // they count
)

// refuse is the value of disclosure.not_applicable that lets nothing count which a
// profile declares not applicable.
const refuse = "refuse"

// accept is the value of disclosure.silence that lets silence be.
const accept = "accept"

// Place is where something is configured. The zero Place is nowhere: a default.
type Place struct {
	Source string
	Line   int
}

// String prints source:line; a flag has no line.
func (p Place) String() string {
	switch {
	case p == Place{}:
		return "default"
	case p.Line == 0:
		return p.Source
	}
	return fmt.Sprintf("%s:%d", p.Source, p.Line)
}

// Change is one thing that a layer says otherwise than the default.
type Change struct {
	// Setting is a name such as thresholds.reject.score, rules[L4/*] or
	// gates[gate].
	Setting string
	// From is the default, "" for none or for rules of several severities.
	From, To string
	SetBy    Place
	Reason   string
	// Looser tells that the change can make a verdict laxer than the default.
	Looser bool
	// Rules are the ids of the rules it holds for.
	Rules []string
}

// Default returns the configuration that holds when nothing is configured.
func Default() (Config, error) { return fold(nil) }

// Parse reads one configuration by itself: what it extends is not read. Its errors
// carry line and column; source names data in them.
func Parse(source string, data []byte) (Config, error) {
	l, err := readLayer(File{Source: source, Data: data})
	if err != nil {
		return Config{}, err
	}
	return fold([]*Layer{l})
}

// fold lays layers over the default, the topmost first.
func fold(layers []*Layer) (Config, error) {
	c := Config{Layers: layers, values: map[string]value{}}
	data, err := policies.FS.ReadFile("defaults.yaml")
	if err != nil {
		return c, err
	}
	docs, err := document.Read("defaults.yaml", data)
	if err != nil {
		return c, err
	}
	defaults := map[string]any{}
	for _, s := range settings() {
		if v := docs[0].Value(s.pointer()); v != nil {
			c.values[s.name], defaults[s.name] = value{v: v}, v
		}
	}
	for _, k := range layers {
		if len(k.locks) > 0 && !k.flag {
			again := Config{values: maps.Clone(c.values)}
			if err := again.layAll(k.beneath(layers), k); err != nil {
				return c, err
			}
		}
	}
	if err := c.layAll(layers, nil); err != nil {
		return c, err
	}
	for _, s := range settings() {
		now, from := c.values[s.name], defaults[s.name]
		if now.by != (Place{}) && !same(now.v, from) {
			c.Changes = append(c.Changes, Change{
				Setting: s.name, From: text(from), To: text(now.v), SetBy: now.by,
				Looser: s.order == nil || s.order(now.v, from) < 0,
			})
		}
	}
	if err := c.consistent(); err != nil {
		return c, err
	}
	return c, c.fill()
}

// text writes a value of a setting, "" for none.
func text(v any) string {
	switch v.(type) {
	case nil:
		return ""
	case []any:
		data, err := json.Marshal(v)
		if err != nil {
			return err.Error()
		}
		return string(data)
	}
	return fmt.Sprint(v)
}

// layAll takes the settings of layers in their order, and the locks of all of them
// or of only one.
func (c *Config) layAll(layers []*Layer, only *Layer) error {
	locked := map[string]Place{}
	for _, l := range layers {
		if err := c.lay(l, locked); err != nil {
			return err
		}
		if only == nil || l == only {
			l.lockSettings(locked)
		}
	}
	return nil
}

// onlyTightens says what a layer may do that nobody named.
const onlyTightens = "where signed policy is required, a configuration that was found may only tighten; name it with --config"

// lay takes the settings of one layer.
func (c *Config) lay(l *Layer, locked map[string]Place) error {
	for _, s := range settings() {
		v := l.doc.Value(s.pointer())
		if v == nil {
			continue
		}
		before := c.values[s.name]
		if by, ok := locked[s.name]; ok && s.forbids(before.v, v) {
			return l.errorf(s.pointer(), "may not change from %s to %s: it is locked by %v", said(before.v), said(v), by)
		}
		if l.Tightens && s.forbids(before.v, v) {
			return l.errorf(s.pointer(), "may not change from %s to %s: %s", said(before.v), said(v), onlyTightens)
		}
		if l.flag && s.order == nil {
			return fmt.Errorf("%s: has no stricter side; put it into a configuration", l.Source)
		}
		if l.flag && s.forbids(before.v, v) {
			return fmt.Errorf("%s: a flag may only tighten, and %s is set by %v", l.Source, said(before.v), before.by)
		}
		c.values[s.name] = value{v, l.place(s.pointer())}
	}
	if by, ok := locked[keysSetting]; ok && len(l.Keys) > 0 {
		return l.errorf("/signatures/keys", "expected none: they are locked by %v", by)
	}
	if by, ok := locked["scoring.decisions"]; ok && len(l.Assessments) > 0 {
		return l.errorf("/scoring/assessments", "expected none: scoring.decisions is locked by %v", by)
	}
	if l.Tightens && len(l.Assessments) > 0 {
		return l.errorf("/scoring/assessments", "expected none: %s", onlyTightens)
	}
	return nil
}

// lockSettings notes what the layer locks and nobody above did.
func (l *Layer) lockSettings(locked map[string]Place) {
	for _, k := range l.locks {
		for _, s := range append(settings(), setting{name: keysSetting}) {
			if _, already := locked[s.name]; !already && k.setting != "" && s.within(k.setting) {
				locked[s.name] = k.place
			}
		}
	}
}

// consistent refuses thresholds by which a finding that is certain would count
// for less than one that is only possible.
func (c *Config) consistent() error {
	confirmed, possible := c.values["thresholds.review.confirmed"], c.values["thresholds.review.possible"]
	if asks(possible.v) <= asks(confirmed.v) {
		return nil
	}
	by := possible.by
	if by == (Place{}) {
		by = confirmed.by
	}
	return fmt.Errorf("%v: thresholds.review: expected possible to be at least as severe as confirmed, got %v and %v", by, possible.v, confirmed.v)
}

// fill makes the fields of the values.
func (c *Config) fill() (err error) {
	chosen := func(name string) string { return text(c.values[name].v) }
	c.Formula, _ = aivss.FormulaByName(chosen("scoring.formula"))
	c.FactorSet, _ = aivss.FactorSetByName(chosen("scoring.factor_set"))
	c.Decisions = Decisions(chosen("scoring.decisions"))
	c.Mitigation = Mitigation(chosen("scoring.mitigation"))
	c.Demand.Minimum, c.Demand.Vouched = chosen("assurance.minimum"), vouches(c.values["assurance.vouched"].v)
	c.Demand.RefuseNotApplicable = chosen("disclosure.not_applicable") == refuse
	c.Silence = chosen("disclosure.silence") != accept
	c.Floor = floor(c.values["disclosure.floor"].v)
	c.SignedOnly = c.values["signatures.required"].v == true
	for name, days := range map[string]*int{
		"assurance.max_age_days": &c.Demand.MaxAge, "waivers.max_lifetime_days": &c.Waivers.MaxLifetime, "waivers.expiring_days": &c.Waivers.Expiring,
	} {
		n, ok := c.values[name].v.(json.Number)
		if !ok {
			continue
		}
		if *days, err = strconv.Atoi(n.String()); err != nil {
			return fmt.Errorf("%v: %s: expected a whole number of days, got %s", c.values[name].by, name, n)
		}
	}
	c.Thresholds = map[string]any{}
	for _, s := range settings() {
		keys := strings.Split(s.name, ".")
		if keys[0] != "thresholds" {
			continue
		}
		group, _ := c.Thresholds[keys[1]].(map[string]any)
		if group == nil {
			group = map[string]any{}
			c.Thresholds[keys[1]] = group
		}
		group[keys[2]] = c.values[s.name].v
	}
	return nil
}
