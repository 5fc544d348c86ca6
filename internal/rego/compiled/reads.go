package compiled

import (
	"reflect"
	"slices"

	"github.com/open-policy-agent/opa/v1/ir"
)

// Reads returns what a term reads of the input: paths such that its value stays the same
// where nothing at them, above or below changes. The empty path is all of the input.
func (p *Program) Reads(term int) [][]string {
	r := reading{program: p, seen: map[string]bool{}}
	r.function(p.terms[term].name)
	return r.paths
}

// manyPaths is how many are told apart: whoever reads more, or has more to do with, reads
// everything.
const manyPaths = 1000

// reading finds out what functions of a plan read. What it does not know well reads
// everything that it is given.
type reading struct {
	program *Program
	seen    map[string]bool
	paths   [][]string
	// at are the paths of the input that a local of the function may have.
	at map[ir.Local][][]string
}

func (r *reading) function(name string) {
	if r.seen[name] {
		return
	}
	r.seen[name] = true
	f := r.program.planned[name]
	if f == nil || len(f.Params) == 0 || f.Params[0] != ir.Input {
		r.read(nil)
		return
	}
	outer := r.at
	r.at = map[ir.Local][][]string{ir.Input: {nil}}
	// A block may use what one after it sets, as they can be run in turns.
	for before := -1; before != r.known(); {
		if before = r.known(); before > manyPaths {
			r.read(nil)
			break
		}
		for _, b := range f.Blocks {
			r.block(b)
		}
	}
	r.at = outer
}

func (r *reading) known() (n int) {
	for _, paths := range r.at {
		n += len(paths)
	}
	return n
}

func (r *reading) block(b *ir.Block) {
	for i, s := range b.Stmts {
		switch s := s.(type) {
		case *ir.DotStmt:
			r.dot(s, b.Stmts[i+1:])
		case *ir.ResetLocalStmt:
		case *ir.CallStmt:
			r.call(s)
		default:
			r.all(reflect.ValueOf(s).Elem())
		}
	}
}

// dot follows a key. Where the next statement follows another one from there, this one
// alone decides nothing: without it there is no other either.
func (r *reading) dot(s *ir.DotStmt, rest []ir.Stmt) {
	r.used(s.Key)
	source, ok := s.Source.Value.(ir.Local)
	key, isText := s.Key.Value.(ir.StringIndex)
	if !ok {
		return
	}
	if !isText || s.Source.Value == ir.Val(s.Target) {
		r.used(s.Source)
		return
	}
	goesOn := false
	if len(rest) > 0 {
		following, isDot := rest[0].(*ir.DotStmt)
		goesOn = isDot && following.Source.Value == ir.Val(s.Target)
	}
	for _, path := range r.at[source] {
		below := append(slices.Clone(path), r.program.literals[key])
		if !slices.ContainsFunc(r.at[s.Target], func(p []string) bool { return slices.Equal(p, below) }) {
			r.at[s.Target] = append(r.at[s.Target], below)
		}
		if !goesOn {
			r.read(below)
		}
	}
}

// call reads what a function of the plan reads that has the same input.
func (r *reading) call(s *ir.CallStmt) {
	args := s.Args
	if r.program.planned[s.Func] != nil && len(args) > 0 && args[0].Value == ir.Val(ir.Input) {
		r.function(s.Func)
		args = args[1:]
	}
	for _, a := range args {
		r.used(a)
	}
}

// all reads whatever a statement names, and what the blocks in it read.
func (r *reading) all(v reflect.Value) {
	switch x := v.Interface().(type) {
	case ir.Operand:
		r.used(x)
		return
	case ir.Local:
		r.used(ir.Operand{Value: x})
		return
	case *ir.Block:
		r.block(x)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				r.all(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			r.all(v.Index(i))
		}
	}
}

// used reads all that a local has.
func (r *reading) used(o ir.Operand) {
	if l, ok := o.Value.(ir.Local); ok {
		for _, path := range r.at[l] {
			r.read(path)
		}
	}
}

func (r *reading) read(path []string) {
	if len(r.paths) > manyPaths {
		path = nil
	}
	if !slices.ContainsFunc(r.paths, func(p []string) bool { return slices.Equal(p, path) }) {
		r.paths = append(r.paths, path)
	}
}
