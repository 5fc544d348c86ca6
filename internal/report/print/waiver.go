package print

import (
	"fmt"

	"github.com/audition-dev/audition/internal/verdict"
)

// WaiverOf returns the waiver that accepts a finding, or nil.
func WaiverOf(v *verdict.Verdict, f verdict.Finding) *verdict.Waiver { return v.WaiverOf(f) }

// Acceptance says who accepts a finding, until when and why.
func Acceptance(v *verdict.Verdict, f verdict.Finding) string {
	w := WaiverOf(v, f)
	if w == nil {
		return "waived by " + f.WaivedBy
	}
	return fmt.Sprintf("waived by %s until %s, %s: %s", f.WaivedBy, w.Expires, w.Owner, w.Reason)
}

// Since is what the known reasons of a verdict are known since.
func Since(v *verdict.Verdict) string {
	if v.Enforcement == nil || v.Enforcement.NewSince == "" {
		return "a baseline"
	}
	return v.Enforcement.NewSince
}
