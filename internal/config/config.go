// Package config reads the configuration of an organisation: what it demands of
// evidence and where its thresholds are. What a configuration does not say is as
// policies/defaults.yaml says.
package config

import (
	"encoding/json"
	"maps"
	"strconv"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/profile"
	"github.com/audition-dev/audition/policies"
)

// Config is a complete configuration.
type Config struct {
	// Thresholds are what the gates compare with, as JSON values.
	Thresholds map[string]any
	// Formula and FactorSet are how the score is computed.
	Formula   aivss.Formula
	FactorSet *aivss.FactorSet
	// Demand is what is asked of evidence; its day is the caller's to set.
	Demand profile.Demand
}

// Default returns the configuration that holds when nothing is configured.
func Default() (Config, error) {
	data, err := policies.FS.ReadFile("defaults.yaml")
	if err != nil {
		return Config{}, err
	}
	docs, err := document.Read("defaults.yaml", data)
	if err != nil {
		return Config{}, err
	}
	return Config{
		Thresholds: docs[0].Root["thresholds"].(map[string]any),
		Formula:    aivss.V08,
		FactorSet:  &aivss.SetV05,
	}, nil
}

// Parse reads a configuration over the default. Its errors carry line and
// column; source names data in them.
func Parse(source string, data []byte) (Config, error) {
	c, err := Default()
	if err != nil {
		return c, err
	}
	docs, err := document.Read(source, data)
	if err != nil {
		return c, err
	}
	doc := docs[0]
	if len(docs) > 1 {
		return c, doc.Errorf("", "expected one document, got %d", len(docs))
	}
	schema, err := readSchema()
	if err != nil {
		return c, err
	}
	if errs := doc.Validate(schema); len(errs) > 0 {
		return c, errs.Sorted()
	}
	thresholds, _ := doc.Root["thresholds"].(map[string]any)
	c.Thresholds = over(c.Thresholds, thresholds)
	scoring, _ := doc.Root["scoring"].(map[string]any)
	if name, ok := scoring["formula"].(string); ok {
		c.Formula, _ = aivss.FormulaByName(name)
	}
	if name, ok := scoring["factor_set"].(string); ok {
		c.FactorSet, _ = aivss.FactorSetByName(name)
	}
	assurance, _ := doc.Root["assurance"].(map[string]any)
	c.Demand.Minimum, _ = assurance["minimum"].(string)
	if days, ok := assurance["max_age_days"].(json.Number); ok {
		if c.Demand.MaxAge, err = strconv.Atoi(days.String()); err != nil {
			return c, doc.Errorf("/assurance/max_age_days", "expected a whole number of days, got %s", days)
		}
	}
	return c, nil
}

func readSchema() (*document.Schema, error) {
	const file = "schema/config.jsonschema"
	data, err := policies.FS.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return document.NewSchema(file, data)
}

// over lays b over a, object by object.
func over(a, b map[string]any) map[string]any {
	out := maps.Clone(a)
	for key, v := range b {
		below, isObject := out[key].(map[string]any)
		if above, ok := v.(map[string]any); ok && isObject {
			v = over(below, above)
		}
		out[key] = v
	}
	return out
}
