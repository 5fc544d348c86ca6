package session

import (
	"testing"
	"time"
)

func TestFarness(t *testing.T) {
	for _, c := range []struct {
		agents, files, all int
		want               string
	}{
		{300, 0, 1, "judged 300 agents, 150 a second"},
		{1, 0, 10, "judged 1 agent, 0 a second; 0 of 10 files"},
		{300, 250, 1000, "judged 300 agents, 150 a second; 250 of 1000 files, 6s left"},
	} {
		if got := farness(c.agents, c.files, c.all, 2*time.Second); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
