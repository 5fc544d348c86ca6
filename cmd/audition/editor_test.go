package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/audition-dev/audition/cmd/audition/internal/session"
)

// TestEditor drives the server by which editors complete and check YAML, with the
// schemas as the README has them written. It needs yaml-language-server, whose program
// the environment names.
func TestEditor(t *testing.T) {
	program := os.Getenv("YAML_LANGUAGE_SERVER")
	if program == "" {
		t.Skip("YAML_LANGUAGE_SERVER names no program")
	}
	dir := t.TempDir()
	for _, name := range []string{"profile", "config"} {
		var schema, stderr bytes.Buffer
		if code := run(context.Background(), []string{"schema", name}, nil, &schema, &stderr); code != session.ExitApprove {
			t.Fatal(stderr.String())
		}
		if err := os.WriteFile(filepath.Join(dir, name+".json"), schema.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	e := startEditor(t, program, dir)
	profile := e.open("a.yaml", "# yaml-language-server: $schema=profile.json\napiVersion: audition/v1\nkind: AgentProfile\nmetadata: {name: a}\n"+
		"oversight:\n  approval: sometimes\n  aproval: never\nexecution:\n  \n")
	if got, want := e.problems(profile), []string{
		`6: Value is not accepted. Valid values: "always", "risky", "never".`, "7: Property aproval is not allowed.",
		`8: Incorrect type. Expected "object(AgentProfile)".`, // which is being written
	}; !slices.Equal(got, want) {
		t.Errorf("problems\ngot  %q\nwant %q", got, want)
	}
	if got := e.completions(profile, 8, 2); !slices.Contains(got, "sandbox") || !slices.Contains(got, "runs_code") {
		t.Errorf("facts: %v", got)
	}
	if got := e.completions(profile, 5, 12); !slices.Contains(got, "risky") {
		t.Errorf("values: %v", got)
	}
	if got := e.hover(profile, 5, 4); !strings.Contains(got, "Which actions wait for a person") {
		t.Errorf("meaning: %s", got)
	}
	config := e.open("b.yaml", "# yaml-language-server: $schema=config.json\napiVersion: audition/v1\nkind: Configuration\nthresholds: {reject: {score: eleven}}\n")
	if got := e.problems(config); len(got) != 1 || !strings.HasPrefix(got[0], "4: ") {
		t.Errorf("problems of a configuration: %q", got)
	}
}

// editor is the client of a language server.
type editor struct {
	t     *testing.T
	dir   string
	in    io.Writer
	calls int
	// answers are the results of calls by their number, told what the server says of files.
	answers map[int]json.RawMessage
	told    map[string][]string
	read    chan message
}

// message is a message of JSON-RPC 2.0, as the Language Server Protocol frames it.
type message struct {
	ID     *json.RawMessage `json:"id,omitempty"`
	Method string           `json:"method,omitempty"`
	Params json.RawMessage  `json:"params,omitempty"`
	Result json.RawMessage  `json:"result,omitempty"`
}

func startEditor(t *testing.T, program, dir string) *editor {
	t.Helper()
	cmd := exec.Command(program, "--stdio")
	cmd.Dir = dir
	in, errIn := cmd.StdinPipe()
	out, errOut := cmd.StdoutPipe()
	if errIn != nil || errOut != nil || cmd.Start() != nil {
		t.Fatalf("%s does not start", program)
	}
	t.Cleanup(func() { in.Close(); cmd.Process.Kill(); cmd.Wait() })
	e := &editor{t: t, dir: dir, in: in, answers: map[int]json.RawMessage{}, told: map[string][]string{}, read: make(chan message)}
	go func() {
		defer close(e.read)
		for r := bufio.NewReader(out); ; {
			head, err := textproto.NewReader(r).ReadMIMEHeader()
			if err != nil {
				return
			}
			n, _ := strconv.Atoi(head.Get("Content-Length"))
			data := make([]byte, n)
			var m message
			if _, err := io.ReadFull(r, data); err != nil || json.Unmarshal(data, &m) != nil {
				return
			}
			e.read <- m
		}
	}()
	e.call("initialize", map[string]any{"processId": nil, "rootUri": e.uri(""), "capabilities": map[string]any{
		"textDocument": map[string]any{"publishDiagnostics": map[string]any{}, "completion": map[string]any{}, "hover": map[string]any{}},
	}})
	e.send(map[string]any{"method": "initialized", "params": map[string]any{}})
	settings := map[string]any{"validate": true, "completion": true, "hover": true, "schemaStore": map[string]any{"enable": false}}
	e.send(map[string]any{"method": "workspace/didChangeConfiguration", "params": map[string]any{"settings": map[string]any{"yaml": settings}}})
	return e
}

func (e *editor) uri(name string) string {
	return "file://" + filepath.ToSlash(filepath.Join(e.dir, name))
}

func (e *editor) send(m map[string]any) {
	e.t.Helper()
	m["jsonrpc"] = "2.0"
	data, err := json.Marshal(m)
	if err == nil {
		_, err = fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(data), data)
	}
	if err != nil {
		e.t.Fatal(err)
	}
}

// until reads messages until there is what is waited for.
func (e *editor) until(ready func() bool) {
	e.t.Helper()
	for late := time.After(time.Minute); !ready(); {
		select {
		case m, ok := <-e.read:
			if !ok {
				e.t.Fatal("the server has ended")
			}
			e.heed(m)
		case <-late:
			e.t.Fatal("the server does not answer")
		}
	}
}

func (e *editor) heed(m message) {
	switch {
	case m.Method == "textDocument/publishDiagnostics":
		var p struct {
			URI         string
			Diagnostics []struct {
				Message string
				Range   struct{ Start struct{ Line int } }
			}
		}
		if err := json.Unmarshal(m.Params, &p); err != nil {
			e.t.Fatal(err)
		}
		e.told[p.URI] = []string{}
		for _, d := range p.Diagnostics {
			e.told[p.URI] = append(e.told[p.URI], fmt.Sprintf("%d: %s", d.Range.Start.Line+1, d.Message))
		}
	case m.Method != "" && m.ID != nil: // what the server asks has no answer here
		e.send(map[string]any{"id": m.ID, "result": nil})
	case m.ID != nil:
		n, _ := strconv.Atoi(string(*m.ID))
		e.answers[n] = m.Result
	}
}

func (e *editor) call(method string, params any) json.RawMessage {
	e.t.Helper()
	e.calls++
	e.send(map[string]any{"id": e.calls, "method": method, "params": params})
	e.until(func() bool { _, ok := e.answers[e.calls]; return ok })
	return e.answers[e.calls]
}

// open has the server know a file, and returns its address.
func (e *editor) open(name, text string) string {
	uri := e.uri(name)
	e.send(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{
		"textDocument": map[string]any{"uri": uri, "languageId": "yaml", "version": 1, "text": text},
	}})
	return uri
}

func (e *editor) problems(uri string) []string {
	e.t.Helper()
	e.until(func() bool { _, ok := e.told[uri]; return ok })
	slices.Sort(e.told[uri])
	return e.told[uri]
}

func at(uri string, line, column int) map[string]any {
	return map[string]any{"textDocument": map[string]any{"uri": uri}, "position": map[string]any{"line": line, "character": column}}
}

func (e *editor) completions(uri string, line, column int) (labels []string) {
	e.t.Helper()
	var list struct{ Items []struct{ Label string } }
	if err := json.Unmarshal(e.call("textDocument/completion", at(uri, line, column)), &list); err != nil {
		e.t.Fatal(err)
	}
	for _, i := range list.Items {
		labels = append(labels, i.Label)
	}
	return labels
}

func (e *editor) hover(uri string, line, column int) string {
	e.t.Helper()
	return string(e.call("textDocument/hover", at(uri, line, column)))
}
