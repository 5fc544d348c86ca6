package bom

import (
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of documents of SPDX 3 that have a package of AI:
// https://spdx.github.io/spdx-spec/v3.0.1/model/AI/Classes/AIPackage/
const (
	SPDXID    = "spdx-ai"
	SPDXTitle = "an SPDX document"
)

func isPackage(e draft.Node) bool {
	return strings.TrimPrefix(e.Get("type").Or(e.Get("@type")).Text(), "ai_") == "AIPackage"
}

// IsSPDX tells whether a document has a package of AI.
func IsSPDX(_ string, root draft.Node) bool {
	return root.Get("@context").Is() && slices.ContainsFunc(root.Get("@graph").Items(), isPackage)
}

var packageKeys = map[string]string{
	"type": "", "@type": "", "name": "", "description": "", "summary": "", "software_packageVersion": "",
	"ai_autonomyType": "", "ai_useSensitivePersonalInformation": "", "ai_safetyRiskAssessment": "", "ai_standardCompliance": "",
	"ai_typeOfModel": nothing, "ai_domain": nothing, "ai_limitation": "words", "ai_informationAboutApplication": "words", "ai_informationAboutTraining": "words",
	"ai_hyperparameter": nothing, "ai_metric": nothing, "ai_metricDecisionThreshold": nothing, "ai_modelDataPreprocessing": "words", "ai_modelExplainability": "words", "ai_energyConsumption": nothing,
	"spdxId": nothing, "@id": nothing, "creationInfo": nothing, "comment": "words", "suppliedBy": nothing, "originatedBy": nothing, "builtTime": nothing, "releaseTime": nothing, "validUntilTime": nothing,
	"verifiedUsing": "by which the file can be told; whether anybody does is not said", "software_downloadLocation": nothing, "software_primaryPurpose": nothing, "software_additionalPurpose": nothing,
	"software_copyrightText": nothing, "software_homePage": nothing, "software_packageUrl": nothing, "software_sourceInfo": nothing, "externalRef": nothing, "externalIdentifier": nothing, "extension": nothing,
	"standardName": nothing, "supportLevel": nothing, "software_attributionText": nothing, "software_contentIdentifier": nothing,
}

// SPDX reads each package of AI of a document.
func SPDX(in draft.Input) (out []*draft.Draft, err error) {
	doc, err := in.Document()
	if err != nil {
		return nil, err
	}
	for _, p := range draft.Root(doc).Get("@graph").Items() {
		if !isPackage(p) {
			continue
		}
		d := in.New(SPDXID, SPDXTitle)
		d.Name(in.Called(SPDXID, called(p, in.Name)), p.Get("name").Or(p))
		d.Describe("title", p.Get("name"))
		d.Describe("summary", p.Get("summary").Or(p.Get("description")))
		d.Describe("version", p.Get("software_packageVersion"))
		d.Keys(p, packageKeys)
		made(d, p)
		out = append(out, d)
	}
	return out, nil
}

// made states what a package says. Where it asserts nothing that is open.
func made(d *draft.Draft, p draft.Node) {
	if n := p.Get("name"); n.Text() != "" {
		d.Set("/model/name", n.Text(), n, draft.Claimed)
	}
	d.Set("/supply/aibom", true, p, draft.Claimed)
	switch n := p.Get("ai_autonomyType"); n.Text() {
	case "yes", "no":
		d.Set("/oversight/acts_alone", n.Text() == "yes", n, draft.Claimed)
	case "", "noAssertion":
	default:
		d.Note(origin.Invalid, n, "expected yes, no or noAssertion")
	}
	if n := p.Get("ai_useSensitivePersonalInformation"); n.Text() == "yes" {
		d.Add("/data/classes", "pii", n, draft.Claimed)
	}
	if n := p.Get("ai_safetyRiskAssessment"); n.Is() {
		d.Note(origin.Open, n, "a risk by a method of its own")
	}
	if n := p.Get("ai_standardCompliance"); n.Is() {
		d.Note(origin.Open, n, "standards that it is said to meet; by whom that was seen is not said")
	}
}
