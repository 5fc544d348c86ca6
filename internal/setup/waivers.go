package setup

import (
	"slices"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/verdict"
	"github.com/audition-dev/audition/internal/waiver"
)

// maxConfiguration bounds a file of configuration or of waivers, in bytes.
const maxConfiguration = document.MaxBytes

// waivers reads the waivers that configurations and options name.
func (s *Setup) waivers(rules []maestro.Rule) (waivers []waiver.Waiver, files []verdict.Source, err error) {
	for _, name := range s.WaiverFiles() {
		w, data, err := s.ReadWaivers(name, rules)
		if err != nil {
			return nil, nil, err
		}
		waivers, files = append(waivers, w...), append(files, verdict.Source{Source: name, Digest: digest(data)})
	}
	return waivers, files, nil
}

// ReadWaivers reads a file of waivers for rules that there are. It also returns
// what the file holds.
func (s *Setup) ReadWaivers(name string, rules []maestro.Rule) ([]waiver.Waiver, []byte, error) {
	data, err := file.Read(s.options.Files.Path(name), maxConfiguration)
	if err != nil {
		return nil, nil, err
	}
	waivers, err := waiver.Parse(name, data)
	if err != nil {
		return nil, nil, err
	}
	var ids []string
	for _, r := range rules {
		ids = append(ids, r.ID)
	}
	return waivers, data, waiver.Check(waivers, ids)
}

// WaiverFiles are the files that configurations and options name, each once.
func (s *Setup) WaiverFiles() (names []string) {
	for _, l := range s.Config.Layers {
		for _, ref := range l.WaiverFiles {
			names = append(names, s.beside(l, ref))
		}
	}
	for _, path := range s.options.Waivers {
		if name := s.options.Files.Name(path); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
