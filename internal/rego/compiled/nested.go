package compiled

import (
	"github.com/open-policy-agent/opa/v1/ir"

	"github.com/audition-dev/audition/internal/rego/value"
)

// nested makes statements with blocks in them.
func (b *builder) nested(s ir.Stmt) (step, error) {
	switch s := s.(type) {
	case *ir.BlockStmt:
		blocks := make([]block, len(s.Blocks))
		for i, one := range s.Blocks {
			var err error
			if blocks[i], err = b.block(one); err != nil {
				return nil, err
			}
		}
		return func(m *machine, l []*value.Value) int {
			for _, one := range blocks {
				if then := one.run(m, l); then > out {
					return after(then)
				}
			}
			return next
		}, nil
	case *ir.NotStmt:
		body, err := b.block(s.Block)
		return func(m *machine, l []*value.Value) int {
			switch then := body.run(m, l); then {
			case next:
				return out
			case out:
				return next
			default:
				return after(then)
			}
		}, err
	case *ir.ScanStmt:
		return b.scan(s)
	case *ir.WithStmt:
		return b.with(s)
	}
	return nil, b.unsupported(s, "%T", s)
}

// scan makes a loop over the items of a value, which are in order.
func (b *builder) scan(s *ir.ScanStmt) (step, error) {
	b.base[s.Value] = b.base[s.Source]
	body, err := b.block(s.Block)
	if err != nil {
		return nil, err
	}
	from := b.operand(ir.Operand{Value: s.Source})
	key, val := b.of.local(s.Key), b.of.local(s.Value)
	return func(m *machine, l []*value.Value) int {
		v := from.of(l)
		if v == nil || v.Kind() < value.Array {
			return next
		}
		items, kind := v.Items(), v.Kind()
		vals := items
		if kind == value.Object {
			vals = v.Values()
		}
		for i, item := range items {
			if !m.tick() {
				return stop
			}
			if kind == value.Array {
				item = m.Int(int64(i))
			}
			l[key], l[val] = item, vals[i]
			if then := body.run(m, l); then > out {
				return after(then)
			}
		}
		return next
	}, nil
}

// with makes a block for which a local has another value, or another value at a
// path.
func (b *builder) with(s *ir.WithStmt) (step, error) {
	body, err := b.block(s.Block)
	if err != nil {
		return nil, err
	}
	v, local := b.operand(s.Value), b.of.local(s.Local)
	path := make([]*value.Value, len(s.Path))
	for i, key := range s.Path {
		path[i] = b.strings[key]
	}
	return func(m *machine, l []*value.Value) int {
		was := l[local]
		if !m.put(&l[local], path, v.of(l)) {
			return stop
		}
		then := body.run(m, l)
		l[local] = was
		if then <= out {
			return then
		}
		return after(then)
	}, nil
}

// put gives a place another value at a path. What is missing on the way there becomes
// an object; anything else there is a conflict.
func (m *machine) put(place **value.Value, path []*value.Value, to *value.Value) bool {
	if len(path) == 0 {
		*place = to
		return true
	}
	object := m.Object(1)
	if was := *place; was != nil {
		if was.Kind() != value.Object {
			m.fail(errConflict)
			return false
		}
		object = m.Copy(was)
	}
	below := object.Get(path[0])
	ok := m.put(&below, path[1:], to)
	m.Insert(object, path[0], below)
	*place = object
	return ok
}
