package kagent

import (
	"bytes"
	"path"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
)

// cluster is what resources can be read: those of the file, and of the files beside it.
type cluster struct {
	in  draft.Input
	own []draft.Node
}

// find returns the spec of the resource of a kind and name. It is not ok where there is
// none, or where several files beside have one: which of them counts is not said.
func (a *agent) find(kind, namespace, name string) (spec draft.Node, ok bool, err error) {
	wanted := func(r draft.Node) bool {
		meta := r.Get("metadata")
		there := meta.Get("namespace").Text()
		return strings.HasPrefix(r.Get("apiVersion").Text(), group) && r.Get("kind").Text() == kind && meta.Get("name").Text() == name &&
			(namespace == "" || there == "" || there == namespace)
	}
	for _, r := range a.own {
		if wanted(r) {
			return specOf(r), true, nil
		}
	}
	paths, err := a.in.Near()
	found := 0
	var from draft.File
	for _, p := range paths {
		f, ok, errOpen := a.in.Open(p)
		if !ok || errOpen != nil || !bytes.Contains(f.Data, []byte(kind)) || !bytes.Contains(f.Data, []byte(name)) {
			continue
		}
		docs, errRead := f.Documents()
		if errRead != nil {
			continue // by itself it is told, if it is meant for a cluster
		}
		for _, doc := range docs {
			for _, one := range resources(draft.Root(doc)) {
				if wanted(one) {
					spec, from = specOf(one), f
					found++
				}
			}
		}
	}
	if found != 1 || err != nil {
		return draft.Node{}, false, err
	}
	a.Reads(from)
	return spec, true, nil
}

// specOf is what a resource says, nothing where it says nothing.
func specOf(r draft.Node) draft.Node { return r.Get("spec").Or(r.Empty()) }

// split separates the namespace of a reference from its name.
func split(ref string) (namespace, name string) {
	namespace, name = path.Split(ref)
	return strings.TrimSuffix(namespace, "/"), name
}
