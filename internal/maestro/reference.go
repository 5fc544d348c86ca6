package maestro

import (
	"bytes"
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// Taxonomy is a published list that rules refer to.
type Taxonomy struct {
	// Prefix is how a person selects it.
	Prefix  string `yaml:"prefix" json:"prefix"`
	Title   string `yaml:"title" json:"title"`
	Version string `yaml:"version" json:"version"`
	URL     string `yaml:"url" json:"url"`
	// IDs are titles by id.
	IDs map[string]string `yaml:"ids" json:"ids"`
}

// ParseTaxonomies reads the catalogue of taxonomies strictly.
func ParseTaxonomies(data []byte) ([]Taxonomy, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	var f struct {
		Taxonomies []Taxonomy `yaml:"taxonomies"`
	}
	if err := dec.Decode(&f); err != nil {
		return nil, fmt.Errorf("references: %w", err)
	}
	return f.Taxonomies, nil
}

// TitleOf returns the title of an id, or "".
func TitleOf(taxonomies []Taxonomy, id string) string {
	for _, t := range taxonomies {
		if title, ok := t.IDs[id]; ok {
			return title
		}
	}
	return ""
}

// Cited returns the ids of the rules that refer to an id.
func Cited(rules []Rule, id string) []string {
	var out []string
	for _, r := range rules {
		if slices.Contains(r.References, id) {
			out = append(out, r.ID)
		}
	}
	return out
}
