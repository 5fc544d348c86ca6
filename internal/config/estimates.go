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
	by := c.values["scoring.estimates"].by.Source
	for _, l := range c.Layers {
		if l.Source == by && l.Estimates != "" {
			return l, l.Estimates
		}
	}
	return nil, ""
}

// Attested tells whether a fact in an agent's favour counts only where somebody else
// answers for it.
func (c Config) Attested() bool {
	return c.Demand.Minimum == "attested" || c.Demand.Minimum == "verified"
}
