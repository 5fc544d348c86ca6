package compiled

import (
	"github.com/open-policy-agent/opa/v1/ir"

	"github.com/audition-dev/audition/internal/rego/value"
)

// step makes a statement; nil is one that does nothing. A statement that is not
// known is an error.
func (b *builder) step(s ir.Stmt) (step, error) {
	switch s := s.(type) {
	case *ir.NopStmt:
		return nil, nil
	case *ir.ResultSetAddStmt:
		v := b.operand(ir.Operand{Value: s.Value})
		return func(m *machine, l []*value.Value) int { m.result = v.of(l); return next }, nil
	case *ir.ReturnLocalStmt:
		if s.Source != b.of.result {
			return nil, b.unsupported(s, "a return of something else")
		}
		return func(*machine, []*value.Value) int { return returned }, nil
	case *ir.BreakStmt:
		blocks := int(s.Index) + 1
		return func(*machine, []*value.Value) int { return blocks }, nil
	case *ir.BlockStmt, *ir.NotStmt, *ir.WithStmt, *ir.ScanStmt:
		return b.nested(s)
	case *ir.CallStmt:
		return b.callStep(s)
	case *ir.CallDynamicStmt:
		return b.dynamicStep(s)
	case *ir.DotStmt:
		return b.dot(s), nil
	case *ir.EqualStmt:
		return b.equal(s.A, s.B, true), nil
	case *ir.NotEqualStmt:
		return b.equal(s.A, s.B, false), nil
	case *ir.IsArrayStmt:
		return b.is(s.Source, value.Array), nil
	case *ir.IsObjectStmt:
		return b.is(s.Source, value.Object), nil
	case *ir.IsSetStmt:
		return b.is(s.Source, value.Set), nil
	case *ir.IsDefinedStmt:
		v := b.operand(ir.Operand{Value: s.Source})
		return func(_ *machine, l []*value.Value) int { return when(v.of(l) != nil) }, nil
	case *ir.IsUndefinedStmt:
		v := b.operand(ir.Operand{Value: s.Source})
		return func(_ *machine, l []*value.Value) int { return when(v.of(l) == nil) }, nil
	case *ir.ArrayAppendStmt, *ir.SetAddStmt, *ir.ObjectInsertStmt, *ir.ObjectInsertOnceStmt, *ir.ObjectMergeStmt:
		return b.adding(s), nil
	}
	if made := b.assigning(s); made != nil {
		return made, nil
	}
	return b.making(s)
}

// when goes on where something holds.
func when(holds bool) int {
	if holds {
		return next
	}
	return out
}

// assigning makes statements that give a local something that there is.
func (b *builder) assigning(s ir.Stmt) step {
	switch s := s.(type) {
	case *ir.ResetLocalStmt:
		to := b.of.local(s.Target)
		return func(_ *machine, l []*value.Value) int { l[to] = nil; return next }
	case *ir.AssignVarStmt:
		from, to := b.operand(s.Source), b.of.local(s.Target)
		if from.constant == nil {
			return func(_ *machine, l []*value.Value) int { l[to] = l[from.local]; return next }
		}
		return func(_ *machine, l []*value.Value) int { l[to] = from.constant; return next }
	case *ir.AssignIntStmt:
		v, to := b.arena.Int(s.Value), b.of.local(s.Target)
		return func(_ *machine, l []*value.Value) int { l[to] = v; return next }
	case *ir.AssignVarOnceStmt:
		from, to := b.operand(s.Source), b.of.local(s.Target)
		return func(m *machine, l []*value.Value) int {
			v := from.of(l)
			if l[to] != nil && !value.Equal(l[to], v) {
				return m.fail(errConflict)
			}
			l[to] = v
			return next
		}
	}
	return nil
}

// enough is for how many items there is room at first.
const enough = 4

// making makes statements that give a local something new.
func (b *builder) making(s ir.Stmt) (step, error) {
	target, ok := makes(s)
	to := b.of.local(target)
	same := func(v *value.Value) (step, error) {
		return func(_ *machine, l []*value.Value) int { l[to] = v; return next }, nil
	}
	switch s := s.(type) {
	case *ir.LenStmt:
		from, to := b.operand(s.Source), b.of.local(s.Target)
		return func(m *machine, l []*value.Value) int { l[to] = m.Int(int64(from.of(l).Len())); return next }, nil
	case *ir.MakeArrayStmt:
		if room := int(s.Capacity); room > 0 {
			return func(m *machine, l []*value.Value) int { l[to] = m.Array(room); return next }, nil
		}
		return same(emptyArray)
	case *ir.MakeObjectStmt:
		return same(emptyObject)
	case *ir.MakeSetStmt:
		return same(emptySet)
	}
	if !ok {
		return nil, b.unsupported(s, "%T", s)
	}
	v, err := b.scalar(s)
	if err != nil {
		return nil, b.unsupported(s, "a number: %v", err)
	}
	return same(v)
}

