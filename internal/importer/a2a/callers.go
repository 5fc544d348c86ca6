package a2a

import (
	"slices"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// scheme is a way by which callers are known, in the words of both versions.
type scheme struct {
	kind string
	draft.Node
}

// wrappers are the keys by which 1.0 says the kind of a scheme, and the words of 0.3.
var wrappers = map[string]string{
	"apiKeySecurityScheme": "apiKey", "httpAuthSecurityScheme": "http", "oauth2SecurityScheme": "oauth2",
	"openIdConnectSecurityScheme": "openIdConnect", "mtlsSecurityScheme": "mutualTLS",
}

func schemeOf(n draft.Node) scheme {
	for _, key := range n.Keys() {
		if kind, ok := wrappers[key]; ok {
			return scheme{kind, n.Get(key)}
		}
	}
	return scheme{n.Get("type").Text(), n}
}

// callers states whether and how callers are authenticated. Without a word of it that is
// open; a list that is there and empty says that nobody is asked.
func callers(d *draft.Draft, root draft.Node) {
	schemes := root.Get("securitySchemes")
	demands := root.Get("securityRequirements").Or(root.Get("security"))
	switch required, free := required(demands); {
	case demands.Is() && len(demands.Items()) == 0, schemes.Is() && len(schemes.Keys()) == 0 && len(required) == 0:
		d.Set("/identity/caller_auth", false, demands.Or(schemes), draft.Claimed)
	case len(required) > 0:
		d.Set("/identity/caller_auth", value(free), demands, draft.Claimed)
		ways(d, schemes, required)
	case schemes.Is():
		// What can be used and is demanded of nobody.
		d.Set("/identity/caller_auth", "optional", schemes, draft.Claimed)
		ways(d, schemes, named(schemes))
	}
}

// value is the fact that callers are authenticated, some may be free not to be.
func value(free bool) any {
	if free {
		return "optional"
	}
	return true
}

// demanded is a scheme that is named, and where.
type demanded struct {
	name string
	at   draft.Node
}

// required are the schemes that are demanded, and whether one of the ways to meet the
// demand is to show nothing.
func required(demands draft.Node) (out []demanded, free bool) {
	for _, way := range demands.Items() {
		all := way.Get("schemes").Or(way)
		free = free || len(all.Keys()) == 0
		for _, name := range all.Keys() {
			out = append(out, demanded{name, all.Get(name)})
		}
	}
	return out, free
}

func named(schemes draft.Node) (out []demanded) {
	for _, name := range schemes.Keys() {
		out = append(out, demanded{name, schemes.Get(name)})
	}
	return out
}

// ways states by what callers are authenticated.
func ways(d *draft.Draft, schemes draft.Node, names []demanded) {
	words := map[string]string{"apiKey": "api_key", "oauth2": "oauth", "openIdConnect": "sso", "mutualTLS": "mtls"}
	for _, by := range names {
		n := schemes.Get(by.name)
		s := schemeOf(n)
		word := words[s.kind]
		switch {
		case !n.Is():
			d.Note(origin.Invalid, by.at, "no scheme has this name")
			continue
		case s.kind == "http" && slices.Contains([]string{"basic", "Basic"}, s.Get("scheme").Text()):
			word = "password"
		case s.kind == "http":
			d.Note(origin.Open, n, "a token, of which who issues it is not said")
		case word == "":
			d.Note(origin.Invalid, n, "expected a scheme such as oauth2")
		}
		if word != "" {
			d.Add("/identity/caller_auth_by", word, n, draft.Claimed)
		}
		weak(d, s)
	}
}

// weak notes what of a scheme is known to fail.
func weak(d *draft.Draft, s scheme) {
	if n := s.Get("in").Or(s.Get("location")); s.kind == "apiKey" && n.Text() == "query" {
		d.Note(origin.Open, n, "the key stands in addresses, which are logged")
	}
	flows := s.Get("flows")
	for _, key := range []string{"implicit", "password"} {
		if n := flows.Get(key); n.Is() {
			d.Note(origin.Open, n, "a flow that is no longer to be used")
		}
	}
	if n := flows.Get("authorizationCode", "pkceRequired"); n.Value == false {
		d.Note(origin.Open, n, "codes can be used by whoever catches them")
	}
}
