package rego

import (
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/rego/judged"
	"github.com/audition-dev/audition/internal/rego/parse"
	"github.com/audition-dev/audition/policies"
)

// What engines are made of is said in the words of package parse.
type (
	Source   = parse.Source
	Loaded   = parse.Loaded
	Problem  = parse.Problem
	Problems = parse.Problems
)

// What gates read is said in the words of package judged.
type (
	Judged             = judged.Input
	JudgedScore        = judged.Score
	JudgedFinding      = judged.Finding
	JudgedConfig       = judged.Config
	JudgedSubject      = judged.Subject
	JudgedInapplicable = judged.Inapplicable
)

// Builtin is the source of the rules and gates that come with the program.
func Builtin() Source { return parse.Builtin() }

// Framework returns the version of MAESTRO that the builtin rules are for.
func Framework() (*maestro.Framework, error) {
	data, err := policies.FS.ReadFile("layers.yaml")
	if err != nil {
		return nil, err
	}
	return maestro.ParseFramework(data)
}

// Taxonomies returns the published lists that the builtin rules refer to.
func Taxonomies() ([]maestro.Taxonomy, error) {
	data, err := policies.FS.ReadFile("references.yaml")
	if err != nil {
		return nil, err
	}
	return maestro.ParseTaxonomies(data)
}
