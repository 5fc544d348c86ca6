package aivss

import (
	"fmt"
	"math"
	"slices"
	"strings"

	gocvss40 "github.com/pandatix/go-cvss/40"
)

// Metric is a CVSS v4.0 base metric with its values from least to most severe.
type Metric struct {
	Name   string
	Title  string
	Values []string
}

var (
	impact      = []string{"N", "L", "H"}
	baseMetrics = [...]Metric{
		{"AV", "Attack Vector", []string{"P", "L", "A", "N"}},
		{"AC", "Attack Complexity", []string{"H", "L"}},
		{"AT", "Attack Requirements", []string{"P", "N"}},
		{"PR", "Privileges Required", []string{"H", "L", "N"}},
		{"UI", "User Interaction", []string{"A", "P", "N"}},
		{"VC", "Vulnerable System Confidentiality", impact},
		{"VI", "Vulnerable System Integrity", impact},
		{"VA", "Vulnerable System Availability", impact},
		{"SC", "Subsequent System Confidentiality", impact},
		{"SI", "Subsequent System Integrity", impact},
		{"SA", "Subsequent System Availability", impact},
	}
)

// BaseMetrics returns the eleven base metrics in the order of the CVSS v4.0
// specification, section 7, Table 23. Callers must not change them.
func BaseMetrics() []Metric { return baseMetrics[:] }

// Vector is a CVSS v4.0 vector reduced to its base metrics.
type Vector struct {
	text string
	base Tenths
	// Threat is the value of the threat metric E in the text that was parsed, or
	// "" without one. It feeds the threat multiplier and never the base score.
	Threat string
}

// String returns the canonical base vector.
func (v Vector) String() string { return v.text }

// Base returns the base score, 0.0 to 10.0.
func (v Vector) Base() Tenths { return v.base }

const cvssPrefix = "CVSS:4.0"

// ParseVector reads a CVSS v4.0 vector. Threat, environmental and supplemental
// metrics are accepted and left out of the base score, as AIVSS v0.8 section 3
// asks. Other versions, unknown or repeated metrics, missing base metrics and a
// wrong order are errors.
func ParseVector(s string) (Vector, error) {
	if strings.HasPrefix(s, "CVSS:3") || strings.HasPrefix(s, "AV:") {
		return Vector{}, fmt.Errorf("%q is CVSS v3 or older, whose scores AIVSS cannot start from; expected a CVSS v4.0 vector that begins with %s/", clip(s), cvssPrefix)
	}
	body, ok := strings.CutPrefix(s, cvssPrefix+"/")
	if !ok {
		return Vector{}, fmt.Errorf("expected a CVSS v4.0 vector that begins with %s/, got %q", cvssPrefix, clip(s))
	}
	given := map[string]string{}
	for _, part := range strings.Split(body, "/") {
		name, value, ok := strings.Cut(part, ":")
		if !ok || name == "" || value == "" {
			return Vector{}, fmt.Errorf("expected METRIC:VALUE, got %q", clip(part))
		}
		if _, twice := given[name]; twice {
			return Vector{}, fmt.Errorf("metric %s is given twice", clip(name))
		}
		if _, err := (gocvss40.CVSS40{}).Get(name); err != nil {
			return Vector{}, fmt.Errorf("unknown metric %s, expected the metrics of CVSS v4.0", clip(name))
		}
		given[name] = value
	}
	base := make([]string, 0, 11)
	for _, m := range BaseMetrics() {
		value, ok := given[m.Name]
		if !ok {
			return Vector{}, fmt.Errorf("base metric %s (%s) is missing, expected one of %s", m.Name, m.Title, strings.Join(m.Values, ", "))
		}
		if !slices.Contains(m.Values, value) {
			return Vector{}, fmt.Errorf("%s (%s): expected one of %s, got %q", m.Name, m.Title, strings.Join(m.Values, ", "), clip(value))
		}
		base = append(base, value)
	}
	// The library knows the values of the optional metrics and the order of all.
	if _, err := gocvss40.ParseVector(s); err != nil {
		return Vector{}, fmt.Errorf("%w in %q, expected the metrics in the order of the CVSS v4.0 specification", err, clip(s))
	}
	v, err := NewVector(base)
	v.Threat = given["E"]
	return v, err
}

// NewVector makes a vector from the values of BaseMetrics, in their order.
func NewVector(values []string) (Vector, error) {
	var c gocvss40.CVSS40
	metrics := BaseMetrics()
	if len(values) != len(metrics) {
		return Vector{}, fmt.Errorf("expected %d base metrics, got %d", len(metrics), len(values))
	}
	var text strings.Builder
	text.WriteString(cvssPrefix)
	for i, m := range metrics {
		if err := c.Set(m.Name, values[i]); err != nil {
			return Vector{}, fmt.Errorf("%s: expected one of %s, got %q", m.Name, strings.Join(m.Values, ", "), clip(values[i]))
		}
		text.WriteString("/" + m.Name + ":" + values[i])
	}
	// The library returns one decimal; this only undoes its binary form.
	return Vector{text: text.String(), base: Tenths(math.Round(c.Score() * 10))}, nil
}

// clip shortens what a user wrote for use in a message.
func clip(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
