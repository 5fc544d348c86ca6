package batch

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/audition-dev/audition/internal/cache"
	"github.com/audition-dev/audition/internal/verdict"
)

// Key is what a document and the questions about it are kept under. Verdicts name the
// input and its lines, so these count.
func (r Run) key(t *task) cache.Key {
	return r.Cache.Key([]byte(t.in.Name), fmt.Append(nil, t.part.Before, t.questions), t.part.Data)
}

// known returns what came of a document before, nil where that is not kept.
func (r Run) known(t *task) (out []Judged) {
	if r.Cache == nil || t.err != nil {
		return nil
	}
	data := r.Cache.Get(r.key(t))
	if data == nil {
		return nil
	}
	var verdicts []*verdict.Verdict
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	dec.DisallowUnknownFields()
	if dec.Decode(&verdicts) != nil {
		return nil
	}
	for _, v := range verdicts {
		out = append(out, Judged{Input: t.in, Verdict: v})
	}
	return out
}

// keep keeps what came of a document, if all of it was judged and nothing else counted: a
// descriptor may have files beside it, and a profile may describe some.
func (r Run) keep(t *task, judged []Judged) error {
	if r.Cache == nil {
		return nil
	}
	var verdicts []*verdict.Verdict
	for _, j := range judged {
		if j.Err != nil || j.Verdict.Origin != nil {
			return nil
		}
		verdicts = append(verdicts, j.Verdict)
	}
	data, err := json.Marshal(verdicts)
	if err != nil || len(verdicts) == 0 {
		return err
	}
	return r.Cache.Put(r.key(t), data)
}
