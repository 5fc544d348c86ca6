package setup

import "github.com/audition-dev/audition/internal/config"

// Reads are the names of what is read beside the inputs: configurations, policies,
// data, waivers, assessments, estimates and what is known of tools; a policy may be a
// directory.
func (s *Setup) Reads() ([]string, error) {
	names := s.WaiverFiles()
	for _, l := range s.Config.Layers {
		names = append(names, Holder(l.Source))
		for _, ref := range l.Assessments {
			names = append(names, s.beside(l, ref))
		}
	}
	for _, of := range []func() (*config.Layer, string){s.Config.Estimates, s.Config.Catalogue} {
		if l, ref := of(); ref != "" {
			names = append(names, s.beside(l, ref))
		}
	}
	refs, err := s.Policies()
	for _, r := range refs {
		names = append(names, r.Name)
	}
	return names, err
}
