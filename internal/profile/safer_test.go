package profile

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestEveryFactHasASaferSide holds the annotation complete, and of the form that
// its type asks for.
func TestEveryFactHasASaferSide(t *testing.T) {
	for _, f := range Vocabulary() {
		s, ok := f.Safer, false
		if f.Optional && (f.Type != "boolean" || strings.HasSuffix(f.Pointer, "_complete")) {
			t.Errorf("%s cannot be optional", f.Pointer)
		}
		switch {
		case f.Type == "array":
			ok = s.Direction == Less || s.Direction == More || s.Direction == Neither
		case strings.HasSuffix(f.Pointer, "/*/id"):
			list, _ := TypeOf(strings.TrimSuffix(f.Pointer, "/*/id"))
			ok = s.Direction == list.Safer.Direction
		case s.Direction == Neither:
			ok = s.Values == nil && (f.Type == "string" || f.Type == "boolean")
		case f.Type == "integer":
			ok = s.Direction == Less
		case strings.HasSuffix(f.Pointer, "_complete"):
			ok = slices.Equal(s.Values, []any{true})
		case f.Type == "boolean":
			ok = len(s.Values) == 1 && (s.Values[0] == true || s.Values[0] == false) && f.Optional == (s.Values[0] == true)
		case f.Values != nil:
			ok = len(s.Values) > 0 && len(s.Values) < len(f.Values) // some value is against the agent
			for i, v := range s.Values {
				text, isText := v.(string)
				ok = ok && isText && slices.Contains(f.Values, text) && !slices.Contains(s.Values[:i], v)
			}
		}
		if !ok {
			t.Errorf("%s: %s with x-safer %+v", f.Pointer, f.Type, s)
		}
	}
}

func TestFavours(t *testing.T) {
	for _, c := range []struct {
		pointer string
		value   any
		want    bool
	}{
		{"/model/card", true, true}, {"/model/card", false, false},
		{"/model/fine_tuned", false, true}, {"/model/fine_tuned", true, false},
		{"/network/egress", "none", true}, {"/network/egress", "allowlist", true}, {"/network/egress", "open", false},
		{"/oversight/approval", "always", true}, {"/oversight/approval", "risky", false},
		{"/model/provider_retention", json.Number("0"), true}, {"/model/provider_retention", json.Number("30"), false},
		{"/tools", []any{}, true}, {"/tools/0/id", "t", false}, {"/tools/3/access/0", "execute", false}, {"/data/classes/0", "pii", false},
		{"/tools/0/kind", "shell", false}, {"/tools/0/kind", "saas", true}, {"/tools/0/access_complete", true, true}, {"/tools_complete", false, false},
		{"/compliance/certifications", []any{}, true}, {"/compliance/certifications/0/id", "soc2", true},
		{"/model/name", "x", true},
	} {
		if got := favours(c.pointer, c.value); got != c.want {
			t.Errorf("%s: %v: %v", c.pointer, c.value, got)
		}
	}
}
