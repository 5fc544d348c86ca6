package compiled

import (
	"github.com/open-policy-agent/opa/v1/ir"

	"github.com/audition-dev/audition/internal/rego/value"
)

// uses counts how often each local of a block is written, and how often something is
// added to what it has.
type uses struct{ written, added map[ir.Local]int }

func usesOf(b *ir.Block) uses {
	u := uses{map[ir.Local]int{}, map[ir.Local]int{}}
	u.block(b)
	return u
}

func (u uses) block(b *ir.Block) {
	for _, s := range b.Stmts {
		switch s := s.(type) {
		case *ir.ArrayAppendStmt:
			u.added[s.Array]++
		case *ir.ObjectInsertStmt:
			u.added[s.Object]++
		case *ir.ObjectInsertOnceStmt:
			u.added[s.Object]++
		case *ir.SetAddStmt:
			u.added[s.Set]++
		case *ir.BlockStmt:
			for _, b := range s.Blocks {
				u.block(b)
			}
		case *ir.NotStmt:
			u.block(s.Block)
		case *ir.WithStmt:
			u.written[s.Local]++
			u.block(s.Block)
		case *ir.ScanStmt:
			u.written[s.Key]++
			u.written[s.Value]++
			u.block(s.Block)
		default:
			if l, ok := writes(s); ok {
				u.written[l]++
			}
		}
	}
}

// writes returns the local that a statement gives a value.
func writes(s ir.Stmt) (ir.Local, bool) {
	switch s := s.(type) {
	case *ir.CallStmt:
		return s.Result, true
	case *ir.CallDynamicStmt:
		return s.Result, true
	case *ir.DotStmt:
		return s.Target, true
	case *ir.LenStmt:
		return s.Target, true
	case *ir.AssignIntStmt:
		return s.Target, true
	case *ir.AssignVarStmt:
		return s.Target, true
	case *ir.AssignVarOnceStmt:
		return s.Target, true
	case *ir.ResetLocalStmt:
		return s.Target, true
	case *ir.ObjectMergeStmt:
		return s.Target, true
	}
	return makes(s)
}

// makes returns the local to which a statement gives a new value.
func makes(s ir.Stmt) (ir.Local, bool) {
	switch s := s.(type) {
	case *ir.MakeNullStmt:
		return s.Target, true
	case *ir.MakeNumberIntStmt:
		return s.Target, true
	case *ir.MakeNumberRefStmt:
		return s.Target, true
	case *ir.MakeArrayStmt:
		return s.Target, true
	case *ir.MakeObjectStmt:
		return s.Target, true
	case *ir.MakeSetStmt:
		return s.Target, true
	}
	return 0, false
}

// fold makes a constant of what statements begin with, and returns how many of them
// that takes; 0 where it is none. Something that more is added to elsewhere, as to
// what comprehensions make, is no constant.
func (b *builder) fold(s []ir.Stmt) int {
	target, ok := makes(s[0])
	if !ok || target == b.of.result || b.uses.written[target] != 1 {
		return 0
	}
	v, err := b.scalar(s[0])
	if err != nil {
		return 0
	}
	if v != nil {
		b.constants[target] = v
		return 1
	}
	v = b.empty(s[0])
	added, i := 0, 1
	for i < len(s) {
		if b.add(v, target, s[i]) {
			added, i = added+1, i+1
			continue
		}
		n := b.fold(s[i:])
		if n == 0 {
			break
		}
		i += n
	}
	if added != b.uses.added[target] {
		return 0
	}
	v.Settle()
	b.constants[target] = v
	return i
}

// scalar returns what a statement makes that has no parts.
func (b *builder) scalar(s ir.Stmt) (*value.Value, error) {
	switch s := s.(type) {
	case *ir.MakeNullStmt:
		return value.Nothing(), nil
	case *ir.MakeNumberIntStmt:
		return b.arena.Int(s.Value), nil
	case *ir.MakeNumberRefStmt:
		return b.arena.Number(b.literals[s.Index])
	}
	return nil, nil
}

// empty returns what a statement makes that can have parts.
func (b *builder) empty(s ir.Stmt) *value.Value {
	switch s.(type) {
	case *ir.MakeArrayStmt:
		return b.arena.Array(0)
	case *ir.MakeObjectStmt:
		return b.arena.Object(0)
	}
	return b.arena.Set(0)
}

// add adds to a value what a statement adds to it, if that is constant.
func (b *builder) add(v *value.Value, target ir.Local, s ir.Stmt) bool {
	var key, val operand
	switch s := s.(type) {
	case *ir.ArrayAppendStmt:
		if val = b.operand(s.Value); s.Array != target || val.constant == nil {
			return false
		}
		b.arena.Append(v, val.constant)
	case *ir.SetAddStmt:
		if val = b.operand(s.Value); s.Set != target || val.constant == nil {
			return false
		}
		b.arena.Add(v, val.constant)
	case *ir.ObjectInsertStmt:
		key, val = b.operand(s.Key), b.operand(s.Value)
		if s.Object != target || key.constant == nil || val.constant == nil {
			return false
		}
		b.arena.Insert(v, key.constant, val.constant)
	default:
		return false
	}
	return true
}
