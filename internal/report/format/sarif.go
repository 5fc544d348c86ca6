package format

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
	"github.com/audition-dev/audition/internal/verdict"
)

// The law of this format: SARIF 2.1.0 (OASIS Standard, with Errata 01) as far as
// it is understood by GitHub's code scanning, whose page "SARIF support for code
// scanning" is meant by "GitHub" below.
//
//   - A result is a problem. Strengths are none, and GitHub shows a result of kind
//     pass as an alert, so there are none of that kind. What a worse finding covers
//     (suppressed_by) would be a second alert about the same; it is left out.
//     The run counts both, by agent.
//   - A possible finding is of kind fail like a confirmed one: any other kind must
//     have level none (section 3.27.10). Its properties tell the status.
//   - A waived finding has a suppression. GitHub heeds these only where the
//     repository says so in its settings.
//   - A rule tells its default level, and a result how it stands. GitHub takes
//     security-severity from the rule alone, so that is the worst of its results.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool          sarifTool            `json:"tool"`
		Invocations   []sarifInvocation    `json:"invocations"`
		OriginalBases map[string]sarifBase `json:"originalUriBaseIds"`
		Results       []sarifResult        `json:"results"`
		ColumnKind    string               `json:"columnKind"`
		Properties    map[string]any       `json:"properties"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name            string      `json:"name"`
		SemanticVersion string      `json:"semanticVersion,omitempty"`
		InformationURI  string      `json:"informationUri"`
		Rules           []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID            string              `json:"id"`
		Name          string              `json:"name"`
		Short         sarifText           `json:"shortDescription"`
		Full          sarifText           `json:"fullDescription"`
		Help          sarifText           `json:"help"`
		Configuration *sarifConfiguration `json:"defaultConfiguration,omitempty"`
		Properties    map[string]any      `json:"properties"`
	}
	sarifConfiguration struct {
		Enabled *bool  `json:"enabled,omitempty"`
		Level   string `json:"level,omitempty"`
	}
	sarifInvocation struct {
		Successful bool            `json:"executionSuccessful"`
		Overrides  []sarifOverride `json:"ruleConfigurationOverrides,omitempty"`
		// Notifications say what could not be judged, and what was loosened.
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Descriptor sarifDescriptor `json:"descriptor"`
		Level      string          `json:"level"`
		Message    sarifText       `json:"message"`
		Locations  []sarifLocation `json:"locations,omitempty"`
	}
	sarifDescriptor struct {
		ID string `json:"id"`
	}
	sarifOverride struct {
		Descriptor    sarifReference     `json:"descriptor"`
		Configuration sarifConfiguration `json:"configuration"`
	}
	sarifReference struct {
		ID    string `json:"id"`
		Index int    `json:"index"`
	}
	sarifBase struct {
		Description sarifText `json:"description"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Related      []sarifLocation    `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
		Properties   map[string]any     `json:"properties"`
	}
	sarifSuppression struct {
		Kind          string         `json:"kind"`
		Status        string         `json:"status"`
		Justification string         `json:"justification"`
		Location      *sarifLocation `json:"location,omitempty"`
		Properties    map[string]any `json:"properties,omitempty"`
	}
	sarifLocation struct {
		ID       int           `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn,omitempty"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
)

// sarifAgent is what a run says of an agent beside its findings.
type sarifAgent struct {
	Name        string           `json:"name"`
	Source      string           `json:"source"`
	Decision    verdict.Decision `json:"decision"`
	AIVSS       aivss.Tenths     `json:"aivss"`
	Severity    aivss.Severity   `json:"severity"`
	Low         aivss.Tenths     `json:"low"`
	High        aivss.Tenths     `json:"high"`
	Undisclosed int              `json:"undisclosed"`
	Basis       string           `json:"basis,omitempty"`
	Strengths   int              `json:"strengths"`
	Suppressed  int              `json:"suppressed"`
	Loosened    []string         `json:"loosened,omitempty"`
}

const (
	// MaxResults is how many results of a run GitHub accepts: of one agent there are
	// about twenty.
	MaxResults = 25_000
	// maxRelated is how many places a result refers to beside its own; GitHub shows
	// 100 and accepts 1000, and nobody follows so many.
	maxRelated = 20
	sourceRoot = "%SRCROOT%"
)

// sarifRunning holds verdicts up to the results that GitHub accepts.
type sarifRunning struct {
	held
	results int
}

// SARIF prints one run with the findings of all agents, whose catalogue of rules
// stands before them: it holds all verdicts. More results than GitHub accepts are an
// error as soon as they are there: without some, GitHub would take them for mended.
func SARIF(w io.Writer, o print.Options) print.Writer {
	return &sarifRunning{held: held{print: func(r verdict.Record) error { return sarif(w, r, o) }}}
}

func (s *sarifRunning) Write(v *verdict.Verdict) error {
	for _, f := range v.Findings {
		if f.Kind != maestro.Strength && f.SuppressedBy == "" {
			s.results++
		}
	}
	if s.results > MaxResults {
		return fmt.Errorf("sarif: expected at most %d results, got %d by %s; check fewer agents in one run", MaxResults, s.results, print.Clean(v.Subject.Name))
	}
	return s.held.Write(v)
}

