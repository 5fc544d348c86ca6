package report

import "testing"

func TestCleanRefusesBytesThatAreNoText(t *testing.T) {
	if got := clean("a\x9bb"); got != "a\ufffdb" {
		t.Errorf("got %q", got)
	}
}