// Most of what is made stays empty. So all of it is the same at first, and a statement
// that adds to it makes it.
var emptyArray, emptyObject, emptySet = func() (a, o, s *value.Value) {
	var made value.Arena
	return made.Array(0), made.Object(0), made.Set(0)
}()

// adding makes statements that add to something.
func (b *builder) adding(s ir.Stmt) step {
	switch s := s.(type) {
	case *ir.ArrayAppendStmt:
		v, to := b.operand(s.Value), b.of.local(s.Array)
		return func(m *machine, l []*value.Value) int {
			if l[to] == emptyArray {
				l[to] = m.Array(enough)
			}
			m.Append(l[to], v.of(l))
			return next
		}
	case *ir.SetAddStmt:
		v, to := b.operand(s.Value), b.of.local(s.Set)
		return func(m *machine, l []*value.Value) int {
			if l[to] == emptySet {
				l[to] = m.Set(enough)
			}
			m.Add(l[to], v.of(l))
			return next
		}
	case *ir.ObjectInsertStmt:
		key, v, to := b.operand(s.Key), b.operand(s.Value), b.of.local(s.Object)
		return func(m *machine, l []*value.Value) int {
			if l[to] == emptyObject {
				l[to] = m.Object(enough)
			}
			m.Insert(l[to], key.of(l), v.of(l))
			return next
		}
	case *ir.ObjectInsertOnceStmt:
		key, v, to := b.operand(s.Key), b.operand(s.Value), b.of.local(s.Object)
		return func(m *machine, l []*value.Value) int {
			if l[to] == emptyObject {
				l[to] = m.Object(enough)
			}
			k, val := key.of(l), v.of(l)
			if was := l[to].Get(k); was != nil && !value.Equal(was, val) {
				return m.fail(errConflict)
			}
			m.Insert(l[to], k, val)
			return next
		}
	case *ir.ObjectMergeStmt:
		x, y := b.operand(ir.Operand{Value: s.A}), b.operand(ir.Operand{Value: s.B})
		to := b.of.local(s.Target)
		return func(m *machine, l []*value.Value) int {
			if l[to] = merge(m, x.of(l), y.of(l)); l[to] == nil {
				return m.fail(errConflict)
			}
			return next
		}
	}
	return nil
}

// merge joins two objects, and the objects in them; nil where they are not all
// objects.
func merge(m *machine, a, b *value.Value) *value.Value {
	if a.Kind() != value.Object || b.Kind() != value.Object {
		return nil
	}
	both := m.Copy(a)
	for i, key := range b.Items() {
		v := b.Values()[i]
		if was := both.Get(key); was != nil {
			if v = merge(m, was, v); v == nil {
				return nil
			}
		}
		m.Insert(both, key, v)
	}
	return both
}

// equal makes a comparison.
func (b *builder) equal(left, right ir.Operand, want bool) step {
	x, y := b.operand(left), b.operand(right)
	if x.constant != nil {
		x, y = y, x
	}
	if c := y.constant; c != nil && x.constant == nil {
		local := x.local
		if c.Kind() == value.Boolean { // of which there are two
			return func(_ *machine, l []*value.Value) int {
				v := l[local]
				return when(v != nil && (v == c) == want)
			}
		}
		return func(_ *machine, l []*value.Value) int {
			v := l[local]
			return when(v != nil && value.Equal(v, c) == want)
		}
	}
	return func(_ *machine, l []*value.Value) int {
		v, w := x.of(l), y.of(l)
		return when(v != nil && w != nil && value.Equal(v, w) == want)
	}
}

// is makes a question for the kind.
func (b *builder) is(o ir.Operand, k value.Kind) step {
	v := b.operand(o)
	return func(_ *machine, l []*value.Value) int {
		x := v.of(l)
		return when(x != nil && x.Kind() == k)
	}
}
