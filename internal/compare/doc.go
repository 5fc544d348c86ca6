// Package compare runs the program beside conftest and OPA: the same rules on the same
// agents, the same findings, and what each takes for them. It is a test; make
// bench-compare runs it whole and writes README.md.
package compare
