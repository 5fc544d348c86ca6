package setup

import (
	"fmt"

	"github.com/audition-dev/audition/internal/assessment"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/verdict"
)

// Assessments reads what configurations name as decided about the scores of agents;
// about each agent one assessment.
func (s *Setup) Assessments() (all []assessment.Assessment, files []verdict.Source, err error) {
	seen, of := map[string]bool{}, map[string]assessment.Assessment{}
	for _, l := range s.Config.Layers {
		for _, ref := range l.Assessments {
			name := s.beside(l, ref)
			if seen[name] {
				continue
			}
			seen[name] = true
			data, err := file.Read(s.options.Files.Path(name), maxConfiguration)
			if err != nil {
				return nil, nil, err
			}
			read, err := assessment.Parse(name, data)
			if err != nil {
				return nil, nil, err
			}
			for _, a := range read {
				if other, twice := of[a.Agent]; twice {
					return nil, nil, fmt.Errorf("%s: expected one assessment of %s, got another at %s", a.Place(), a.Agent, other.Place())
				}
				of[a.Agent] = a
			}
			all, files = append(all, read...), append(files, verdict.Source{Source: name, Digest: digest(data)})
		}
	}
	return all, files, nil
}
