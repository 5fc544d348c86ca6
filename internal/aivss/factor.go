package aivss

// FactorCount is the number of factors in every published set.
const FactorCount = 10

// Factor is one agentic risk amplification factor.
type Factor struct {
	// ID is the key that results use.
	ID string
	// Name is the official name.
	Name string
	// Asks is the question that the factor puts.
	Asks string
	// Rubric describes the levels 0.0, 0.5 and 1.0, in this project's words.
	Rubric [3]string
	// Aliases are other accepted spellings of ID: keys of the specifications
	// and of the same concept in the other set.
	Aliases []string
}

// FactorSet is one published list of ten factors.
type FactorSet struct {
	// Name is what users and results call the set.
	Name string
	// Source is the specification and section.
	Source string
	// Factors are in the order in which the set is published.
	Factors [FactorCount]Factor
}

// FactorSets returns the factor sets, the default first.
func FactorSets() []*FactorSet { return []*FactorSet{&SetV05, &SetV08} }

// FactorSetByName returns the factor set with this name.
func FactorSetByName(name string) (*FactorSet, bool) {
	for _, s := range FactorSets() {
		if s.Name == name {
			return s, true
		}
	}
	return nil, false
}

// FactorSetNames returns the names of FactorSets.
func FactorSetNames() []string {
	return names(FactorSets(), func(s *FactorSet) string { return s.Name })
}

// Index returns the position of the factor with this ID or alias.
func (s *FactorSet) Index(name string) (int, bool) {
	for i, f := range s.Factors {
		if f.ID == name {
			return i, true
		}
		for _, alias := range f.Aliases {
			if alias == name {
				return i, true
			}
		}
	}
	return 0, false
}

// Aliases returns all aliases of all factors.
func (s *FactorSet) Aliases() []string {
	var out []string
	for _, f := range s.Factors {
		out = append(out, f.Aliases...)
	}
	return out
}

// IDs returns the ids of the factors in order.
func (s *FactorSet) IDs() []string {
	return names(s.Factors[:], func(f Factor) string { return f.ID })
}
