package codex

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

//go:embed config_keys.yaml
var keysYAML []byte

// keyTable has the keys of a configuration, with dots between levels. Those of User
// stand in one of the others too.
type keyTable struct {
	Read, Nothing, User []string
}

var keys = sync.OnceValue(func() (t keyTable) {
	if err := yaml.Unmarshal(keysYAML, &t); err != nil {
		panic(err) // a fault of the program
	}
	return t
})

func (t keyTable) all() []string { return slices.Concat(t.Read, t.Nothing) }

// named is the key of a configuration that has a name at any level, "" for none.
func (t keyTable) named(name string) string {
	all := t.all()
	if slices.Contains(all, name) {
		return name
	}
	i := slices.IndexFunc(all, func(key string) bool { return strings.HasSuffix(key, "."+name) })
	if i < 0 {
		return ""
	}
	return all[i]
}

// free are tables whose keys are names of somebody's own, or too many and too new to
// list.
var free = []string{"agents", "features", "permissions"}

// note says of each key of a table why it is in no fact. Of a project some are not
// heeded, and a key below the head of the wrong table counts for nothing.
func note(d *draft.Draft, n draft.Node, at string, project bool, own ...string) {
	t := keys()
	known := map[string]string{}
	for _, name := range own {
		known[name] = ""
	}
	for _, key := range t.all() {
		if name, ok := strings.CutPrefix(key, at); ok && !strings.Contains(name, ".") {
			known[name] = ""
			if slices.Contains(t.Nothing, key) {
				known[name] = "nothing of a profile"
			}
		}
	}
	for _, name := range n.Keys() {
		_, isKnown := known[name]
		switch right := t.named(name); {
		case project && slices.Contains(t.User, at+name):
			d.Note(origin.Misplaced, n.Get(name), "not heeded in a project, it counts in the configuration of the user")
			known[name] = ""
			continue
		case !isKnown && slices.Contains(free, strings.TrimSuffix(at, ".")):
			known[name] = ""
		case !isKnown && right != "":
			d.Note(origin.Misplaced, n.Get(name), "not heeded here, it counts as %s", right)
			known[name] = ""
		}
		if below := at + name + "."; slices.ContainsFunc(t.all(), func(key string) bool { return strings.HasPrefix(key, below) }) {
			note(d, n.Get(name), below, project)
		} else if slices.Contains(t.Nothing, at+name) {
			astray(d, n.Get(name))
		}
	}
	d.Keys(n, known)
}

// astray notes keys below the head of a table that count before the first table.
func astray(d *draft.Draft, table draft.Node, but ...string) {
	for _, name := range table.Keys() {
		if slices.Contains(keys().all(), name) && !slices.Contains(but, name) {
			d.Note(origin.Misplaced, table.Get(name), "not heeded here, it counts before the first table")
		}
	}
}
