package rego

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// TestMalformedFindings are errors that name file and rule, never left out.
func TestMalformedFindings(t *testing.T) {
	for _, c := range []struct{ finding, want string }{
		{`"text"`, "finding: expected an object, got string"},
		{`["model"]`, "finding: expected an object, got array"},
		{`{"fact": []}`, `finding: unknown key "fact", did you mean "facts"?`},
		{`{"xyz": []}`, `finding: unknown key "xyz", expected one of args, controls, facts, possible, severity, term`},
		{`{1: []}`, `finding: unknown key 1, expected one of args, controls, facts, possible, severity, term`},
		{`{"term": 1}`, `finding: "term": expected a text, got 1`},
		{`{"term": null}`, `finding: "term": expected a text, got null`},
		{`{"severity": 1}`, `finding: "severity": expected a text, got 1`},
		{`{"severity": "severe"}`, `finding: "severity": unknown severity "severe"`},
		{`{"possible": ""}`, `finding: "possible": unknown severity ""`},
		{`{"args": "x"}`, `finding: "args": expected a list, got "x"`},
		{`{"args": ["x", 1]}`, `finding: "args": expected a text, got 1`},
		{`{"facts": "model"}`, `finding: "facts": expected a list, got "model"`},
		{`{"facts": ["/model/name"]}`, `finding: "facts": expected a list, got "/model/name"`},
		{`{"facts": {["model", "name"]}}`, `finding: "facts": expected a list, got {["model", "name"]}`},
		{`{"facts": [["tools", true]]}`, `finding: "facts": expected texts and numbers in a path, got true`},
		{`{"facts": [["model", "nam"]]}`, `finding: "facts": ["model", "nam"] is no fact`},
		{`{"facts": [["tools", 1.5, "kind"]]}`, `finding: "facts": ["tools", 1.5, "kind"] is no fact`},
		{`{"facts": [["model", "name", "x"]]}`, `finding: "facts": ["model", "name", "x"] is no fact`},
		{`{"facts": [["metadata", "name"]]}`, `finding: "facts": ["metadata", "name"] is no fact`},
		{`{"facts": [[]]}`, `finding: "facts": [] is no fact`},
		{`{"facts": [["derived", "browse"]]}`, `finding: "facts": ["derived", "browse"] is no derived fact with facts of its own`},
		{`{"facts": [["derived", "unpinned_layers"]]}`, `finding: "facts": ["derived", "unpinned_layers"] is no derived fact with facts of its own`},
		{`{"facts": [["tools", 2]]}`, `finding: "facts": ["tools", 2] is no fact`},
		{`{"facts": [["tools", 2, "pinned"]]}`, `finding: "facts": ["tools", 2, "pinned"] is no fact`},
		{`{"facts": [["tools", 1, "access", 1]]}`, `finding: "facts": ["tools", 1, "access", 1] is no fact`},
		{`{"facts": [["tools", -1, "pinned"]]}`, `finding: "facts": ["tools", -1, "pinned"] is no fact`},
		{`{"facts": [["tools", "00", "pinned"]]}`, `finding: "facts": ["tools", "00", "pinned"] is no fact`},
		{`{"facts": [["tools", "+1", "pinned"]]}`, `finding: "facts": ["tools", "+1", "pinned"] is no fact`},
		{`{"facts": [["tools", "*", "pinned"]]}`, `finding: "facts": ["tools", "*", "pinned"] is no fact`},
		{`{"controls": [["oversight", "aproval"]]}`, `finding: "controls": ["oversight", "aproval"] is no fact`},
		{`{"controls": [["tools", 2, "pinned"]]}`, `finding: "controls": ["tools", 2, "pinned"] is no fact`},
		{`{"controls": [["tools", "*", "pinned"]]}`, `finding: "controls": ["tools", "*", "pinned"] is no fact`},
		{`{"controls": [["oversight"]]}`, "finding: controls: /oversight is no single fact"},
		{`{"controls": [["execution", "sandbox"]]}`, "finding: controls: /execution/sandbox is no single fact"},
		{`{"controls": [["tools", 0]]}`, "finding: controls: /tools/0 is no single fact"},
		{`{"controls": [["oversight", "stop"], ["tools", 1, "access", 0]]}`, "finding: controls: /tools/1/access/0 is no single fact"},
		{`{"severity": "credit"}`, "finding: severity: expected credit for a strength and for nothing else, got credit"},
		{`{"possible": "credit", "controls": [["oversight", "stop"]]}`, "finding: severity: expected credit for a strength and for nothing else, got credit"},
		{`{"possible": "critical"}`, "finding: possible: expected at most the severity when confirmed, got critical"},
		{`{"severity": "low", "possible": "medium"}`, "finding: possible: expected at most the severity when confirmed, got medium"},
	} {
		// A sound rule beside it and a sound finding of its own do not help.
		e := load(t, source("good.rego", module("org.test.good", fires), "rule.rego",
			module("org.test.rule", "findings contains {}\n\nfindings contains "+c.finding)))
		found, err := judge(t, e, agent(t, "tools: [{id: a}, {id: b, access: [read]}]"))
		if want := "acme/rule.rego:1: org.test/rule: " + c.want; err == nil || err.Error() != want || found != nil {
			t.Errorf("%s\ngot  %v, %v\nwant %s", c.finding, found, err, want)
		}
	}
}

