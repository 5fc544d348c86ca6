package facts

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/profile"
)

// items are the legal items of the lists that are generated; the vocabulary
// names the values of single facts only.
var items = map[string]string{
	"/data/classes":               "public internal pii credentials email crm",
	"/data/ingress":               "web email files tickets peer",
	"/self_modification/surfaces": "prompt tools code memory config",
	"/tools/*/access":             "read write send delete execute pay admin",
}

// randomProfile discloses each fact of the vocabulary with a probability of
// 0.4, and up to three tools with facts of their own.
func randomProfile(t *testing.T, r *rand.Rand) *profile.Profile {
	root := map[string]any{"apiVersion": "audition/v1", "kind": "AgentProfile", "metadata": map[string]any{"name": "random"}}
	var tools []any
	for i := range r.Intn(4) {
		tools = append(tools, map[string]any{"id": fmt.Sprint("t", i)})
	}
	for _, f := range profile.Vocabulary() {
		field, ofTool := strings.CutPrefix(f.Pointer, "/tools/*/")
		switch {
		case ofTool:
			for _, tool := range tools {
				disclose(r, tool.(map[string]any), strings.Split(field, "/"), f)
			}
		case !strings.Contains(f.Pointer, "/*/"):
			disclose(r, root, strings.Split(f.Pointer[1:], "/"), f)
		}
	}
	if tools != nil || r.Float64() < 0.4 {
		root["tools"] = append([]any{}, tools...)
		root["tools_complete"] = r.Intn(2) == 0
	}
	data, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, "random.json", data)
}

func disclose(r *rand.Rand, object map[string]any, path []string, f profile.FactType) {
	name := path[len(path)-1]
	if r.Float64() >= 0.4 || name == "id" || strings.HasSuffix(name, "_complete") {
		return
	}
	for _, section := range path[:len(path)-1] {
		if object[section] == nil {
			object[section] = map[string]any{}
		}
		object = object[section].(map[string]any)
	}
	switch {
	case f.Type == "boolean":
		object[name] = r.Intn(2) == 0
	case f.Values != nil:
		object[name] = f.Values[r.Intn(len(f.Values))]
	case items[f.Pointer] != "":
		list := strings.Fields(items[f.Pointer])
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		object[name] = list[:r.Intn(3)]
		if r.Intn(2) == 0 {
			object[name+"_complete"] = true
		}
	}
}

// answer is a fact that a profile leaves undisclosed, and a value for it.
type answer struct {
	pointer string
	value   any
}

func answers(p *profile.Profile) (out []answer) {
	for _, f := range profile.Vocabulary() {
		pointers := []string{f.Pointer}
		if strings.Contains(f.Pointer, "/*/") {
			pointers = nil
		}
		if field, ofTool := strings.CutPrefix(f.Pointer, "/tools/*/"); ofTool {
			for i := range p.Facts.Tools.Items {
				pointers = append(pointers, fmt.Sprintf("/tools/%d/%s", i, field))
			}
		}
		for _, pointer := range pointers {
			if _, disclosed := p.Lookup(pointer); disclosed {
				continue
			}
			if f.Type == "boolean" {
				out = append(out, answer{pointer, false}, answer{pointer, true})
			}
			for _, v := range f.Values {
				out = append(out, answer{pointer, v})
			}
		}
	}
	return out
}

// bounds are the intervals of one profile as ordinals: factors, metrics, base.
func intervals(t *testing.T, p *profile.Profile) (low, value, high []int) {
	e := estimates(t, p)
	for _, f := range e.Factors {
		low, value, high = append(low, int(f.Low)), append(value, int(f.Value)), append(high, int(f.High))
	}
	for i, m := range e.CVSS.Metrics {
		rank := func(v string) int { return slices.Index(aivss.BaseMetrics()[i].Values, v) }
		low, value, high = append(low, rank(m.Low)), append(value, rank(m.Value)), append(high, rank(m.High))
	}
	return append(low, int(e.CVSS.Low)), append(value, int(e.CVSS.Value)), append(high, int(e.CVSS.High))
}

func TestScratchExhaustive(t *testing.T) {
	if os.Getenv("EXH") == "" { t.Skip() }
	f := framework(t)
	r := rand.New(rand.NewSource(1))
	counts := map[string]int{}
	for range 300 {
		p := randomProfile(t, r)
		low, value, high := intervals(t, p)
		for i := range low {
			if low[i] > value[i] || value[i] > high[i] { counts[fmt.Sprint("order ", i)]++ }
		}
		d := Derive(p, f)
		for _, a := range answers(p) {
			q := p.With(a.pointer, a.value)
			l2, _, h2 := intervals(t, q)
			for i := range low {
				if l2[i] < low[i] || h2[i] > high[i] { k := fmt.Sprint("widen ", i, " ", a); if counts[k] == 0 { t.Log(k, low[i], high[i], l2[i], h2[i]) }; counts[k]++ }
			}
			d2 := Derive(q, f)
			if d2.UnpinnedLayers > d.UnpinnedLayers { counts["unpinned"]++ }
			for n, c := range d.Claims {
				if c.Value != Undisclosed && d2.Claims[n].Value != c.Value { counts[fmt.Sprint("claim ", n, " ", a.pointer[strings.LastIndex(a.pointer, "/"):], a.value, c.Value, d2.Claims[n].Value)]++ }
			}
		}
		counts["answers"] += len(answers(p))
	}
	for k, n := range counts { t.Log(k, n) }
	_ = maestro.High
}
