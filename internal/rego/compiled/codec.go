package compiled

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/open-policy-agent/opa/v1/ir"
)

// statements are the kinds of statements, and operands those of operands. A number in
// what is written stands for a place here.
var (
	statements = []reflect.Type{
		reflect.TypeFor[ir.ArrayAppendStmt](), reflect.TypeFor[ir.AssignIntStmt](), reflect.TypeFor[ir.AssignVarOnceStmt](),
		reflect.TypeFor[ir.AssignVarStmt](), reflect.TypeFor[ir.BlockStmt](), reflect.TypeFor[ir.BreakStmt](),
		reflect.TypeFor[ir.CallDynamicStmt](), reflect.TypeFor[ir.CallStmt](), reflect.TypeFor[ir.DotStmt](),
		reflect.TypeFor[ir.EqualStmt](), reflect.TypeFor[ir.IsArrayStmt](), reflect.TypeFor[ir.IsDefinedStmt](),
		reflect.TypeFor[ir.IsObjectStmt](), reflect.TypeFor[ir.IsSetStmt](), reflect.TypeFor[ir.IsUndefinedStmt](),
		reflect.TypeFor[ir.LenStmt](), reflect.TypeFor[ir.MakeArrayStmt](), reflect.TypeFor[ir.MakeNullStmt](),
		reflect.TypeFor[ir.MakeNumberIntStmt](), reflect.TypeFor[ir.MakeNumberRefStmt](), reflect.TypeFor[ir.MakeObjectStmt](),
		reflect.TypeFor[ir.MakeSetStmt](), reflect.TypeFor[ir.NopStmt](), reflect.TypeFor[ir.NotEqualStmt](),
		reflect.TypeFor[ir.NotStmt](), reflect.TypeFor[ir.ObjectInsertOnceStmt](), reflect.TypeFor[ir.ObjectInsertStmt](),
		reflect.TypeFor[ir.ObjectMergeStmt](), reflect.TypeFor[ir.ResetLocalStmt](), reflect.TypeFor[ir.ResultSetAddStmt](),
		reflect.TypeFor[ir.ReturnLocalStmt](), reflect.TypeFor[ir.ScanStmt](), reflect.TypeFor[ir.SetAddStmt](), reflect.TypeFor[ir.WithStmt](),
	}
	operands = []reflect.Type{reflect.TypeFor[ir.Local](), reflect.TypeFor[ir.StringIndex](), reflect.TypeFor[ir.Bool]()}

	statement = reflect.TypeFor[ir.Stmt]()
	location  = reflect.TypeFor[ir.Location]()
)

// kinds are what may stand where an interface is.
func kinds(t reflect.Type) []reflect.Type {
	if t == statement {
		return statements
	}
	return operands
}

// encode appends a value: numbers, texts, lists, structs of them and what the tables
// have. Places in files are left out.
func encode(to []byte, v reflect.Value) ([]byte, error) {
	var err error
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return append(to, 1), nil
		}
		return append(to, 0), nil
	case reflect.Int, reflect.Int32, reflect.Int64:
		return binary.AppendVarint(to, v.Int()), nil
	case reflect.Uint32:
		return binary.AppendUvarint(to, v.Uint()), nil
	case reflect.String:
		return append(binary.AppendUvarint(to, uint64(v.Len())), v.String()...), nil
	case reflect.Slice:
		to = binary.AppendUvarint(to, uint64(v.Len()))
		for i := range v.Len() {
			if to, err = encode(to, v.Index(i)); err != nil {
				return nil, err
			}
		}
		return to, nil
	case reflect.Pointer:
		return encode(to, v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).Type() == location {
				continue
			}
			if to, err = encode(to, v.Field(i)); err != nil {
				return nil, err
			}
		}
		return to, nil
	case reflect.Interface:
		is := v.Elem()
		if is.Kind() == reflect.Pointer {
			is = is.Elem()
		}
		i := slices.Index(kinds(v.Type()), is.Type())
		if i < 0 {
			return nil, fmt.Errorf("a plan with %s cannot be kept", is.Type())
		}
		return encode(append(to, byte(i)), is)
	}
	return nil, fmt.Errorf("a plan with %s cannot be kept", v.Type())
}

// decoder reads what encode wrote.
type decoder struct {
	data []byte
	err  error
}

var errCut = errors.New("expected a plan, got a part of one")

func (d *decoder) uint() uint64 {
	n, size := binary.Uvarint(d.data)
	if size <= 0 {
		d.data, d.err = nil, errCut
		return 0
	}
	d.data = d.data[size:]
	return n
}

// bytes returns the next n bytes, or no more than there are.
func (d *decoder) bytes(n uint64) []byte {
	if n > uint64(len(d.data)) {
		d.data, d.err = nil, errCut
		return nil
	}
	b := d.data[:n]
	d.data = d.data[n:]
	return b
}

// value reads a value into a place.
func (d *decoder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(d.uint() == 1)
	case reflect.Int, reflect.Int32, reflect.Int64:
		n, size := binary.Varint(d.data)
		if size <= 0 {
			d.data, d.err = nil, errCut
			return
		}
		d.data = d.data[size:]
		v.SetInt(n)
	case reflect.Uint32:
		v.SetUint(d.uint())
	case reflect.String:
		v.SetString(string(d.bytes(d.uint())))
	case reflect.Slice:
		n := int(min(d.uint(), uint64(len(d.data)))) // each takes a byte or more
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			d.value(v.Index(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).Type() != location {
				d.value(v.Field(i))
			}
		}
	case reflect.Interface:
		of, i := kinds(v.Type()), int(d.uint())
		if i >= len(of) || i < 0 {
			d.data, d.err = nil, errCut
			i = 0
		}
		is := reflect.New(of[i])
		d.value(is.Elem())
		if v.Type() != statement {
			is = is.Elem()
		}
		v.Set(is)
	}
}
