package rego

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// TestExamplesArePure: the test beside a rule is no way round the capabilities.
func TestExamplesArePure(t *testing.T) {
	e := load(t, source(
		"rule.rego", module("org.test.rule", fires),
		"rule_test.rego", "package org.test.rule_test\n\nbad := {\"x\": http.send({\"method\": \"get\", \"url\": \"http://localhost\"})}\n\ngood := {\"y\": 1}"))
	if _, _, err := e.Examples(context.Background(), "org.test/rule"); err == nil || !strings.Contains(err.Error(), "undefined function http.send") {
		t.Errorf("got %v", err)
	}
}

func TestExamples(t *testing.T) {
	e := load(t, source(
		"lib.rego", "package org.test.lib\n\nx := 1",
		"rule.rego", module("org.test.rule", fires),
		"rule_test.rego", "package org.test.rule_test\n\nimport data.org.test.lib\n\nbad := {\"x\": lib.x}"))
	bad, good, err := e.Examples(context.Background(), "org.test/rule")
	if err != nil || fmt.Sprint(bad) != "map[x:1]" || good != nil {
		t.Errorf("got %v, %v, %v", bad, good, err)
	}
	if bad, good, err := rule(t, fires).Examples(context.Background(), "org.test/rule"); bad != nil || good != nil || err != nil {
		t.Errorf("without a test: got %v, %v, %v", bad, good, err)
	}
}

func TestReads(t *testing.T) {
	e := rule(t, `findings contains {"facts": [["model", "name"]]} if {
	input.derived.browses
	some tool in input.tools
	tool.pinned
	not input.execution.sandbox.present
}`)
	if got, want := strings.Join(e.Reads("org.test/rule"), " "), "/derived/browses /execution/sandbox/present /tools"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestReadsOfHelpers: what a package reads that a rule uses, the rule reads.
func TestReadsOfHelpers(t *testing.T) {
	e := load(t, source(
		"lib.rego", "package org.test.lib\n\nimport data.org.test.deep\n\nsafe if {\n\tinput.execution.sandbox.present\n\tdeep.told\n}",
		"deep.rego", "package org.test.deep\n\ntold if input.model.name",
		"other.rego", "package org.test.other\n\ntold if input.memory.persistent",
		"rule.rego", module("org.test.rule", "import data.org.test.lib\n\nfindings contains {\"facts\": [[\"network\", \"egress\"]]} if {\n\tinput.network.egress == \"open\"\n\tnot lib.safe\n}")))
	if got, want := strings.Join(e.Reads("org.test/rule"), " "), "/execution/sandbox/present /model/name /network/egress"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
