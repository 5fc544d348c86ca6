// Package a2a reads cards by which agents present themselves to others:
// https://a2a-protocol.org. A card is known by its shape, as the version that many state
// is that of another.
//
// A card is what its publisher says of an agent, so every fact is claimed, and what it
// says of skills in words is none. An absent key leaves its fact open.
package a2a

import (
	"net/url"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of cards.
const (
	ID    = "a2a"
	Title = "an A2A agent card"
)

const (
	nothing = "nothing of a profile"
	words   = "words"
)

// Is tells whether a document is a card, of version 1.0, of 0.3, or one that says not
// where the agent is.
func Is(_ string, root draft.Node) bool {
	_, capable := root.Get("capabilities").Value.(map[string]any)
	_, skilled := root.Get("skills").Value.([]any)
	where := len(root.Get("supportedInterfaces").Items()) > 0 || root.Get("defaultInputModes").Is() || root.Get("protocolVersion").Is() && root.Get("url").Is()
	return capable && skilled && where && root.Get("name").Text() != "" && !strings.Contains(root.Get("type").Text(), "eip-8004")
}

var cardKeys = map[string]string{
	"name": "", "description": "", "version": "", "provider": "", "documentationUrl": "", "capabilities": "", "skills": "",
	"supportedInterfaces": "", "url": "", "preferredTransport": "", "additionalInterfaces": "", "protocolVersion": "",
	"securitySchemes": "", "securityRequirements": "", "security": "", "signatures": "", "supportsAuthenticatedExtendedCard": "",
	"iconUrl": nothing, "defaultInputModes": "in which forms it can be asked", "defaultOutputModes": "in which forms it answers",
}

var capabilityKeys = map[string]string{
	"streaming": "", "pushNotifications": "", "extensions": "", "extendedAgentCard": "", "stateTransitionHistory": nothing,
}

var skillKeys = map[string]string{
	"id": words, "name": words, "description": words, "tags": words, "examples": words, "inputModes": nothing, "outputModes": nothing,
	"security": "", "securityRequirements": "",
}

// Read reads a card.
func Read(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(ID, Title)
	if err != nil {
		return nil, err
	}
	name := root.Get("name")
	d.Name(in.Called(ID, name.Text()), name)
	d.Describe("title", name)
	d.Describe("summary", root.Get("description"))
	d.Describe("version", root.Get("version"))
	d.Describe("vendor", root.Get("provider", "organization"))
	d.Describe("homepage", root.Get("documentationUrl"))
	Card(d, root)
	return []*draft.Draft{d}, nil
}

// Card states what a card says that stands at a node, but who the agent is.
func Card(d *draft.Draft, root draft.Node) {
	d.Keys(root, cardKeys)
	d.Keys(root.Get("capabilities"), capabilityKeys)
	d.Set("/peers/multi_agent", true, root, draft.Claimed)
	d.Set("/peers/protocol", "a2a", root, draft.Claimed)
	interfaces(d, root)
	capabilities(d, root)
	callers(d, root)
	for _, s := range root.Get("skills").Items() {
		d.Keys(s, skillKeys)
		for _, key := range []string{"security", "securityRequirements"} {
			if n := s.Get(key); n.Is() {
				d.Note(origin.Open, n, "what this skill alone demands of callers")
			}
		}
	}
	if n := root.Get("signatures"); len(n.Items()) > 0 {
		d.Note(origin.Open, n, "is signed; the signature is not verified here")
	}
}

// interfaces states how callers speak to the agent.
func interfaces(d *draft.Draft, root draft.Node) {
	list := root.Get("supportedInterfaces").Items()
	if len(list) == 0 {
		if n := root.Get("protocolVersion"); strings.HasPrefix(n.Text(), "1.") {
			d.Note(origin.Invalid, n, "the card has the shape of version 0.3")
		}
		speaks(d, root.Get("url"), root.Get("preferredTransport").Or(root.Get("url")))
		list = root.Get("additionalInterfaces").Items()
	}
	for _, n := range list {
		d.Keys(n, map[string]string{"url": "", "protocolBinding": "", "transport": "", "protocolVersion": nothing, "tenant": nothing})
		speaks(d, n.Get("url"), n.Get("protocolBinding").Or(n.Get("transport")))
	}
	if n := root.Get("capabilities", "streaming"); n.Value == true && d.States("/network/transports") {
		d.Add("/network/transports", "sse", n, draft.Claimed)
	}
}

// speaks states a way to speak to the agent: JSON-RPC where only the address is said.
func speaks(d *draft.Draft, address, how draft.Node) {
	switch u, err := url.Parse(address.Text()); {
	case !address.Is():
		return
	case err != nil || u.Host == "":
		d.Note(origin.Invalid, address, "expected an address such as https://example.com/a2a")
	default:
		if u.User != nil {
			d.CredentialIn("", address.Text(), address)
		}
		if u.Scheme == "http" {
			d.Note(origin.Open, address, "is spoken to in clear text")
		}
	}
	switch how.Text() {
	case "GRPC":
		d.Note(origin.Open, how, "a transport that profiles have no word for")
	case "JSONRPC", "HTTP+JSON", address.Text():
		d.Add("/network/transports", "http", how, draft.Claimed)
	default:
		d.Note(origin.Open, how.Or(address), "a transport that is not of the protocol")
	}
}

// capabilities notes what the agent can do beyond answering.
func capabilities(d *draft.Draft, root draft.Node) {
	if n := root.Get("capabilities", "pushNotifications"); n.Value == true {
		d.Note(origin.Open, n, "it calls addresses that callers give")
	}
	for _, n := range []draft.Node{root.Get("capabilities", "extendedAgentCard"), root.Get("supportsAuthenticatedExtendedCard")} {
		if n.Value == true {
			d.Note(origin.Open, n, "callers that it knows get another card, which may say more")
		}
	}
	for _, e := range root.Get("capabilities", "extensions").Items() {
		d.Note(origin.Open, e, "an extension; what follows from it is not said here")
	}
}
