package setup

// Reads are the names of what is read beside the inputs: configurations, policies,
// data, waivers, assessments and estimates; a policy may be a directory.
func (s *Setup) Reads() ([]string, error) {
	names := s.WaiverFiles()
	for _, l := range s.Config.Layers {
		names = append(names, Holder(l.Source))
		for _, ref := range l.Assessments {
			names = append(names, s.beside(l, ref))
		}
	}
	if l, ref := s.Config.Estimates(); ref != "" {
		names = append(names, s.beside(l, ref))
	}
	refs, err := s.Policies()
	for _, r := range refs {
		names = append(names, r.Name)
	}
	return names, err
}
