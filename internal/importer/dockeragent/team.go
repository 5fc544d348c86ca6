// Package dockeragent reads the agents of a docker agent file.
//
// The file is what is run and published, so the tools that it names are all that an agent
// has. Who runs it decides more: a mode that is chosen at the start stands above the one
// of the file, so that a key that is absent leaves open what asks and what isolates.
// Source: https://docs.docker.com/ai/docker-agent/ and the schema of its files.
package dockeragent

import (
	"path"
	"slices"
	"strings"

	"github.com/audition-dev/audition/internal/document"
	"github.com/audition-dev/audition/internal/importer/catalogue"
	"github.com/audition-dev/audition/internal/importer/draft"
	"github.com/audition-dev/audition/internal/origin"
)

// The format of files.
const (
	ID    = "docker-agent"
	Title = "a docker agent file"
	host  = "docker-agent"
)

// Is tells whether a document has agents of this kind, by keys that no other format has
// like this.
func Is(_ string, root draft.Node) bool {
	agents := root.Get("agents")
	for _, name := range agents.Keys() {
		a := agents.Get(name)
		runs := a.Get("model").Text() != "" || a.Get("harness").Is()
		if !runs || !slices.ContainsFunc([]string{"instruction", "instruction_file", "toolsets", "sub_agents", "harness"}, func(k string) bool { return a.Get(k).Is() }) {
			return false
		}
	}
	return len(agents.Keys()) > 0 && !root.Get("kind").Is()
}

const (
	nothing = "nothing of a profile"
	looked  = "" // read, or looked up by name
)

// teamKeys are those of a file, and why nothing follows from some.
var teamKeys = map[string]string{
	"agents": looked, "models": looked, "providers": looked, "mcps": looked, "rag": looked, "toolsets": looked, "permissions": looked, "runtime": looked, "budget": looked, "budgets": looked,
	"metadata": looked, "flavors": looked, "skills": looked, "commands": "words for a person to send", "version": nothing,
}

// agentKeys are those of an agent, and why nothing follows from some.
var agentKeys = map[string]string{
	"model": looked, "fallback": looked, "description": looked, "toolsets": looked, "use_toolsets": looked, "harness": looked, "code_mode_tools": looked, "sub_agents": looked, "handoffs": looked,
	"force_handoff": looked, "readonly": looked, "safety": looked, "max_iterations": looked, "budgets": looked, "skills": looked, "use_skills": looked, "hooks": looked, "redact_secrets": "credentials that are recognised are kept from the model unless it is false",
	"instruction": "words", "instruction_file": "words", "welcome_message": "words", "add_date": nothing, "add_environment_info": nothing, "add_prompt_files": "words", "add_prompt_files_depth": "words",
	"max_consecutive_tool_calls": nothing, "max_old_tool_call_tokens": nothing, "max_tool_result_tokens": nothing, "num_history_items": nothing, "session_compaction": nothing, "compaction_threshold": nothing,
	"compaction_model": nothing, "commands": "words for a person to send", "use_commands": "words for a person to send", "structured_output": "the form of its answers", "add_description_parameter": nothing, "cache": nothing, "rag": "",
}

// agent is an agent of a file.
type agent struct {
	*draft.Draft
	team, own draft.Node
	// open tells that it may have more tools than the file names.
	open bool
	// executes tells that code may run by one of its tools.
	executes bool
}

// Agents reads the agents of a file.
func Agents(in draft.Input) ([]*draft.Draft, error) {
	doc, err := in.Document()
	if err != nil {
		return nil, err
	}
	team := draft.Root(doc)
	file := strings.TrimSuffix(path.Base(in.Name), path.Ext(in.Name))
	var out []*draft.Draft
	names := team.Get("agents").Keys()
	for i, name := range names {
		a := &agent{Draft: in.New(ID, Title), team: team, own: team.Get("agents", name)}
		a.Name(in.Called(host, file, name), draft.Node{})
		if i == 0 {
			a.Keys(team, teamKeys)
		}
		a.Keys(a.own, agentKeys)
		a.metadata()
		a.model()
		a.tools()
		a.others()
		a.runtime()
		a.approval()
		out = append(out, a.Draft)
	}
	return out, nil
}

func (a *agent) metadata() {
	meta := a.team.Get("metadata")
	a.Describe("summary", a.own.Get("description"))
	a.Describe("version", meta.Get("version"))
	a.Describe("vendor", meta.Get("author"))
	if n := meta.Get("license"); n.Text() != "" {
		a.Set("/supply/licence", document.Clip(n.Text()), n, draft.Claimed)
	}
}

