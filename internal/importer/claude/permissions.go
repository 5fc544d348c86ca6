package claude

import (
	"slices"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// modes are the modes that settings can begin a session in.
var modes = []string{"default", "manual", "acceptEdits", "plan", "auto", "dontAsk", "bypassPermissions"}

// mode is the mode that the project sets. Some do not count there.
func (s *settings) mode() (string, draft.Node) {
	for _, sc := range s.scopes {
		n := sc.root.Get("permissions", "defaultMode")
		switch mode := n.Text(); {
		case !n.Is():
		case mode == "auto":
			s.Note(origin.Misplaced, n, "auto is not heeded here, it counts in settings of the user or managed ones")
		case mode == "bypassPermissions" && s.first("permissions", "disableBypassPermissionsMode").Text() == "disable":
			s.Note(origin.Open, n, "the settings forbid this mode beside it, so another counts")
		default:
			return mode, n
		}
	}
	return "", draft.Node{}
}

// permissions states who decides about a call: a policy, and a person.
func (s *settings) permissions() {
	mode, at := s.mode()
	s.decides(mode, at)
	for _, n := range s.all("permissions", "additionalDirectories") {
		s.Note(origin.Open, n, "files there are within reach too; what they are is not said")
	}
}

// decides states who decides about a call in a mode.
func (s *settings) decides(mode string, at draft.Node) {
	s.policy(mode, at)
	value, n, why := s.approval(mode, at)
	switch {
	case value != "":
		s.Set("/oversight/approval", value, n, draft.Configured)
	case why != "":
		s.Note(origin.Open, n, "%s", why)
	}
}

// policy states whether rules outside of the model decide about each call: they do in
// every mode but one, in which those that ask and deny are all that is left.
func (s *settings) policy(mode string, at draft.Node) {
	const fact = "/guardrails/tool_policy"
	strict := append(slices.Clone(s.deny), s.ask...)
	switch {
	case mode != "" && mode != "bypassPermissions":
		s.Set(fact, true, at, draft.Configured)
	case len(strict) > 0:
		s.Note(origin.Open, strict[0].Node, "decides about such calls; what decides about others is not said, or nothing does")
	case mode != "":
		s.Set(fact, false, at, draft.Configured)
	}
}

// approval says which actions wait for a person, or why that does not follow. Rules
// that allow count in every mode; those that ask and deny stand above them.
func (s *settings) approval(mode string, at draft.Node) (value string, n draft.Node, why string) {
	asked := func(tool string) bool {
		_, ask := s.ask.whole(tool)
		_, deny := s.deny.whole(tool)
		return ask || deny
	}
	sandboxed, _ := s.first("sandbox", "enabled").Flag()
	some := slices.IndexFunc(s.ask, rule.acts)
	unasked := draft.Node{}
	if mode == "bypassPermissions" || mode == "dontAsk" {
		unasked = at
	}
	for _, tool := range shells {
		if r, ok := s.allow.whole(tool); ok && !asked(tool) && !sandboxed && !unasked.Is() {
			unasked = r.Node
		}
	}
	switch {
	case unasked.Is() && some >= 0 && mode != "dontAsk":
		return "", s.ask[some].Node, "asks where the rest does not, so something waits for a person; whether that is what is risky is not said"
	case unasked.Is():
		return "never", unasked, ""
	}
	switch mode {
	case "":
		return "", draft.Node{}, ""
	case "acceptEdits":
		return "", at, "edits and commands such as rm run without asking in the working directory, the rest asks: neither all that is risky nor none of it"
	case "plan":
		return "", at, "asks before it changes something; whoever approves the plan chooses what asks after that"
	}
	for _, event := range []string{"PreToolUse", "PermissionRequest"} {
		if hook := s.hook(event); hook.Is() {
			return "", hook, "may allow what would ask"
		}
	}
	edits := false
	for _, r := range s.allow {
		switch {
		case asked(r.tool) || !r.acts():
		case slices.Contains(editors, r.tool):
			edits = true
		default:
			return "", r.Node, "runs without asking; whether it is risky is not said"
		}
	}
	auto, isSet := s.first("sandbox", "autoAllowBashIfSandboxed").Flag()
	switch free := s.all("sandbox", "network", "allowedDomains"); {
	case sandboxed && (auto || !isSet) && len(free) > 0:
		return "", free[0], "commands in the sandbox run without asking, and reach this"
	case sandboxed && (auto || !isSet) || edits:
		return "risky", at, ""
	}
	return "always", at, ""
}