// TestStrengthsAreCredits, whatever a finding says of itself.
func TestStrengthsAreCredits(t *testing.T) {
	strength := []string{"kind: strength", "severity: credit", "controls: [/oversight/stop]"}
	for _, finding := range []string{`{"severity": "info"}`, `{"severity": "critical"}`, `{"severity": "low", "possible": "credit"}`} {
		found, err := judge(t, rule(t, "findings contains "+finding, strength...), agent(t, "oversight: {stop: true}"))
		if err == nil || found != nil || !strings.HasPrefix(err.Error(), "acme/rule.rego:1: org.test/rule: finding: severity: expected credit for a strength") {
			t.Errorf("%s: got %v, %v", finding, found, err)
		}
	}
	for _, finding := range []string{`{}`, `{"severity": "credit"}`, `{"possible": "credit"}`} {
		for _, facts := range []string{"", "oversight: {stop: true}"} {
			if got := only(t, rule(t, "findings contains "+finding, strength...), facts); got.Severity != "credit" {
				t.Errorf("%s of %q: got %s", finding, facts, got.Severity)
			}
		}
	}
}

// TestIndexIntoWhatIsUndisclosed: an item of a list that nobody has disclosed is
// no fact, and no control that could be disclosed.
func TestIndexIntoWhatIsUndisclosed(t *testing.T) {
	for _, key := range []string{"facts", "controls"} {
		for _, path := range []string{`["tools", 0, "pinned"]`, `["tools", "*", "pinned"]`, `["compliance", "certifications", 0, "id"]`} {
			found, err := judge(t, rule(t, `findings contains {"`+key+`": [`+path+`]}`), agent(t, ""))
			if want := `acme/rule.rego:1: org.test/rule: finding: "` + key + `": ` + path + " is no fact"; err == nil || err.Error() != want {
				t.Errorf("got  %+v, %v\nwant %s", found, err, want)
			}
		}
	}
}

// TestRuntimeErrors of a rule are errors of the evaluation with their place. The
// same rules are silent where the input does not lead to the error.
func TestRuntimeErrors(t *testing.T) {
	for _, c := range []struct{ condition, want string }{
		{`1 / input.model.provider_retention > 1`, "acme/rule.rego:11:25: div: divide by zero"},
		{`1 % input.model.provider_retention > 1`, "acme/rule.rego:11:25: rem: modulo by zero"},
		{`to_number(input.model.name) > 1`, `acme/rule.rego:11:25: to_number: strconv.ParseFloat: parsing "x": invalid syntax`},
		{`object.get(input.model, "name", 0) + 1 > 1`, "acme/rule.rego:11:25: plus: operand 1 must be number but got string"},
		{`json.unmarshal(input.model.name)`, "acme/rule.rego:11:25: json.unmarshal: invalid character 'x' looking for beginning of value"},
		{`contains(object.get(input.model, "provider_retention", ""), "x")`, "acme/rule.rego:11:25: contains: operand 1 must be string but got number"},
		{`regex.match(sprintf("[%s", [input.model.name]), "x")`, "acme/rule.rego:11:25: regex.match: error parsing regexp: missing closing ]: `[x`"},
		{`not to_number(input.model.name)`, `acme/rule.rego:11:25: to_number: strconv.ParseFloat: parsing "x": invalid syntax`},
		{`count([1 | to_number(input.model.name) > 1]) == 2`, `acme/rule.rego:11:36: to_number: strconv.ParseFloat: parsing "x": invalid syntax`},
	} {
		e := load(t, source("good.rego", module("org.test.good", `findings contains {} if input.model`), "rule.rego",
			module("org.test.rule", "findings contains {} if "+c.condition)))
		found, err := judge(t, e, agent(t, "model: {name: x, provider_retention: 0}"))
		if err == nil || err.Error() != c.want || found != nil {
			t.Errorf("%s\ngot  %v, %v\nwant %s", c.condition, found, err, c.want)
		}
		if _, err := judge(t, e, agent(t, "")); err != nil {
			t.Errorf("%s: of an undisclosed fact: %v", c.condition, err)
		}
	}
}

func TestConflictingValues(t *testing.T) {
	e := rule(t, "findings contains {\"severity\": severity}\n\nseverity := \"low\" if input.model.name\n\nseverity := \"high\" if input.model.card")
	if found := findings(t, e, agent(t, "model: {name: x}\n")); len(found) != 1 || found[0].Severity != "low" {
		t.Errorf("got %+v", found)
	}
	found, err := judge(t, e, agent(t, "model: {name: x, card: true}"))
	if err == nil || found != nil || !strings.HasPrefix(err.Error(), "acme/rule.rego:15:1: rule data.org.test.rule.severity produced conflicting values:") {
		t.Errorf("got %v, %v", found, err)
	}
}

// endless would run for hours where the model is called loop.
const endless = `findings contains {} if {
	input.model.name == "loop"
	some i in numbers.range(1, 100000)
	some j in numbers.range(1, 100000)
	some k in numbers.range(1, 100000)
	i + j + k == 0
}`

func TestTimeLimit(t *testing.T) {
	e := rule(t, endless)
	p := agent(t, "model: {name: loop}")
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	found, err := e.Findings(ctx, subject(t, p))
	if err == nil || err.Error() != "evaluation: not done within the time limit: context deadline exceeded" || found != nil {
		t.Errorf("got %v, %v", found, err)
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v is not the error of the context", err)
	}
	// The engine has survived it.
	if found := findings(t, e, agent(t, "model: {name: other}")); len(found) != 0 {
		t.Errorf("got %v", found)
	}
}

func TestCancel(t *testing.T) {
	e := rule(t, endless)
	for name, during := range map[string]bool{"before": false, "during": true} {
		p := agent(t, "model: {name: loop}")
		ctx, cancel := context.WithCancel(context.Background())
		if during {
			time.AfterFunc(20*time.Millisecond, cancel)
		} else {
			cancel()
		}
		_, err := e.Findings(ctx, subject(t, p))
		if err == nil || err.Error() != "evaluation: not done: context canceled" || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", name, err)
		}
		cancel()
	}
}
