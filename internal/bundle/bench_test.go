package bundle

import (
	"fmt"
	"testing"
)

// BenchmarkOpen opens a signed bundle of as many rules as are built in.
func BenchmarkOpen(b *testing.B) {
	files := []string{"org/acme/limits/data.yaml", limits, "org/acme/limits/data.jsonschema", limitsSchema}
	for i := range 80 {
		name := fmt.Sprintf("rule_%d", i)
		files = append(files, name+".rego", module("org.acme."+name, overLimit))
	}
	pair := newPair(b, rsaKey(b))
	data := signed(b, bundled(b, source(files...), ""), SigningKey{ID: "acme", Data: pair.private})
	trust := Trust{Keys: []Key{newKey(b, "acme", "", pair.public)}, Required: true}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Open("acme.tar.gz", data, trust); err != nil {
			b.Fatal(err)
		}
	}
}
