package main

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/audition-dev/audition/internal/config"
	"github.com/audition-dev/audition/internal/policy"
)

// TestNewConfiguration: the thresholds of a new policy are read, and stricter
// than the defaults.
func TestNewConfiguration(t *testing.T) {
	files, err := policy.New("acme")
	if err != nil {
		t.Fatal(err)
	}
	defaults, err := config.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Path != "audition.yaml" {
			continue
		}
		c, err := config.Parse(f.Path, bytes.Replace(f.Data, []byte("policies: [policies]\n"), nil, 1))
		if err != nil {
			t.Fatal(err)
		}
		for _, decision := range []string{"reject", "review"} {
			got, usual := c.Thresholds[decision].(map[string]any)["score"], defaults.Thresholds[decision].(map[string]any)["score"]
			if fmt.Sprint(got) >= fmt.Sprint(usual) {
				t.Errorf("%s: %v, the default is %v", decision, got, usual)
			}
		}
		return
	}
	t.Error("no audition.yaml")
}
