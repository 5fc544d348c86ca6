package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/audition-dev/audition/internal/file"
	"github.com/audition-dev/audition/internal/verdict"
)

// maxRun bounds a file of an earlier run.
const maxRun = 256 << 20

// earlier is what an earlier run said, by the name and the profile of an agent; nil is
// no such run.
type earlier map[[2]string]verdict.Before

// readEarlier reads the files of verdicts in a directory, in the order of their names:
// of what several say of an agent the last counts.
func readEarlier(dir string) (earlier, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("--since %s: %s", dir, file.Cause(err))
	}
	out := earlier{}
	for _, e := range entries {
		if !slices.Contains([]string{".json", ".ndjson", ".yaml"}, filepath.Ext(e.Name())) {
			continue
		}
		path := filepath.Join(dir, e.Name())
		data, err := file.Read(path, maxRun)
		if err != nil {
			return nil, fmt.Errorf("--since %w", err)
		}
		r, err := verdict.ReadRun(path, data)
		if err != nil {
			return nil, fmt.Errorf("--since %w", err)
		}
		for _, v := range r.Verdicts {
			out[key(v)] = verdict.Before{Decision: v.Decision, AIVSS: v.Score.AIVSS}
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("--since %s: no verdict there, expected files that check wrote with -o json, ndjson or yaml", dir)
	}
	return out, nil
}

func key(v *verdict.Verdict) [2]string { return [2]string{v.Subject.Name, v.Subject.Source} }

// errSince says what shows how verdicts differ from earlier ones.
var errSince = errors.New("--since: expected -o html beside it, which is what shows it")
