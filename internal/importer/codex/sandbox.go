package codex

import (
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// The modes of the sandbox.
const (
	readOnly  = "read-only"
	workspace = "workspace-write"
	full      = "danger-full-access"
)

// findMode finds the mode of the sandbox. A permission profile counts where no file has
// a mode, which those that are read here cannot tell: so only what is lax is certain.
func (s *session) findMode() {
	n, profile := s.first("sandbox_mode"), s.first("default_permissions")
	if n.Is() && profile.Is() {
		s.Note(origin.Misplaced, profile, "not heeded beside sandbox_mode")
	}
	switch mode := n.Text(); {
	case slices.Contains([]string{readOnly, workspace, full}, mode):
		s.mode, s.modeAt = mode, n
	case n.Is():
		s.Note(origin.Invalid, n, "no mode of the sandbox, expected %s, %s or %s", readOnly, workspace, full)
	case strings.HasPrefix(profile.Text(), ":danger-"):
		s.mode, s.modeAt = full, profile
	case profile.Is():
		s.Note(origin.Open, profile, "counts where no other file sets sandbox_mode, which is not said here")
		if enabled := s.first("permissions", profile.Text(), "network", "enabled"); enabled.Value == true {
			s.reaches(enabled)
		}
	}
}

// sandbox states what isolates commands, and what they reach.
func (s *session) sandbox() {
	switch s.mode {
	case "":
		return
	case full:
		s.Set("/execution/sandbox/present", false, s.modeAt, draft.Configured)
		s.Set("/network/egress", "open", s.modeAt, draft.Configured)
		return
	}
	s.Set("/execution/sandbox/default_on", true, s.modeAt, draft.Configured)
	s.Set("/execution/sandbox/kind", "process", s.modeAt, draft.Configured)
	present := any(true)
	if asks, at := s.asks(); asks {
		present = "optional"
		if !at.Is() {
			at = s.modeAt
		}
		s.Note(origin.Open, at, "what is approved runs outside of the sandbox, unless approval_policy is never")
	}
	s.Set("/execution/sandbox/present", present, s.modeAt, draft.Configured)
	for _, n := range s.first("sandbox_workspace_write", "writable_roots").Items() {
		s.Note(origin.Open, n, "commands write there too; what it is is not said")
	}
	switch on, n := s.network(); {
	case on == yes:
		s.reaches(n)
	case on == no:
		s.Note(origin.Open, n, "commands reach nothing; web search and servers are not in the sandbox, so what the agent reaches is not said")
	}
}

// answer is what follows from files that are not all.
type answer int

const (
	unsaid answer = iota
	yes
	no
)

// network tells whether commands in the sandbox reach the network.
func (s *session) network() (answer, draft.Node) {
	n := s.first("sandbox_workspace_write", "network_access")
	switch on, ok := n.Flag(); {
	case s.mode == readOnly:
		return no, s.modeAt
	case s.mode != workspace || !ok:
		return unsaid, draft.Node{}
	case on:
		return yes, n
	default:
		return no, n
	}
}

// reaches states what the agent reaches where commands have the network.
func (s *session) reaches(n draft.Node) {
	proxy := s.first("features", "network_proxy")
	on := proxy.Value == true || proxy.Get("enabled").Value == true
	everything := proxy.Get("domains", "*")
	switch {
	case on && everything.Text() == "allow":
		s.Set("/network/egress", "open", everything, draft.Configured)
	case on:
		s.Note(origin.Open, proxy, "limits what commands reach; web search and servers are not behind it, so what the agent reaches is not said")
	default:
		s.Set("/network/egress", "open", n, draft.Configured)
	}
}

// asks tells whether a person may be asked, and where that is said. Without a policy here
// it may be.
func (s *session) asks() (bool, draft.Node) {
	n := s.first("approval_policy")
	granular := n.Get("granular")
	if granular.Is() {
		return slices.ContainsFunc(granular.Keys(), func(key string) bool { return granular.Get(key).Value == true }), granular
	}
	return n.Text() != "never", n
}

// approval states which actions wait for a person. In the sandbox commands run without
// asking; what it keeps them from is what waits.
func (s *session) approval() {
	n := s.first("approval_policy")
	asks, at := s.asks()
	net, netAt := s.network()
	reviewer, unasked := s.first("approvals_reviewer"), s.unasked()
	switch {
	case !n.Is():
	case n.Text() == "untrusted":
		s.Note(origin.Invalid, n, "was retired: releases that have it ask before all but known reads, later ones do not take it")
	case !asks:
		s.Set("/oversight/approval", "never", at, draft.Configured)
		if s.mode == full {
			s.Set("/guardrails/tool_policy", false, at, draft.Configured)
		}
	case n.Text() != "on-request" && n.Text() != "on-failure" && !n.Get("granular").Is():
		s.Note(origin.Invalid, n, "no policy, expected on-request, never or granular")
	case reviewer.Is() && reviewer.Text() != "user":
		s.Note(origin.Open, reviewer, "a model decides in place of a person")
	case s.mode == full:
		s.Note(origin.Open, n, "the model decides when it asks, and no sandbox keeps it from what it does not ask for")
	case s.mode == "":
		s.Note(origin.Open, n, "asks before a command leaves the sandbox; what that allows is not said here")
	case unasked.Is():
		s.Note(origin.Open, unasked, "runs without asking; whether it is risky is not said")
	case net == yes:
		s.Note(origin.Open, netAt, "commands reach the network without asking")
	case net == unsaid:
		s.Note(origin.Open, n, "asks before a command leaves the sandbox; whether that has the network is not said here, unless network_access is set")
	default:
		s.Set("/oversight/approval", "risky", n, draft.Configured)
	}
}
