package verdict

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/maestro"
)

// Known is what is known of one agent, which its name and the path of its profile
// identify: an agent of the same name elsewhere is another one, of which nothing
// is known. It holds no lines: what only moves in the profile is not new.
type Known struct {
	Name string `json:"name" yaml:"name"`
	// Source is the path of the profile as outputs name it.
	Source   string       `json:"source" yaml:"source"`
	Decision Decision     `json:"decision" yaml:"decision"`
	Score    aivss.Tenths `json:"score" yaml:"score"`
	High     aivss.Tenths `json:"high" yaml:"high"`
	// Reasons are those that no finding gives, as gate decision: message.
	Reasons  []string       `json:"reasons" yaml:"reasons,omitempty"`
	Findings []KnownFinding `json:"findings" yaml:"findings,omitempty"`
}

// KnownFinding is a finding that counted.
type KnownFinding struct {
	Fingerprint string           `json:"fingerprint" yaml:"fingerprint"`
	Finding     string           `json:"finding" yaml:"finding"`
	Status      maestro.Status   `json:"status" yaml:"status"`
	Severity    maestro.Severity `json:"severity" yaml:"severity"`
	// Decision is the strictest of the reasons about it, approve without one.
	Decision Decision `json:"decision" yaml:"decision"`
	// Facts is a digest of what its facts say, whatever their order and lines: a
	// finding of which a fact says something else is new.
	Facts string `json:"facts" yaml:"facts"`
}

// Snapshot returns what a verdict makes known.
func Snapshot(v *Verdict) Known {
	k := Known{Name: v.Subject.Name, Source: v.Subject.Source, Decision: v.Decision, Score: v.Score.AIVSS, High: v.Score.High}
	for _, r := range v.Reasons {
		if len(v.about(r)) == 0 {
			k.Reasons = append(k.Reasons, r.words())
		}
	}
	for _, f := range v.Findings {
		if f.Counts() {
			k.Findings = append(k.Findings, v.snapshot(f))
		}
	}
	slices.Sort(k.Reasons)
	slices.SortFunc(k.Findings, func(a, b KnownFinding) int { return cmp.Compare(a.Finding+a.Fingerprint, b.Finding+b.Fingerprint) })
	return k
}

func (v *Verdict) snapshot(f Finding) KnownFinding {
	k := KnownFinding{f.Fingerprint, f.Name(), f.Status, f.Severity, Approve, said(f.Facts)}
	for _, r := range v.Reasons {
		if r.Rule == f.Rule && r.Term == f.Term && r.Decision.Stricter(k.Decision) {
			k.Decision = r.Decision
		}
	}
	return k
}

// said is a digest of what facts say. Indices are left out, and lists sorted.
func said(facts []Fact) string {
	var lines []string
	for _, f := range facts {
		where := document.Split(f.Pointer)
		for i, token := range where {
			if _, err := strconv.Atoi(token); err == nil {
				where[i] = "*"
			}
		}
		value := "undisclosed"
		if f.Disclosed {
			value = unordered(f.Value)
		}
		lines = append(lines, fmt.Sprintf("%q=%s", where, value))
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:16])
}

// unordered writes a JSON value with its lists and keys sorted.
func unordered(v any) string {
	var out []string
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			out = append(out, unordered(item))
		}
	case map[string]any:
		for key, item := range v {
			out = append(out, fmt.Sprintf("%q:%s", key, unordered(item)))
		}
	default:
		text, err := json.Marshal(v)
		if err != nil {
			return err.Error()
		}
		return string(text)
	}
	slices.Sort(out)
	return "[" + strings.Join(out, ",") + "]"
}

// Against marks the reasons of a verdict that are known. One about findings is if
// each of them is: no worse, of facts that say the same, and no stricter in what
// it led to. Others are if they are known in the same words; of what the builtin
// gate says of a score that is no worse, numbers may differ, and it may have led to
// more.
func (v *Verdict) Against(k Known) {
	for i := range v.Reasons {
		v.Reasons[i].Known = k.knows(v, v.Reasons[i])
	}
}

func (k Known) knows(v *Verdict, r Reason) bool {
	if about := v.about(r); len(about) > 0 {
		return !slices.ContainsFunc(about, func(f Finding) bool { return !k.has(v.snapshot(f)) })
	}
	if slices.Contains(k.Reasons, r.words()) {
		return true
	}
	if r.Gate != builtinGate || v.Score.AIVSS > k.Score || v.Score.High > k.High {
		return false
	}
	return slices.ContainsFunc([]Decision{Review, Reject}, func(was Decision) bool {
		if r.Decision.Stricter(was) {
			return false
		}
		of := r
		of.Decision = was
		return slices.ContainsFunc(k.Reasons, func(words string) bool {
			return numbers.ReplaceAllString(words, "0") == numbers.ReplaceAllString(of.words(), "0")
		})
	})
}

// about returns the findings that a reason is about.
func (v *Verdict) about(r Reason) (out []Finding) {
	for _, f := range v.Findings {
		if r.Rule != "" && f.Rule == r.Rule && f.Term == r.Term {
			out = append(out, f)
		}
	}
	return out
}

func (r Reason) words() string { return fmt.Sprintf("%s %s: %s", r.Gate, r.Decision, r.Message) }

// builtinGate is the gate whose reasons without a rule are all about the score.
const builtinGate = "gate"

// numbers are those in a message about the score.
var numbers = regexp.MustCompile(`[0-9]+(\.[0-9]+)?`)

func (k Known) has(f KnownFinding) bool {
	return slices.ContainsFunc(k.Findings, func(known KnownFinding) bool { return f.is(known) && !f.worse(known) })
}

// is tells whether two findings are the same, of facts that say the same.
func (f KnownFinding) is(g KnownFinding) bool {
	return f.Fingerprint == g.Fingerprint && f.Facts == g.Facts
}

func (f KnownFinding) worse(than KnownFinding) bool {
	return f.Severity.Rank() < than.Severity.Rank() || f.Status == maestro.Confirmed && than.Status == maestro.Possible || f.Decision.Stricter(than.Decision)
}

// New is the strictest decision of the reasons that are not known.
func (v *Verdict) New() Decision {
	worst := Approve
	for _, r := range v.Reasons {
		if !r.Known && r.Decision.Stricter(worst) {
			worst = r.Decision
		}
	}
	return worst
}

// still are the known reasons that a verdict has, in its words.
func (k Known) still(v *Verdict) (words []string) {
	for _, r := range v.Reasons {
		if len(v.about(r)) == 0 && k.knows(v, r) {
			words = append(words, r.words())
		}
	}
	slices.Sort(words)
	return words
}
