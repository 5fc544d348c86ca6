// Package judge holds the judgement of the program against that of others: scores
// against those of published threat models, and findings against marks of people. It
// is a test and its data; make judge prints the table, which README.md keeps.
package judge
