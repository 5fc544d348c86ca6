// Package bom reads bills of materials that have a model among their parts: those of
// CycloneDX (https://cyclonedx.org/capabilities/mlbom) and of SPDX 3 with its profile for
// AI. They say what something is made of and little of what it may do, so most stays open.
// All of it is what whoever made the bill says.
package bom

import (
	"path"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of bills of CycloneDX.
const (
	CycloneDXID    = "cyclonedx"
	CycloneDXTitle = "a CycloneDX bill of materials"
)

const (
	nothing = "nothing of a profile"
	// learning is the type of a component that is a model.
	learning = "machine-learning-model"
)

func isModel(c draft.Node) bool { return c.Get("type").Text() == learning }

// IsCycloneDX tells whether a document is such a bill with a model.
func IsCycloneDX(_ string, root draft.Node) bool {
	return root.Get("bomFormat").Text() == "CycloneDX" && (isModel(root.Get("metadata", "component")) || slices.ContainsFunc(root.Get("components").Items(), isModel))
}

var billKeys = map[string]string{
	"bomFormat": nothing, "specVersion": nothing, "serialNumber": nothing, "version": nothing, "$schema": nothing, "metadata": "", "components": "", "services": "", "signature": "",
	"declarations": "what its maker attests; nobody verified it here", "dependencies": nothing, "compositions": nothing, "externalReferences": nothing, "vulnerabilities": nothing, "annotations": nothing,
	"formulation": nothing, "properties": nothing, "definitions": nothing, "citations": nothing,
}

// CycloneDX reads what a bill is of: a model by itself, or an agent that has one.
func CycloneDX(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(CycloneDXID, CycloneDXTitle)
	if err != nil {
		return nil, err
	}
	main := root.Get("metadata", "component")
	d.Name(in.Called(CycloneDXID, called(main, in.Name)), main.Get("name"))
	d.Describe("title", main.Get("name"))
	d.Describe("version", main.Get("version"))
	d.Describe("summary", main.Get("description"))
	d.Describe("vendor", supplier(main))
	d.Keys(root, billKeys)
	models := slices.DeleteFunc(root.Get("components").Items(), func(c draft.Node) bool { return !isModel(c) })
	if isModel(main) {
		d.Subject("model_service", main.Get("type"))
		models = append([]draft.Node{main}, models...)[:1]
	}
	for _, m := range models {
		if len(models) > 1 {
			d.Note(origin.Open, m, "one of %d models; which of them does what is not said", len(models))
		} else {
			model(d, m)
		}
	}
	d.Set("/supply/aibom", true, root, draft.Claimed)
	if licences := main.Get("licenses").Items(); len(licences) == 1 {
		if n := licences[0].Get("license", "id"); n.Text() != "" {
			d.Set("/supply/licence", n.Text(), n, draft.Claimed)
		}
	}
	for _, s := range root.Get("services").Items() {
		service(d, s, isModel(main))
	}
	if n := root.Get("signature"); n.Is() {
		d.Note(origin.Open, n, "is signed; the signature is not verified here")
	}
	return []*draft.Draft{d}, nil
}

// called is the name of what a bill is of, or that of its file.
func called(main draft.Node, file string) string {
	if name := main.Get("name").Text(); name != "" {
		return name
	}
	base, _, _ := strings.Cut(path.Base(file), ".")
	return base
}

// supplier is who a component is from.
func supplier(c draft.Node) draft.Node {
	return c.Get("supplier", "name").Or(c.Get("manufacturer", "name")).Or(c.Get("publisher"))
}

// model states a model. One whose digest is listed is one build of it.
func model(d *draft.Draft, m draft.Node) {
	if n := m.Get("name"); n.Text() != "" {
		d.Set("/model/name", n.Text(), n, draft.Claimed)
	}
	if n := supplier(m); n.Text() != "" {
		d.Set("/model/provider", n.Text(), n, draft.Claimed)
	}
	if n := m.Get("hashes"); len(n.Items()) > 0 {
		d.Set("/model/version_pinned", true, n, draft.Claimed)
	}
	if n := m.Get("modelCard"); len(n.Keys()) > 0 {
		d.Set("/model/card", true, n, draft.Claimed)
	}
}

// service states a service that is called as a tool.
func service(d *draft.Draft, s draft.Node, ofModel bool) {
	if ofModel {
		d.Note(origin.Open, s, "a service of a model, which by itself calls none")
		return
	}
	t := d.Tool(document.Clip(s.Get("name").Text()), s.Get("name").Or(s), draft.Claimed)
	if n := s.Get("x-trust-boundary"); n.Value == true {
		t.Set("audience", "external", n, draft.Claimed)
	}
	if n := supplier(s).Or(s.Get("provider", "name")); n.Text() != "" {
		t.Set("publisher", n.Text(), n, draft.Claimed)
	}
	classes := []string{"public", "internal", "pii", "phi", "financial", "credentials", "source_code"}
	for _, data := range s.Get("data").Items() {
		n := data.Get("classification")
		if word := strings.ToLower(n.Text()); slices.Contains(classes, word) {
			d.Add("/data/classes", word, n, draft.Claimed)
		} else {
			d.Note(origin.Open, n.Or(data), "a class of data that profiles have no word for")
		}
	}
	for _, n := range s.Get("endpoints").Items() {
		d.CredentialIn("", n.Text(), n)
		if strings.HasPrefix(n.Text(), "http:") {
			d.Note(origin.Open, n, "is spoken to in clear text")
		}
	}
}
