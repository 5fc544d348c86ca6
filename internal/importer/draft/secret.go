package draft

import (
	"regexp"
	"strings"

	"github.com/audition-dev/audition/internal/origin"
)

// credential is in the names of variables and headers that hold one.
var credential = regexp.MustCompile(`(?i)(^|[^a-z])(api|access|secret|private|auth|client|bot|app)?[_-]?(key|token|secret|password|passwd|pwd|credentials?|pat|auth|dsn|bearer|cookie)($|[^a-z])|authorization|connection_?string|(?-i:[a-z](Key|Token|Secret|Password)$)`)

// plain are names that look like those of credentials and are none.
var plain = regexp.MustCompile(`(?i)(max|min|num|count|limit|budget|thinking)_|_(path|file|dir|name|id|url|ttl|ms)$|public`)

// reference is a value that stands for one kept elsewhere.
var reference = regexp.MustCompile(`^(\$[A-Za-z_]|%[A-Za-z_]+%$)|\$\{[^}]*\}|\{\{[^}]*\}\}|^op://|^vault:`)

// issued are the forms of credentials that issuers give away.
var issued = regexp.MustCompile(`\b(sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,}|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.)|://[^/\s:@]+:[^/\s:@$]{3,}@|-----BEGIN [A-Z ]*PRIVATE KEY`)

// inputs are values that a host asks for and keeps encrypted.
var inputs = regexp.MustCompile(`\$\{input:[^}]*\}`)

// Credential states where a credential is kept that a variable or a header of a name
// has, if it is one: here, in plain text; with whoever starts the host, in the
// environment; or in the store of the host, which asks for it. The value goes nowhere.
func (d *Draft) Credential(name string, n Node) { d.CredentialIn(name, n.Text(), n) }

// CredentialIn is Credential for a value that is a part of what stands at a node.
func (d *Draft) CredentialIn(name, value string, n Node) {
	const fact = "/secrets/storage"
	named := credential.MatchString(name) && !plain.MatchString(name)
	switch {
	case value == "" || !named && !issued.MatchString(value):
	case inputs.MatchString(value):
		d.Set(fact, "encrypted_store", n, Configured)
	case issued.MatchString(value) || !reference.MatchString(value) && !placeholder(value):
		d.over(fact, "config", n)
		d.Note(origin.Secret, n, "a credential in plain text; it is not repeated here")
	case reference.MatchString(value):
		d.Set(fact, "env", n, Configured)
	default:
		d.Note(origin.Open, n, "stands for a credential that is to be filled in")
	}
}

// over states a fact that counts more than what was stated before.
func (d *Draft) over(pointer, value string, n Node) {
	if v, _ := d.get(pointer).(string); v == value {
		return
	}
	delete(d.from, pointer)
	d.Set(pointer, value, n, Configured)
}

// placeholder tells whether a value asks to be replaced.
func placeholder(value string) bool {
	lower := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(value, "Bearer "), "bearer "))
	return strings.HasPrefix(lower, "<") || strings.Contains(lower, "your") || strings.Contains(lower, "xxx") || strings.Trim(lower, "*.x") == "" ||
		strings.HasPrefix(lower, "changeme") || strings.HasPrefix(lower, "replace")
}
