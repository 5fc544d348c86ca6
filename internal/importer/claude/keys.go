package claude

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

//go:embed settings_keys.yaml
var keysYAML []byte

// keyTable has the keys of settings, with dots between levels, by where they count.
type keyTable struct {
	Any, Local, User, Managed, Global []string
}

var keys = sync.OnceValue(func() (t keyTable) {
	if err := yaml.Unmarshal(keysYAML, &t); err != nil {
		panic(err) // a fault of the program
	}
	return t
})

// elsewhere says where a key counts that does not in a file of a project, "" for one
// that does.
func (t keyTable) elsewhere(key string, local bool) string {
	switch {
	case slices.Contains(t.Local, key) && !local:
		return "settings of the user, local or managed ones"
	case slices.Contains(t.User, key):
		return "settings of the user or managed ones"
	case slices.Contains(t.Managed, key):
		return "managed settings"
	case slices.Contains(t.Global, key):
		return "~/.claude.json"
	}
	return ""
}

func (t keyTable) all() []string {
	return slices.Concat(t.Any, t.Local, t.User, t.Managed, t.Global)
}

// read are the keys that facts are made of, or whose parts are looked at.
var read = []string{
	"agent", "autoUpdatesChannel", "autoMemoryEnabled", "disabledMcpjsonServers", "enableAllProjectMcpServers", "enabledMcpjsonServers", "env", "hooks", "model",
	"permissions", "permissions.additionalDirectories", "permissions.allow", "permissions.ask", "permissions.defaultMode", "permissions.deny", "permissions.disableBypassPermissionsMode",
	"sandbox", "sandbox.allowUnsandboxedCommands", "sandbox.autoAllowBashIfSandboxed", "sandbox.enabled", "sandbox.enableWeakerNestedSandbox", "sandbox.enableWeakerNetworkIsolation",
	"sandbox.excludedCommands", "sandbox.failIfUnavailable", "sandbox.filesystem", "sandbox.network", "sandbox.network.allowedDomains",
}

// note says of each key of an object in settings why it is in no fact: nothing of a
// profile, not heeded where it stands, or not known.
func note(d *draft.Draft, n draft.Node, at string, local bool) {
	t := keys()
	known := map[string]string{}
	for _, key := range t.all() {
		if name, ok := strings.CutPrefix(key, at); ok && !strings.Contains(name, ".") {
			known[name] = "nothing of a profile"
			if slices.Contains(read, key) {
				known[name] = ""
			}
		}
	}
	for _, name := range n.Keys() {
		key := at + name
		where := t.elsewhere(key, local)
		_, isKnown := known[name]
		right := slices.IndexFunc(t.all(), func(k string) bool { return k == name || strings.HasSuffix(k, "."+name) })
		switch {
		case where != "":
			d.Note(origin.Misplaced, n.Get(name), "not heeded here, it counts in %s", where)
			known[name] = ""
		case !isKnown && right >= 0:
			d.Note(origin.Misplaced, n.Get(name), "not heeded here, it counts as %s", t.all()[right])
			known[name] = ""
		}
		if below := key + "."; known[name] == "" && slices.ContainsFunc(t.all(), func(k string) bool { return strings.HasPrefix(k, below) }) {
			note(d, n.Get(name), below, local)
		}
	}
	d.Keys(n, known)
}
