package setup

import (
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/facts"
	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
)

// Table reads what the configuration has estimates made from; nil is the builtin
// table.
func (s *Setup) Table() (*facts.Table, error) {
	l, ref := s.Config.Estimates()
	if ref == "" {
		return nil, nil
	}
	name, data, err := s.document(l, ref)
	if err != nil {
		return nil, err
	}
	return facts.ParseTable(name, data)
}

// Catalogue reads what is known of tools.
func (s *Setup) Catalogue() (draft.Catalogue, error) {
	l, ref := s.Config.Catalogue()
	if ref == "" {
		return catalogue.Usual{}, nil
	}
	name, data, err := s.document(l, ref)
	if err != nil {
		return nil, err
	}
	return catalogue.Read(name, data)
}

// document reads a document that a layer names.
func (s *Setup) document(l *config.Layer, ref string) (name string, data []byte, err error) {
	name = s.beside(l, ref)
	data, err = file.Read(s.options.Files.Path(name), maxConfiguration)
	return name, data, err
}
