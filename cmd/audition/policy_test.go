package main

import (
	"context"
	"fmt"
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/audition-dev/audition/internal/author"
	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/rego"
)

var commented = regexp.MustCompile(`(?m)^# (rules:|locks:|waivers:|  .*)$`)

// TestNewConfiguration: the thresholds of a new policy are stricter than the
// defaults, and what stands in comments holds too when it is taken out of them.
func TestNewConfiguration(t *testing.T) {
	files, err := author.New("acme")
	if err != nil {
		t.Fatal(err)
	}
	source := rego.Source{Name: "acme", FS: fstest.MapFS{}}
	var text []byte
	for _, f := range files {
		source.FS.(fstest.MapFS)[f.Path] = &fstest.MapFile{Data: f.Data}
		if f.Path == "audition.yaml" {
			text = f.Data
		}
	}
	c, err := config.Parse("audition.yaml", commented.ReplaceAll(text, []byte("$1")))
	if err != nil {
		t.Fatal(err)
	}
	defaults, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, decision := range []string{"reject", "review"} {
		got, usual := c.Thresholds[decision].(map[string]any)["score"], defaults.Thresholds[decision].(map[string]any)["score"]
		if fmt.Sprint(got) >= fmt.Sprint(usual) {
			t.Errorf("%s: %v, the default is %v", decision, got, usual)
		}
	}
	framework, err := rego.Framework()
	if err != nil {
		t.Fatal(err)
	}
	e, err := rego.Load(context.Background(), framework, rego.Builtin(), source)
	if err != nil {
		t.Fatal(err)
	}
	q, err := c.Resolve(e.Rules(), e.Gates())
	if err != nil || len(q.Changes) != 2 || c.Waivers.MaxLifetime != 90 {
		t.Errorf("%+v, %v", q, err)
	}
}