// model states the model and who provides it: a name of the file, or provider/model. Of
// several the first is taken.
func (a *agent) model() {
	at := a.own.Get("model")
	text := at.Text()
	if first, _, several := strings.Cut(text, ","); several {
		a.Note(origin.Open, at, "several take turns")
		text = first
	}
	for _, n := range a.own.Get("fallback", "models").Items() {
		a.Note(origin.Open, n, "is used where the first cannot be")
	}
	named := a.team.Get("models", text)
	if candidates := named.Get("first_available").Items(); len(candidates) > 0 {
		a.Note(origin.Open, named.Get("first_available"), "the first that there are credentials for is used")
		return
	}
	id, name, _ := strings.Cut(text, "/")
	if named.Is() {
		id, name, at = named.Get("provider").Text(), named.Get("model").Text(), named.Get("model")
	}
	if name == "" {
		return
	}
	a.Set("/model/name", name, at, draft.Configured)
	if catalogue.Dated(name) {
		a.Set("/model/version_pinned", true, at, draft.Configured)
	}
	by, local := catalogue.Provider(id)
	own := a.team.Get("providers", id)
	for _, n := range []draft.Node{named, own} {
		if key := n.Get("token_key"); key.Text() != "" {
			a.CredentialIn("api_key", "${"+key.Text()+"}", key)
		}
	}
	switch address := named.Get("base_url"); {
	case address.Is() || own.Is():
		a.Note(origin.Open, at, "at an address of its own, so who provides it is not said")
	case local:
		a.Set("/model/hosting", "on_device", at, draft.Configured)
	case by != "":
		a.Set("/model/provider", by, at, draft.Configured)
	}
}

// others states the agents that it works with: those of the file, which run in one
// program, and those that it fetches.
func (a *agent) others() {
	agents := a.team.Get("agents")
	for _, n := range peers(a.own) {
		a.Set("/peers/multi_agent", true, n, draft.Configured)
		switch {
		case agents.Get(n.Text()).Is():
			continue
		case strings.Contains(n.Text(), "@sha256:"):
			a.Note(origin.Open, n, "an agent that is fetched; what it is is not said")
		default:
			a.Note(origin.Open, n, "an agent that is fetched anew at each run; what it is is not said")
		}
		a.Set("/peers/in_process", false, n, draft.Configured)
	}
	for _, name := range agents.Keys() {
		for _, n := range peers(agents.Get(name)) {
			if n.Text() == a.own.Key() {
				a.Set("/peers/multi_agent", true, n, draft.Configured)
			}
		}
	}
	if a.States("/peers/multi_agent") {
		a.Set("/peers/in_process", true, a.own, draft.Default)
	}
}

// peers are the agents that one may start or hand over to.
func peers(own draft.Node) (out []draft.Node) {
	for _, key := range []string{"sub_agents", "handoffs"} {
		out = append(out, own.Get(key).Items()...)
	}
	if n := own.Get("force_handoff"); n.Is() {
		out = append(out, n)
	}
	return out
}

// runtime states limits, and what isolates the agent: all of it runs in the sandbox.
func (a *agent) runtime() {
	if n := a.own.Get("max_iterations"); n.Is() {
		a.Set("/orchestration/limits/steps", true, n, draft.Configured)
	}
	budgets := []draft.Node{a.team.Get("budget")}
	for _, n := range a.own.Get("budgets").Items() {
		budgets = append(budgets, a.team.Get("budgets", n.Text()))
	}
	for _, b := range budgets {
		for key, fact := range map[string]string{"max_tokens": "budget", "max_time": "time"} {
			if n := b.Get(key); n.Is() {
				a.Set("/orchestration/limits/"+fact, true, n, draft.Configured)
			}
		}
		if n := b.Get("max_cost"); n.Is() {
			a.Set("/orchestration/limits/budget", true, n, draft.Configured)
		}
	}
	n, hosts := a.team.Get("runtime", "sandbox"), a.team.Get("runtime", "network_allowlist")
	switch {
	case n.Value == false:
		a.Set("/execution/sandbox/present", false, n, draft.Configured)
	case n.Value == true:
		a.Set("/execution/sandbox/present", true, n, draft.Configured)
		a.Set("/execution/sandbox/default_on", true, n, draft.Configured)
		switch {
		case slices.Contains(hosts.Texts(), "*"):
			a.Set("/network/egress", "open", hosts, draft.Configured)
		case hosts.Is():
			a.Set("/network/egress", "allowlist", hosts, draft.Configured)
		default:
			a.Set("/network/egress", "allowlist", n, draft.Default)
		}
	case hosts.Is():
		a.Note(origin.Open, hosts, "counts where it is started in a sandbox")
	}
	flavors := a.team.Get("flavors")
	for _, name := range flavors.Keys() {
		a.Note(origin.Open, flavors.Get(name), "changes the file where it is started like this")
	}
	a.Hooks(a.own.Get("hooks"))
}
