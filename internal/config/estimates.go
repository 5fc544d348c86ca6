package config

// Estimates returns the document that estimates are made from, as a layer names it;
// "" is the builtin one.
func (c Config) Estimates() (*Layer, string) {
	v := c.values["scoring.estimates"]
	for _, l := range c.Layers {
		if l.Source == v.by.Source && v.v != nil {
			return l, text(v.v)
		}
	}
	return nil, ""
}
