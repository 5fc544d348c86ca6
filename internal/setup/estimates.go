package setup

import (
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/file"
)

// Table reads what the configuration has estimates made from; nil is the builtin
// table.
func (s *Setup) Table() (*facts.Table, error) {
	l, ref := s.Config.Estimates()
	if ref == "" {
		return nil, nil
	}
	name := s.beside(l, ref)
	data, err := file.Read(s.options.Files.Path(name), maxConfiguration)
	if err != nil {
		return nil, err
	}
	return facts.ParseTable(name, data)
}
