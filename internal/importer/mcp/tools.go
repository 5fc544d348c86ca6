package mcp

import (
	"path"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of a saved answer to tools/list:
// https://modelcontextprotocol.io/specification/2025-11-25/server/tools
const (
	ToolsID    = "mcp-tools"
	ToolsTitle = "the saved list of an MCP server's tools"
)

// listed is the list of tools of a document, as the answer or what it has of a result.
func listed(root draft.Node) draft.Node {
	for _, keys := range [][]string{{"tools"}, {"result", "tools"}} {
		if n := root.Get(keys...); len(n.Items()) > 0 {
			return n
		}
	}
	return draft.Node{}
}

// IsTools tells whether a document is such a list.
func IsTools(_ string, root draft.Node) bool {
	items := listed(root).Items()
	for _, t := range items {
		if t.Get("name").Text() == "" || !t.Get("inputSchema").Is() {
			return false
		}
	}
	return len(items) > 0
}

var toolKeys = map[string]string{
	"name": "", "annotations": "", "title": "words", "description": "words", "inputSchema": "what it is called with", "outputSchema": "what it answers", "icons": nothing, "_meta": nothing, "execution": nothing,
}

var hintKeys = map[string]string{"title": "words", "readOnlyHint": "", "destructiveHint": "", "openWorldHint": "", "idempotentHint": "whether a second call does more"}

// Tools reads the tools of a server. What they do are hints of whoever publishes it; of
// a hint that is absent the protocol says what it is.
func Tools(in draft.Input) ([]*draft.Draft, error) {
	d, root, err := in.Begin(ToolsID, ToolsTitle)
	if err != nil {
		return nil, err
	}
	d.Name(in.Called(strings.TrimSuffix(path.Base(in.Name), path.Ext(in.Name))), draft.Node{})
	d.Subject("tool_server", root)
	list := listed(root)
	seen := map[string]bool{}
	for _, n := range list.Items() {
		name := n.Get("name").Text()
		if seen[name] {
			d.Note(origin.Invalid, n.Get("name"), "stands twice")
			continue
		}
		seen[name] = true
		d.Keys(n, toolKeys)
		d.Keys(n.Get("annotations"), hintKeys)
		tool(d, n)
	}
	if more := nextOf(root); more.Is() {
		d.Note(origin.Open, more, "there are more tools, which this answer does not have")
	} else {
		d.Set("/tools_complete", true, list, draft.Configured)
	}
	return []*draft.Draft{d}, nil
}

// nextOf is where an answer says that there is more.
func nextOf(root draft.Node) draft.Node {
	if n := root.Get("nextCursor"); n.Is() {
		return n
	}
	return root.Get("result", "nextCursor")
}

// tool states what a tool of the server does.
func tool(d *draft.Draft, n draft.Node) {
	t := d.Tool(n.Get("name").Text(), n, draft.Configured)
	t.Set("kind", "function", n, draft.Default)
	t.Set("party", "own", n, draft.Default)
	hint := func(key string, absent bool) (bool, draft.Node, draft.Basis) {
		at := n.Get("annotations", key)
		value, ok := at.Flag()
		switch {
		case ok:
			return value, at, draft.Claimed
		case at.Is():
			d.Note(origin.Invalid, at, "expected true or false, got %s", document.TypeOnly(at.Value))
		}
		return absent, n, draft.Default
	}
	if reads, at, basis := hint("readOnlyHint", false); reads {
		t.Access([]string{"read"}, true, at, basis)
	} else {
		t.Access([]string{"write"}, false, at, basis)
		if destroys, at, basis := hint("destructiveHint", true); destroys {
			t.Access([]string{"delete"}, false, at, basis)
		}
	}
	audience := map[bool]string{true: "external", false: "internal"}
	open, at, basis := hint("openWorldHint", true)
	t.Set("audience", audience[open], at, basis)
}
