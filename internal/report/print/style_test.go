package print

import "testing"

func TestCleanRefusesBytesThatAreNoText(t *testing.T) {
	if got := Clean("a\x9bb"); got != "a\ufffdb" {
		t.Errorf("got %q", got)
	}
}
