package claude

import (
	_ "embed"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

//go:embed settings_keys.yaml
var keysYAML []byte

// keyTable has the keys of settings, with dots between levels, by where they count.
type keyTable struct {
	Any, Local, User, Managed, Global []string
	// all are the keys of all lists.
	all []string
}

var keys = sync.OnceValue(func() (t keyTable) {
	if err := yaml.Unmarshal(keysYAML, &t); err != nil {
		panic(err) // a fault of the program
	}
	t.all = slices.Concat(t.Any, t.Local, t.User, t.Managed, t.Global)
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

// read are the keys that facts are made of, or whose parts are looked at, and the
// type that the host demands of each.
var read = map[string]any{
	"agent": "", "autoUpdatesChannel": "", "autoMemoryEnabled": false, "model": "",
	"disabledMcpjsonServers": []any{}, "enableAllProjectMcpServers": false, "enabledMcpjsonServers": []any{},
	"env": map[string]any{}, "hooks": map[string]any{},
	"permissions": map[string]any{}, "permissions.additionalDirectories": []any{}, "permissions.defaultMode": "",
	"permissions.allow": []any{}, "permissions.ask": []any{}, "permissions.deny": []any{}, "permissions.disableBypassPermissionsMode": "",
	"sandbox": map[string]any{}, "sandbox.enabled": false, "sandbox.allowUnsandboxedCommands": false, "sandbox.autoAllowBashIfSandboxed": false,
	"sandbox.enableWeakerNestedSandbox": false, "sandbox.enableWeakerNetworkIsolation": false, "sandbox.excludedCommands": []any{}, "sandbox.failIfUnavailable": false,
	"sandbox.filesystem": map[string]any{}, "sandbox.network": map[string]any{}, "sandbox.network.allowedDomains": []any{},
}

// valid tells whether what is read has its types; the host rejects the whole file of
// a project otherwise.
func valid(d *draft.Draft, root draft.Node) bool {
	ok := true
	invalid := func(n draft.Node, expected string) {
		d.Note(origin.Invalid, n, "expected %s, got %s; the host rejects the whole file, so nothing in it counts", expected, document.TypeOnly(n.Value))
		ok = false
	}
	for _, key := range slices.Sorted(maps.Keys(read)) {
		n := root.Get(strings.Split(key, ".")...)
		switch {
		case n.Is() && reflect.TypeOf(n.Value) != reflect.TypeOf(read[key]):
			invalid(n, document.TypeOnly(read[key]))
		case n.Is() && key == "permissions.defaultMode" && !slices.Contains(modes, n.Text()):
			invalid(n, "a mode such as default or plan")
		}
		for _, item := range n.Items() {
			if item.Text() == "" {
				invalid(item, "a text")
			}
		}
	}
	return ok
}

// note says of each key of an object in settings why it is in no fact: nothing of a
// profile, not heeded where it stands, or not known.
func note(d *draft.Draft, n draft.Node, at string, local bool) {
	t := keys()
	known := map[string]string{}
	for _, key := range t.all {
		if name, ok := strings.CutPrefix(key, at); ok && !strings.Contains(name, ".") {
			known[name] = "nothing of a profile"
			if _, ok := read[key]; ok {
				known[name] = ""
			}
		}
	}
	for _, name := range n.Keys() {
		key := at + name
		where := t.elsewhere(key, local)
		_, isKnown := known[name]
		right := slices.IndexFunc(t.all, func(k string) bool { return k == name || strings.HasSuffix(k, "."+name) })
		switch {
		case where != "":
			d.Note(origin.Misplaced, n.Get(name), "not heeded here, it counts in %s", where)
			known[name] = ""
		case !isKnown && right >= 0:
			d.Note(origin.Misplaced, n.Get(name), "not heeded here, it counts as %s", t.all[right])
			known[name] = ""
		}
		if below := key + "."; known[name] == "" && slices.ContainsFunc(t.all, func(k string) bool { return strings.HasPrefix(k, below) }) {
			note(d, n.Get(name), below, local)
		}
	}
	d.Keys(n, known)
}
