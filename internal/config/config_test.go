package config

import (
	"encoding/json"
	"strings"
	"testing"
)

const head = "apiVersion: audition/v1\nkind: Configuration\n"

func threshold(c Config, gate, name string) any { return c.Thresholds[gate].(map[string]any)[name] }

func TestDefault(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if threshold(c, "reject", "score") != json.Number("9.0") || threshold(c, "review", "possible") != "high" ||
		c.Formula.Name != "v0.8" || c.FactorSet.Name != "v0.5" || c.Demand.Minimum != "" || c.Demand.MaxAge != 0 {
		t.Errorf("%+v", c)
	}
}

// TestOver: what is said replaces the default, and only that.
func TestOver(t *testing.T) {
	c, err := Parse("c.yaml", []byte(head+"thresholds: {review: {score: 5}}\nscoring: {formula: amended, factor_set: v0.8}\nassurance: {minimum: attested, max_age_days: 90}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if threshold(c, "review", "score") != json.Number("5") || threshold(c, "review", "upper") != json.Number("9.0") || threshold(c, "reject", "confirmed") != "critical" {
		t.Errorf("thresholds %v", c.Thresholds)
	}
	if c.Formula.Name != "amended" || c.FactorSet.Name != "v0.8" || c.Demand.Minimum != "attested" || c.Demand.MaxAge != 90 {
		t.Errorf("%+v", c)
	}
	// Defaults are not written over.
	again, err := Default()
	if err != nil || threshold(again, "review", "score") != json.Number("7.0") {
		t.Errorf("the default is now %v, %v", again.Thresholds, err)
	}
}

func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "c.yaml: expected a document, got an empty file",
		"kind: Configuration\n": "c.yaml:1:1: expected apiVersion",
		head + "treshold: {}\n": `c.yaml:3:1: treshold: unknown field, did you mean "thresholds"?`,
		head + "thresholds: {review: {possible: hi}}\n": `c.yaml:3:23: thresholds.review.possible: unknown value "hi"`,
		head + "thresholds: {reject: {score: 11}}\n":    "c.yaml:3:23: thresholds.reject.score: expected at most 10, got 11",
		head + "scoring: {formula: v0.9}\n":             `c.yaml:3:11: scoring.formula: unknown value "v0.9", did you mean "v0.`,
		head + "assurance: {max_age_days: 0}\n":         "c.yaml:3:13: assurance.max_age_days: expected at least 1, got 0",
		head + "---\n" + head:                           "expected one document, got 2",
	} {
		if _, err := Parse("c.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q\ngot  %v\nwant %s", text, err, want)
		}
	}
}
