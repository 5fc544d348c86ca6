package compiled_test

import (
	"fmt"
	"strings"
)

// policyWriter writes what its choices say.
type policyWriter struct {
	choices []byte
	vars    []string
	// names is how many rules the package has, first how many the one before.
	names, first int
}

func (w *policyWriter) choose(n int) int {
	if len(w.choices) == 0 {
		return 0
	}
	c := w.choices[0]
	w.choices = w.choices[1:]
	return int(c) % n
}

func (w *policyWriter) one(of ...string) string { return of[w.choose(len(of))] }

// keys are few, so that much of what is looked up is there.
func (w *policyWriter) key() string { return w.one("a", "b", "c", "d") }

// json is what encoding/json makes of a value.
func (w *policyWriter) json(depth int) any {
	n := w.choose(9)
	if depth == 0 {
		n = w.choose(6)
	}
	switch n {
	case 0:
		return true
	case 1:
		return false
	case 2:
		return nil
	case 3:
		return w.choose(4)
	case 4:
		return []any{1.5, 1e21, -2.0, 0.1}[w.choose(4)]
	case 5:
		return w.key()
	case 6:
		list := make([]any, w.choose(4))
		for i := range list {
			list[i] = w.json(depth - 1)
		}
		return list
	}
	object := map[string]any{}
	for range w.choose(5) {
		object[w.key()] = w.json(depth - 1)
	}
	return object
}

// policies are two packages of rules. A later rule may use those before it, and those
// of the second package any of the first.
func (w *policyWriter) policies() []string {
	first := "package p\n\nimport data.base\n\n" + w.rules(2+w.choose(4))
	w.first, w.names = w.names, 0
	return []string{first, "package q\n\nimport data.base\n\n" + w.rules(2)}
}

func (w *policyWriter) rules(n int) string {
	var b strings.Builder
	for i := range n {
		w.vars = nil
		name := fmt.Sprintf("r%d", i)
		switch w.choose(7) {
		case 0:
			body := w.body(2)
			fmt.Fprintf(&b, "%s contains %s if {\n%s}\n", name, w.term(2), body)
		case 1:
			body := w.body(2)
			fmt.Fprintf(&b, "%s[%s] := %s if {\n%s}\n", name, w.scalar(), w.term(2), body)
		case 2:
			body := w.body(2)
			fmt.Fprintf(&b, "default %s := %s\n%s := %s if {\n%s}\n", name, w.constant(1), name, w.term(1), body)
		case 3:
			body := w.body(1)
			fmt.Fprintf(&b, "%s := %s if {\n%s}", name, w.term(1), body)
			w.vars = nil
			body = w.body(1)
			fmt.Fprintf(&b, " else := %s if {\n%s}\n", w.term(1), body)
		case 4:
			body := w.body(1)
			fmt.Fprintf(&b, "%s.%s contains %s if {\n%s}\n", name, w.key(), w.term(1), body)
		case 5:
			w.vars = []string{"x", "y"}
			body := w.body(1)
			fmt.Fprintf(&b, "f%d(x, y) := %s if {\n%s}\n%s := f%d(%s, %s)\n", i, w.term(1), body, name, i, w.input(), w.constant(1))
		default:
			fmt.Fprintf(&b, "%s := %s\n", name, w.term(3))
		}
		w.names = i + 1
	}
	return b.String()
}

func (w *policyWriter) body(depth int) string {
	var b strings.Builder
	for range 1 + w.choose(3) {
		b.WriteString("\t" + w.expression(depth) + "\n")
	}
	b.WriteString("\t" + w.used(0) + "\n")
	return b.String()
}

// used uses all variables from an index on, as each has to be.
func (w *policyWriter) used(from int) string {
	return fmt.Sprintf("[%s] != 0", strings.Join(w.vars[from:], ", "))
}

func (w *policyWriter) fresh() string {
	v := fmt.Sprintf("v%d", len(w.vars))
	w.vars = append(w.vars, v)
	return v
}

// within writes something with variables of its own.
func (w *policyWriter) within(write func() string) string {
	before := len(w.vars)
	defer func() { w.vars = w.vars[:before] }()
	return write()
}

func (w *policyWriter) expression(depth int) string {
	switch w.choose(14) {
	case 0, 1:
		list := w.collection(depth)
		return fmt.Sprintf("some %s in %s", w.fresh(), list)
	case 2:
		list := w.collection(depth)
		return fmt.Sprintf("some %s, %s in %s", w.fresh(), w.fresh(), list)
	case 3:
		t := w.term(depth)
		return fmt.Sprintf("%s := %s", w.fresh(), t)
	case 4:
		return "not " + w.condition(depth)
	case 5:
		return w.within(func() string {
			list := w.collection(depth)
			v := w.fresh()
			return fmt.Sprintf("every %s in %s { %s; %s != 7 }", v, list, w.condition(depth), v)
		})
	case 6:
		return fmt.Sprintf("%s with input.%s as %s", w.condition(depth), w.key(), w.constant(1))
	case 7:
		return fmt.Sprintf("%s with data.base as %s", w.condition(depth), w.constant(2))
	case 8:
		t := w.term(depth)
		return fmt.Sprintf("[%s, %s] = %s", w.fresh(), w.constant(0), t)
	case 9:
		t := w.input()
		return fmt.Sprintf("%s = %s[%s]", w.fresh(), t, w.fresh())
	}
	return w.condition(depth)
}

