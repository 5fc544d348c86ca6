package document

import "testing"

// What stands between two markers and is nothing is no document; where the others
// are stays.
func TestEmptyDocuments(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want []Position
	}{
		"at the start":              {"---\n---\na: 1", []Position{{3, 1}}},
		"at the end":                {"a: 1\n---\n", []Position{{1, 1}}},
		"comments":                  {"---\n# one\na: 1\n---\n# two\n---\nb: 1\n", []Position{{3, 1}, {7, 1}}},
		"null":                      {"a: 1\n---\nnull\n---\n~\n", []Position{{1, 1}}},
		"directive":                 {"%YAML 1.2\n---\na: 1", []Position{{3, 1}}},
		"directive after a comment": {"# x\n\n%YAML 1.2 # y\n---\na: 1", []Position{{5, 1}}},
		"directive after another":   {"%TAG !e! tag:example.com,2000:\n%YAML 1.2\n---\na: 1", []Position{{4, 1}}},
		"directive with CRLF":       {"%YAML 1.2\r\n---\r\na: 1", []Position{{3, 1}}},
		"directive and mark":        {"\ufeff%YAML 1.2\n---\na: 1", []Position{{3, 1}}},
		"second directive":          {"a: 1\n...\n%YAML 1.2\n---\nb: 1\n...\n%YAML 1.2\n---\nc: 1", []Position{{1, 1}, {5, 1}, {9, 1}}},
		"older directive":           {"%YAML 1.1\n---\na: 1", []Position{{3, 1}}},
	} {
		t.Run(name, func(t *testing.T) {
			docs, err := Read("f", []byte(c.in))
			if err != nil || len(docs) != len(c.want) {
				t.Fatalf("got %d documents, %v; want %d", len(docs), err, len(c.want))
			}
			for i, d := range docs {
				if d.at[""] != c.want[i] {
					t.Errorf("document %d is at %v, want %v", i, d.at[""], c.want[i])
				}
			}
		})
	}
}

// A text that looks like a directive stays as it is.
func TestDirectiveInAText(t *testing.T) {
	docs, err := Read("f", []byte("a: |\n  ...\n  %YAML 1.2\n"))
	if err != nil || docs[0].Root["a"] != "...\n%YAML 1.2\n" {
		t.Errorf("got %v, %v", docs, err)
	}
}
