package config

// Mitigation says where a mitigation factor comes from that nobody decided.
type Mitigation string

// The sources of mitigation, the strictest first.
const (
	NoMitigation      Mitigation = "none"    // it is 1
	DerivedMitigation Mitigation = "derived" // from the controls that are disclosed
)

// Estimates returns the document that estimates are made from, as a layer names it;
// "" is the builtin one.
func (c Config) Estimates() (*Layer, string) {
	return c.names("scoring.estimates", func(l *Layer) string { return l.Estimates })
}

// Catalogue returns the document that says what tools can do, as a layer names it; "" is
// the builtin one.
func (c Config) Catalogue() (*Layer, string) {
	return c.names("import.catalogue", func(l *Layer) string { return l.Catalogue })
}

// names returns the document of a setting.
func (c Config) names(setting string, of func(*Layer) string) (*Layer, string) {
	by := c.values[setting].by.Source
	for _, l := range c.Layers {
		if l.Source == by && of(l) != "" {
			return l, of(l)
		}
	}
	return nil, ""
}

// Attested tells whether a fact in an agent's favour counts only where somebody else
// answers for it.
func (c Config) Attested() bool {
	return c.Demand.Minimum == "attested" || c.Demand.Minimum == "verified"
}
