package show

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/audition-dev/audition/internal/maestro"
	"github.com/audition-dev/audition/internal/report/print"
)

// Manual describes the rules and gates of a policy.
type Manual struct {
	Rules []ManualRule `json:"rules"`
	Gates []ManualGate `json:"gates"`
}

// ManualRule is a rule with what its files say beside its metadata.
type ManualRule struct {
	maestro.Rule
	// Reads are JSON pointers of what the rule reads.
	Reads []string `json:"reads"`
	// Bad and Good are the least inputs on which it fires and does not.
	Bad  any `json:"bad,omitempty"`
	Good any `json:"good,omitempty"`
	// Titles are those of the references, by id.
	Titles map[string]string `json:"titles,omitempty"`
}

// ManualGate is a gate as its metadata describe it.
type ManualGate struct {
	Package     string   `json:"package"`
	Title       string   `json:"title,omitempty"`
	Description string   `json:"description,omitempty"`
	Decisions   []string `json:"decisions"`
	// Reads are JSON pointers of what the gate reads.
	Reads []string `json:"reads"`
	File  string   `json:"file"`
	Row   int      `json:"row"`
}

// ManualJSON prints a manual for machines.
func ManualJSON(w io.Writer, m Manual) error {
	m.Rules, m.Gates = append([]ManualRule{}, m.Rules...), append([]ManualGate{}, m.Gates...)
	return print.Encode(w, m)
}

// ManualMarkdown prints a manual: an index, then a section for each rule and
// gate. Whatever metadata say is text and never markup.
func ManualMarkdown(w io.Writer, m Manual) error {
	var out bytes.Buffer
	out.WriteString("# Rules and gates\n\n| rule or gate | kind | severity | possible | finds |\n| --- | --- | --- | --- | --- |\n")
	for _, r := range m.Rules {
		fmt.Fprintf(&out, "| [%s](#%s) | %s | %s | %s | %s |\n", plain(r.ID), anchor(r.ID), r.Kind, r.Severity, r.Possible, plain(r.Title))
	}
	for _, g := range m.Gates {
		fmt.Fprintf(&out, "| [%s](#%s) | gate | %s | | %s |\n", plain(g.Package), anchor(g.Package), strings.Join(g.Decisions, ", "), plain(g.Title))
	}
	for _, r := range m.Rules {
		manualRule(&out, r)
	}
	for _, g := range m.Gates {
		section(&out, g.Package, g.Title)
		paragraph(&out, g.Description)
		item(&out, "Decides", g.Decisions, nil)
		item(&out, "Reads", paths(g.Reads), nil)
		item(&out, "Where", []string{fmt.Sprintf("%s:%d", g.File, g.Row)}, nil)
	}
	_, err := w.Write(out.Bytes())
	return err
}

func manualRule(out *bytes.Buffer, r ManualRule) {
	section(out, r.ID, r.Title)
	severity := string(r.Severity)
	if r.Possible != "" {
		severity += ", " + string(r.Possible) + " when only possible"
	}
	paragraph(out, fmt.Sprintf("%s, %s; layers %s.", r.Kind, severity, strings.Join(r.Layers, ", ")))
	paragraph(out, r.Description)
	item(out, "Says", []string{r.Message}, nil)
	item(out, "What to do", []string{r.Remediation}, nil)
	item(out, "Reads", paths(r.Reads), nil)
	item(out, "Controls", paths(r.Controls), nil)
	item(out, "Threats", r.Threats, nil)
	item(out, "References", r.References, r.Titles)
	item(out, "Suppressed by", r.SuppressedBy, nil)
	item(out, "Applies to", r.Subjects, nil)
	item(out, "Where", []string{fmt.Sprintf("%s:%d", r.File, r.Row)}, nil)
	sample(out, "Fires on", r.Bad)
	sample(out, "Stays silent on", r.Good)
}

// anchor is where a link to an id leads.
func anchor(id string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", `\`, "%5C", "<", "%3C", ">", "%3E", "|", "%7C").Replace(print.Clean(id))
}

func section(out *bytes.Buffer, id, title string) {
	fmt.Fprintf(out, "\n<a id=\"%s\"></a>\n\n## %s\n", html.EscapeString(print.Clean(id)), plain(id))
	paragraph(out, title)
}

func paragraph(out *bytes.Buffer, text string) {
	if text != "" {
		out.WriteString("\n" + plain(text) + "\n")
	}
}

// item prints a paragraph of a name and values, with their titles.
func item(out *bytes.Buffer, name string, values []string, titles map[string]string) {
	if len(values) == 0 {
		return
	}
	var texts []string
	for _, v := range values {
		text := plain(v)
		if titles[v] != "" {
			text += " (" + plain(titles[v]) + ")"
		}
		texts = append(texts, text)
	}
	fmt.Fprintf(out, "\n**%s:** %s\n", name, strings.Join(texts, "; "))
}

// sample prints an input. Its text cannot end the fence: a line of JSON never
// begins with a backtick.
func sample(out *bytes.Buffer, name string, input any) {
	if input == nil {
		return
	}
	var text bytes.Buffer
	if err := print.Encode(&text, input); err != nil {
		panic(err) // It is a JSON value.
	}
	fmt.Fprintf(out, "\n**%s:**\n\n```json\n", name)
	for line := range strings.Lines(text.String()) {
		out.WriteString(print.Clean(strings.TrimSuffix(line, "\n")) + "\n")
	}
	out.WriteString("```\n")
}

func paths(pointers []string) []string {
	var out []string
	for _, p := range pointers {
		out = append(out, print.Path(p))
	}
	return out
}

// plain writes text so that Markdown shows it as it is, in one line and in a cell
// of a table.
func plain(s string) string {
	s = strings.Join(strings.Fields(print.Clean(s)), " ")
	digits := len(s) - len(strings.TrimLeft(s, "0123456789")) // as in a list
	var b strings.Builder
	for i, r := range s {
		if strings.ContainsRune("\\`*_{}[]()#<>&|~!$", r) || i == 0 && strings.ContainsRune("+-=", r) || i == digits && r == '.' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
