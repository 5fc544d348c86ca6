package profile_test

import (
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/profile"
)

// TestErrorsQuoteNoSecret reads what a link may lead to.
func TestErrorsQuoteNoSecret(t *testing.T) {
	for name, text := range map[string]string{
		"text":            "hunter2",
		"number":          "271828",
		"settings":        "password: hunter2\ntoken: 0271828",
		"keys":            `{"hunter2": {"auth": "hunter2"}}`,
		"key twice":       "hunter2: 1\nhunter2: 2",
		"tag":             "a: !hunter2 x",
		"alias":           "a: *hunter2",
		"text as a key":   "? !hunter2 x\n: 1",
		"another profile": "kind: AgentProfile\nmetadata: {name: a}\nhunter2: true",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := profile.Load("a.yaml", []byte(text))
			if err == nil || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "271828") {
				t.Errorf("got %v", err)
			}
			if err != nil && !strings.HasPrefix(err.Error(), "a.yaml:") {
				t.Errorf("the place is lost: %v", err)
			}
		})
	}
}

func TestErrorsQuoteWhatIsOurs(t *testing.T) {
	_, err := profile.Load("a.yaml", []byte("apiVersion: audition/v1\nkind: AgentProfle\nmetadata: {name: a}\n"))
	if err == nil || !strings.Contains(err.Error(), "AgentProfle") {
		t.Errorf("got %v", err)
	}
}
