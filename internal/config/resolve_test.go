package config

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/maestro"
)

// catalogue is a small set of rules.
func catalogue() []maestro.Rule {
	rule := func(id string, k maestro.Kind, s maestro.Severity, collections ...string) maestro.Rule {
		return maestro.Rule{ID: id, Kind: k, Severity: s, Possible: s.Lower(), Collections: collections}
	}
	return []maestro.Rule{
		rule("L4/egress-open", maestro.Weakness, maestro.High),
		rule("L4/sandbox-undisclosed", maestro.Gap, maestro.Medium),
		rule("L4/contained", maestro.Strength, maestro.Credit),
		rule("XL/trifecta", maestro.Combination, maestro.Critical),
		rule("org.acme/owner", maestro.Gap, maestro.Low, "production"),
		rule("org.acme.pay/limit", maestro.Weakness, maestro.Medium, "production", "payments"),
	}
}

// made resolves layers, the topmost first, of which each extends the one before.
func made(t testing.TB, flags []string, texts ...string) (*Consequences, error) {
	t.Helper()
	layers := map[string]string{}
	for i, text := range texts {
		if i > 0 {
			text = fmt.Sprintf("extends: [l%d]\n", i-1) + text
		}
		layers[fmt.Sprint("l", i)] = text
	}
	c, err := Load(files(layers), fmt.Sprint("l", len(texts)-1), flags...)
	if err != nil {
		return nil, err
	}
	return c.Resolve(catalogue(), []string{"gate", "org.acme.gate"})
}

// effective writes severity and action of every rule that is not as by default.
func effective(q *Consequences) string {
	var out []string
	for _, r := range catalogue() {
		s, a, _ := q.Of(r)
		if s != r.Severity || a != Enforce {
			out = append(out, fmt.Sprintf("%s %s %s", r.ID, s, a))
		}
	}
	return strings.Join(out, "; ")
}

