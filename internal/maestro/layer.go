package maestro

import (
	"bytes"
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// CrossLayer is the id under which rules over several layers are filed.
const CrossLayer = "XL"

// Framework is one version of MAESTRO as data.
type Framework struct {
	// Name is the framework and its version, such as maestro@1.
	Name   string  `yaml:"framework"`
	Layers []Layer `yaml:"layers"`
	// CrossLayer is the folder of the cross-layer rules.
	CrossLayer string `yaml:"cross_layer"`
	// Applicability lists facts that are meaningless under a condition.
	Applicability []Applicability `yaml:"applicability"`
}

// Layer is one layer of the framework.
type Layer struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
	// Folder is the folder, and the last part of the package, of its rules.
	Folder string `yaml:"folder"`
	// Facts are JSON pointers of the facts and sections that belong to the layer.
	Facts []string `yaml:"facts"`
	// Pins are JSON pointers of the facts any of which maps the layer.
	Pins []string `yaml:"pins"`
	// Undisclosed says, as a clause, what an uncertain layer leaves open.
	Undisclosed string `yaml:"undisclosed"`
	// Threats are the usual threats of the layer, for an uncertain one.
	Threats []string `yaml:"threats"`
}

// Applicability says that Facts have no meaning while the fact Unless is
// declared false, or, for a list, declared empty.
type Applicability struct {
	Unless string   `yaml:"unless"`
	Facts  []string `yaml:"facts"`
}

// ParseFramework reads a framework strictly and checks that ids and folders are
// present and distinct.
func ParseFramework(data []byte) (*Framework, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	var f Framework
	if err := dec.Decode(&f); err != nil {
		return nil, fmt.Errorf("layers: %w", err)
	}
	if f.Name == "" || len(f.Layers) == 0 || f.CrossLayer == "" {
		return nil, fmt.Errorf("layers: expected framework, layers and cross_layer")
	}
	seen := []string{CrossLayer, f.CrossLayer}
	for i, l := range f.Layers {
		if l.ID == "" || l.Title == "" || l.Folder == "" || l.Undisclosed == "" {
			return nil, fmt.Errorf("layers[%d]: expected id, title, folder and undisclosed", i)
		}
		if slices.Contains(seen, l.ID) || slices.Contains(seen, l.Folder) {
			return nil, fmt.Errorf("layers[%d]: %s or %s stands twice", i, l.ID, l.Folder)
		}
		seen = append(seen, l.ID, l.Folder)
	}
	return &f, nil
}

// LayerOf returns the id of the layer whose rules are in folder.
func (f *Framework) LayerOf(folder string) (string, bool) {
	if folder == f.CrossLayer {
		return CrossLayer, true
	}
	for _, l := range f.Layers {
		if l.Folder == folder {
			return l.ID, true
		}
	}
	return "", false
}