func (w *policyWriter) condition(depth int) string {
	switch w.choose(6) {
	case 0:
		return fmt.Sprintf("%s in %s", w.term(depth-1), w.collection(depth))
	case 1:
		return w.input()
	case 2:
		return fmt.Sprintf("startswith(%s, %q)", w.typeless(), w.key())
	}
	return fmt.Sprintf("%s %s %s", w.term(depth-1), w.one("==", "!=", "<", ">=", "=="), w.term(depth-1))
}

func (w *policyWriter) input() string {
	switch w.choose(5) {
	case 0:
		return "input"
	case 1:
		return fmt.Sprintf("base.%s", w.key())
	case 2:
		return fmt.Sprintf("base[%s]", w.scalar())
	case 3:
		return fmt.Sprintf("input.%s[%s]", w.key(), w.scalar())
	}
	return fmt.Sprintf("input.%s.%s", w.key(), w.key())
}

// typeless is what OPA can take for a value of any type.
func (w *policyWriter) typeless() string {
	if w.names > 0 && w.choose(4) == 0 {
		return fmt.Sprintf("r%d", w.choose(w.names))
	}
	return w.input()
}

func (w *policyWriter) scalar() string {
	if len(w.vars) > 0 && w.choose(2) == 0 {
		return w.one(w.vars...)
	}
	return w.constant(0)
}

func (w *policyWriter) constant(depth int) string {
	n := w.choose(10)
	if depth == 0 {
		n = w.choose(7)
	}
	switch n {
	case 0:
		return w.one("true", "false", "null")
	case 1, 2:
		return w.one("0", "1", "1.0", "2", "1.5", "-1", "1e1", "18446744073709551616")
	case 3, 4, 5, 6:
		return fmt.Sprintf("%q", w.key())
	case 7:
		return fmt.Sprintf("[%s, %s]", w.constant(depth-1), w.constant(depth-1))
	case 8:
		return fmt.Sprintf("{%q: %s, %q: %s}", w.key(), w.constant(depth-1), w.key(), w.constant(depth-1))
	}
	return fmt.Sprintf("{%s, %s}", w.constant(depth-1), w.constant(depth-1))
}

func (w *policyWriter) collection(depth int) string {
	switch w.choose(4) {
	case 0:
		return w.input()
	case 1:
		return fmt.Sprintf("[%s, %s, %s]", w.constant(1), w.scalar(), w.constant(1))
	case 2:
		return fmt.Sprintf("{%s, %s, %s}", w.constant(1), w.scalar(), w.constant(0))
	}
	return w.typeless()
}

func (w *policyWriter) term(depth int) string {
	if depth <= 0 {
		return w.scalar()
	}
	d := depth - 1
	switch w.choose(16) {
	case 0:
		return fmt.Sprintf("[%s, %s]", w.term(d), w.term(d))
	case 1:
		return fmt.Sprintf("{%q: %s, %s: %s}", w.key(), w.term(d), w.scalar(), w.term(d))
	case 2:
		return fmt.Sprintf("{%s, %s}", w.term(d), w.term(d))
	case 3, 4, 5:
		return w.within(func() string {
			before := len(w.vars)
			var exprs []string
			for range 1 + w.choose(2) {
				exprs = append(exprs, w.expression(d))
			}
			body := strings.Join(append(exprs, w.used(before)), "; ")
			switch w.choose(3) {
			case 0:
				return fmt.Sprintf("[%s | %s]", w.term(d), body)
			case 1:
				return fmt.Sprintf("{%s | %s}", w.term(d), body)
			}
			return fmt.Sprintf("{%s: %s | %s}", w.scalar(), w.term(d), body)
		})
	case 6:
		return fmt.Sprintf("%s(%s)", w.one("count", "sum", "to_number", "lower", "is_string", "json.marshal", "abs", "array.reverse"), w.typeless())
	case 7:
		return fmt.Sprintf("%s %s %s", w.typeless(), w.one("+", "-", "*", "/", "%"), w.one("1", "2", "1.5", w.typeless()))
	case 8:
		return fmt.Sprintf("object.get(%s, %s, %s)", w.typeless(), w.term(d), w.term(d))
	case 9:
		return fmt.Sprintf("sprintf(%q, [%s, %s])", w.one("%v %s", "%d-%v", "%s"), w.term(d), w.term(d))
	case 10:
		return fmt.Sprintf("({%s, %s} %s {%s, %s})", w.scalar(), w.scalar(), w.one("|", "&", "-"), w.scalar(), w.scalar())
	case 11:
		return fmt.Sprintf("concat(%q, %s)", w.key(), w.typeless())
	case 12:
		return fmt.Sprintf("array.concat([%s], %s)", w.scalar(), w.typeless())
	case 13:
		if w.names > 0 {
			return fmt.Sprintf("r%d", w.choose(w.names))
		}
	case 14:
		if w.first > 0 {
			return w.one("data.p[input.c]", fmt.Sprintf("data.p[%q]", fmt.Sprintf("r%d", w.choose(w.first))), fmt.Sprintf("data.p[sprintf(\"r%%d\", [%d])]", w.choose(w.first)))
		}
	}
	return w.input()
}
