package compiled

import (
	"strconv"

	"github.com/open-policy-agent/opa/v1/ir"

	"github.com/audition-dev/audition/internal/rego/value"
)

// dot makes a lookup. What was found last for a key is remembered with where:
// most of it is of the input, which stays the same. What is still made is asked
// again.
func (b *builder) dot(s *ir.DotStmt) step {
	from, key, to := b.operand(s.Source), b.operand(s.Key), b.of.local(s.Target)
	source, isLocal := s.Source.Value.(ir.Local)
	text, isText := "", false
	if key.constant != nil {
		text, isText = key.constant.Text()
	}
	if isLocal && b.base[source] {
		b.base[s.Target] = true
		if !isText || isIndex(text) {
			return dotOfData(from, key, to)
		}
	}
	if !isText || from.constant != nil || isLocal && b.uses.added[source] > 0 {
		return func(_ *machine, l []*value.Value) int {
			v, k := from.of(l), key.of(l)
			if v == nil || k == nil {
				return out
			}
			l[to] = v.Get(k)
			return when(l[to] != nil)
		}
	}
	slot, ok := b.keys[text]
	if !ok {
		slot = len(b.keys)
		b.keys[text] = slot
	}
	name, local := key.constant, from.local
	return func(m *machine, l []*value.Value) int {
		v := l[local]
		if v == nil {
			return out
		}
		last := &m.found[slot]
		if last.of != v {
			last.of, last.value = v, v.Get(name)
		}
		l[to] = last.value
		return when(last.value != nil)
	}
}

// dotOfData makes a lookup in data. The interpreter takes the keys of a reference to
// data for names of a path, so that 2 and "2" are the same there: it has to tell.
func dotOfData(from, key operand, to int) step {
	return func(m *machine, l []*value.Value) int {
		v, k := from.of(l), key.of(l)
		if v == nil || k == nil {
			return out
		}
		if alike(m, v, k) {
			return m.fail(errPath)
		}
		l[to] = v.Get(k)
		return when(l[to] != nil)
	}
}

// alike tells whether a key is of another kind than one that there is, or is written
// in another way, and has its name.
func alike(m *machine, v, key *value.Value) bool {
	text, isText := key.Text()
	switch {
	case v.Kind() == value.Object && key.Kind() == value.Number:
		return v.Get(m.String(key.Literal())) != nil
	case v.Kind() == value.Array && isText:
		return isIndex(text)
	case v.Kind() == value.Array:
		_, whole := key.Int()
		return whole && !key.Canonical()
	}
	return false
}

func isIndex(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}