func TestResolve(t *testing.T) {
	for name, c := range map[string]struct {
		flags  []string
		layers []string
		want   string
	}{
		"one rule":        {nil, []string{"rules: [{select: L4/egress-open, severity: critical}]\n"}, "L4/egress-open critical enforce"},
		"folder":          {nil, []string{"rules: [{select: org.acme/*, severity: high}]\n"}, "org.acme/owner high enforce; org.acme.pay/limit high enforce"},
		"strengths stay":  {nil, []string{"rules: [{select: L4/*, severity: high}]\n"}, "L4/sandbox-undisclosed high enforce"},
		"collection":      {nil, []string{"rules: [{select: \"@payments\", severity: high}]\n"}, "org.acme.pay/limit high enforce"},
		"kind":            {nil, []string{"rules: [{select: kind:gap, action: warn, reason: r}]\n"}, "L4/sandbox-undisclosed medium warn; org.acme/owner low warn"},
		"the narrowest":   {nil, []string{"rules: [{select: \"*\", severity: info}, {select: kind:gap, severity: low}, {select: \"@production\", severity: medium}, {select: org.acme/*, severity: high}, {select: org.acme.pay/*, severity: critical}, {select: org.acme/owner, action: off, reason: r}]\n"}, "L4/egress-open info enforce; L4/sandbox-undisclosed low enforce; XL/trifecta info enforce; org.acme/owner low off; org.acme.pay/limit critical enforce"},
		"below wins":      {nil, []string{"rules: [{select: L4/egress-open, severity: critical}]\n", "rules: [{select: \"*\", severity: low}]\n"}, "L4/egress-open low enforce; L4/sandbox-undisclosed low enforce; XL/trifecta low enforce; org.acme.pay/limit low enforce"},
		"on again":        {nil, []string{"rules: [{select: kind:gap, action: off, reason: r}]\n", "rules: [{select: L4/*, action: enforce}]\n"}, "org.acme/owner low off"},
		"floor":           {nil, []string{"locks: [{select: \"@production\", floor: high}]\n"}, "org.acme/owner high enforce; org.acme.pay/limit high enforce"},
		"above the floor": {nil, []string{"locks: [{select: XL/trifecta, floor: medium}]\n", "rules: [{select: XL/*, severity: high}]\n"}, "XL/trifecta high enforce"},
		"locked, tighter": {nil, []string{"locks: [{select: L4/*}]\n", "rules: [{select: L4/egress-open, severity: critical}]\n"}, "L4/egress-open critical enforce"},
		"flag":            {[]string{"rules[L4/*]=high", "rules[*]=medium"}, []string{"rules: [{select: XL/trifecta, severity: low}]\n"}, "L4/sandbox-undisclosed high enforce; XL/trifecta medium enforce; org.acme/owner medium enforce"},
	} {
		q, err := made(t, c.flags, c.layers...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := effective(q); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}

func TestResolveRefused(t *testing.T) {
	for name, c := range map[string]struct {
		layers []string
		want   string
	}{
		"nothing":             {[]string{"rules: [{select: L4/egres-open, severity: low}]\n"}, `l0:3:9: rules[0]: L4/egres-open selects no rule, did you mean "L4/egress-open"?`},
		"no collection":       {[]string{"rules: [{select: \"@prodution\", severity: low}]\n"}, `did you mean "@production"?`},
		"no folder":           {[]string{"locks: [{select: L9/*}]\n"}, `l0:3:9: locks[0]: L9/* selects no rule, did you mean "L4/*"?`},
		"equally":             {[]string{"rules: [{select: \"@production\", severity: low}, {select: \"@payments\", severity: high}]\n"}, "l0:3:49: rules[1]: @payments and @production in line 3 are equally specific, and both select org.acme.pay/limit"},
		"twice":               {[]string{"rules: [{select: L4/*, severity: low}, {select: L4/*, severity: low}]\n"}, "are equally specific"},
		"strength":            {[]string{"rules: [{select: L4/contained, severity: low}]\n"}, "L4/contained is a strength and has no severity"},
		"locked":              {[]string{"locks: [{select: L4/*}]\n", "rules: [{select: L4/egress-open, severity: medium}]\n"}, "l1:4:9: rules[0]: L4/egress-open may not fall below high, which is locked by l0:3; got medium"},
		"locked, off":         {[]string{"locks: [{select: L4/*}]\n", "rules: [{select: L4/egress-open, action: off, reason: r}]\n"}, "L4/egress-open may not be set to off: it is locked by l0:3"},
		"locked, warn":        {[]string{"locks: [{select: L4/*}]\n", "rules: [{select: \"*\", action: warn, reason: r}]\n"}, "may not be set to warn: it is locked by l0:3"},
		"below the floor":     {[]string{"locks: [{select: XL/trifecta, floor: high}]\n", "rules: [{select: XL/*, severity: medium}]\n"}, "XL/trifecta may not fall below"},
		"two locks":           {[]string{"locks: [{select: XL/*, floor: low}]\n", "locks: [{select: XL/trifecta, floor: high}]\n", "rules: [{select: XL/trifecta, severity: low}]\n"}, "may not fall below"},
		"the high lock first": {[]string{"locks: [{select: XL/trifecta, floor: high}]\n", "locks: [{select: XL/*, floor: low}]\n", "rules: [{select: XL/trifecta, severity: medium}]\n"}, "XL/trifecta may not fall below high, which is locked by l0:3; got medium"},
		"locks of one layer":  {[]string{"locks: [{select: XL/trifecta, floor: high}, {select: '*', floor: info}]\n", "rules: [{select: XL/trifecta, severity: medium}]\n"}, "XL/trifecta may not fall below high, which is locked by l0:3; got medium"},
		"the other way":       {[]string{"locks: [{select: '*', floor: info}, {select: XL/trifecta, floor: high}]\n", "rules: [{select: XL/trifecta, severity: medium}]\n"}, "XL/trifecta may not fall below high, which is locked by l0:3; got medium"},
		"gate":                {[]string{"gates: [{gate: org.acme.gat, action: off, reason: r}]\n"}, `l0:3:9: gates[0]: unknown gate "org.acme.gat", did you mean "org.acme.gate"?`},
		"locked gate":         {[]string{"locks: [{gate: gate}]\n", "gates: [{gate: gate, action: off, reason: r}]\n"}, "l1:4:9: gates[0]: gate may not be set to off: it is locked by l0:3"},
		"unknown lock":        {[]string{"locks: [{gate: gat}]\n"}, `unknown gate "gat", did you mean "gate"?`},
	} {
		if _, err := made(t, nil, c.layers...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s\ngot  %v\nwant %s", name, err, c.want)
		}
	}
}

// found makes a finding of a rule, with a severity of its own.
func found(rule string, s maestro.Severity, status maestro.Status) maestro.Finding {
	rules := catalogue()
	i := slices.IndexFunc(rules, func(r maestro.Rule) bool { return r.ID == rule })
	return maestro.Finding{Rule: &rules[i], Severity: s, Status: status}
}

func TestApply(t *testing.T) {
	for name, c := range map[string]struct {
		layers   []string
		severity maestro.Severity
		status   maestro.Status
		want     string
	}{
		"confirmed":          {[]string{"rules: [{select: L4/egress-open, severity: critical}]\n"}, "high", "confirmed", "critical l0:3"},
		"possible":           {[]string{"rules: [{select: L4/egress-open, severity: critical}]\n"}, "medium", "possible", "high l0:3"},
		"its own":            {[]string{"rules: [{select: L4/egress-open, severity: medium}]\n"}, "critical", "confirmed", "medium l0:3"},
		"its own, locked":    {[]string{"locks: [{select: L4/egress-open}]\n", "rules: [{select: L4/*, severity: high}]\n"}, "critical", "confirmed", "critical "},
		"its own, two locks": {[]string{"locks: [{select: L4/egress-open}]\n", "locks: [{select: L4/egress-open, floor: low}]\n", "rules: [{select: L4/*, severity: high}]\n"}, "critical", "confirmed", "critical "},
		"raised, locked":     {[]string{"locks: [{select: L4/egress-open, floor: high}]\n", "rules: [{select: L4/*, severity: high}]\n"}, "low", "confirmed", "high l0:3"},
		"possible, floor":    {[]string{"locks: [{select: L4/egress-open, floor: critical}]\n"}, "low", "possible", "high l0:3"},
		"as it is":           {[]string{"rules: [{select: XL/trifecta, severity: low}]\n"}, "high", "confirmed", "high "},
		"warn":               {[]string{"rules: [{select: L4/egress-open, action: warn, reason: r}]\n"}, "high", "confirmed", "high l0:3 warn"},
		"warn and severity":  {[]string{"rules: [{select: L4/egress-open, action: warn, severity: low, reason: r}]\n"}, "high", "confirmed", "low l0:3 warn"},
		"off":                {[]string{"rules: [{select: L4/egress-open, action: off, reason: r}]\n"}, "high", "confirmed", "gone"},
	} {
		q, err := made(t, nil, c.layers...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := "gone"
		if out := q.Apply([]maestro.Finding{found("L4/egress-open", c.severity, c.status)}); len(out) == 1 {
			got = fmt.Sprintf("%s %s", out[0].Severity, out[0].SetBy)
			if out[0].Warn {
				got += " warn"
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	var none *Consequences
	if out := none.Apply([]maestro.Finding{found("XL/trifecta", "high", "possible")}); len(out) != 1 || out[0].Severity != "high" {
		t.Errorf("without a configuration: %+v", out)
	}
}

// TestLocksHold: whatever layers below a lock say and are let through, no finding
// is less severe than it would be without them.
func TestLocksHold(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	selectors := []string{"L4/egress-open", "L4/*", "XL/trifecta", "org.acme/*", "'@payments'", "kind:weakness", "'*'"}
	severities := maestro.Severities()[:5]
	pick := func(list []string) string { return list[r.Intn(len(list))] }
	severity := func() maestro.Severity { return severities[r.Intn(len(severities))] }
	accepted := 0
	for range 3000 {
		upper := fmt.Sprintf("rules: [{select: %s, severity: %s}]\nlocks: [{select: %s}, {select: %s, floor: %s}]\n",
			pick(selectors), severity(), pick(selectors), pick(selectors), severity())
		lower := fmt.Sprintf("rules: [{select: %s, severity: %s}]\n", pick(selectors), severity())
		before, err := made(t, nil, upper)
		if err != nil {
			t.Fatal(err)
		}
		after, err := made(t, nil, upper, lower)
		if err != nil {
			continue
		}
		accepted++
		for _, rule := range catalogue() {
			if before.rules[rule.ID].locked == (Place{}) || rule.Kind == maestro.Strength {
				continue
			}
			own, status := severity(), []maestro.Status{maestro.Confirmed, maestro.Possible}[r.Intn(2)]
			x := before.Apply([]maestro.Finding{found(rule.ID, own, status)})[0]
			y := after.Apply([]maestro.Finding{found(rule.ID, own, status)})[0]
			floor := before.rules[rule.ID].floor
			if status == maestro.Possible {
				floor = floor.Lower()
			}
			if y.Severity.Rank() > x.Severity.Rank() && y.Severity.Rank() > floor.Rank() {
				t.Fatalf("%s %s %s: %s falls to %s\n%s%s", rule.ID, own, status, x.Severity, y.Severity, upper, lower)
			}
		}
	}
	if accepted < 300 {
		t.Errorf("only %d configurations were accepted", accepted)
	}
}