// sarif prints one run.
func sarif(w io.Writer, record verdict.Record, o print.Options) error {
	verdicts := record.Verdicts
	rules := newSarifRules(verdicts, o.Rules)
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "Audition", InformationURI: "https://github.com/audition-dev/audition", Rules: rules.list,
		}},
		Invocations:   []sarifInvocation{{Successful: len(record.Undecided) == 0, Overrides: rules.overrides(verdicts), Notifications: notifications(record)}},
		OriginalBases: map[string]sarifBase{sourceRoot: {sarifText{Text: "The folder that audition was run in."}}},
		Results:       []sarifResult{},
		ColumnKind:    "unicodeCodePoints", // as profiles are read
	}
	agents, shared := []sarifAgent{}, map[string]int{}
	for _, v := range verdicts {
		shared[v.Subject.Source]++
	}
	for _, v := range verdicts {
		run.Tool.Driver.SemanticVersion = print.Clean(v.Engine.Audition)
		at, strengths, covered := spotsOf(v, shared[v.Subject.Source] == 1), 0, 0
		for _, f := range v.Findings {
			switch {
			case f.Kind == maestro.Strength:
				strengths++
			case f.SuppressedBy != "":
				covered++
			default:
				run.Results = append(run.Results, rules.result(v, f, at))
			}
		}
		agents = append(agents, sarifAgent{
			print.Clean(v.Subject.Name), print.Clean(v.Subject.Source), v.Decision, v.Score.AIVSS, v.Score.Severity, v.Score.Low, v.Score.High,
			v.Score.Undisclosed, print.Basis(v), strengths, covered, cleaned(print.Loosened(v)),
		})
	}
	run.Properties = map[string]any{"agents": agents}
	return print.Encode(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// result is one finding, with links to the places of its further facts: GitHub
// shows only those that the message links to.
func (r *sarifRules) result(v *verdict.Verdict, f verdict.Finding, at spots) sarifResult {
	message := prose(annotation(f))
	place, main := at.main(f)
	var related []sarifLocation
	var links []string
	more := 0
	for i, fact := range f.Facts {
		switch {
		case i == main:
		case len(related) == maxRelated:
			more++
		default:
			l := location(v.Subject.Source, at.of(fact))
			l.ID, l.Message = len(related)+1, &sarifText{Text: prose(stated(fact))}
			related = append(related, l)
			links = append(links, fmt.Sprintf("[%s](%d)", linkText(fact.Pointer), l.ID))
		}
	}
	if len(links) > 0 {
		message += " See " + strings.Join(links, ", ")
		if more > 0 {
			message += fmt.Sprintf(" and %d more in the JSON verdict", more)
		}
		message += "."
	}
	properties := map[string]any{"agent": print.Clean(v.Subject.Name), "layer": print.Clean(f.Layer), "kind": f.Kind, "status": f.Status, "severity": f.Severity}
	for name, text := range map[string]string{
		"term": f.Term, "assurance": f.Assurance, "action": f.Action, "default_severity": string(f.DefaultSeverity), "set_by": f.SetBy,
	} {
		if text != "" {
			properties[name] = print.Clean(text)
		}
	}
	out := sarifResult{
		RuleID: print.Clean(f.Rule), RuleIndex: r.index[f.Rule], Level: sarifLevel(weight(f)), Message: sarifText{Text: message},
		Locations: []sarifLocation{location(v.Subject.Source, place)}, Related: related,
		// GitHub knows only the first name, and adds file and rule by itself.
		Fingerprints: map[string]string{"primaryLocationLineHash": print.Clean(f.Fingerprint), "audition/v1": print.Clean(f.Fingerprint)},
		Properties:   properties,
	}
	if f.WaivedBy != "" {
		out.Suppressions = []sarifSuppression{suppression(v, f)}
	}
	return out
}

// location is a place in a file. A path that leads out of the folder, or is
// absolute, is not relative to it.
func location(source string, at spot) sarifLocation {
	name := file(cmp.Or(at.source, source))
	a := sarifArtifact{URI: (&url.URL{Path: name}).String(), Base: sourceRoot}
	switch {
	case strings.HasPrefix(name, "/"):
		a = sarifArtifact{URI: (&url.URL{Scheme: "file", Path: name}).String()}
	case name == ".." || strings.HasPrefix(name, "../"):
		a.Base = ""
	}
	return sarifLocation{Physical: sarifPhysical{a, sarifRegion{at.line, at.column}}}
}

func sarifLevel(s maestro.Severity) string {
	switch s {
	case maestro.Critical, maestro.High:
		return "error"
	case maestro.Medium:
		return "warning"
	case maestro.Credit:
		return "none"
	}
	return "note"
}

var placeholder = regexp.MustCompile(`\{[0-9]+\}`)

// prose is text of a profile that is not taken for a link or a placeholder
// (sections 3.11.5 and 3.11.6). What cannot be either is left as it is.
func prose(s string) string {
	if s = print.Clean(s); strings.Contains(s, "](") {
		s = linkText(s)
	}
	if placeholder.MatchString(s) {
		s = strings.NewReplacer("{", "{{", "}", "}}").Replace(s)
	}
	return s
}

func linkText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(print.Clean(s))
}
