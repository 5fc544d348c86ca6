package value

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// maxValues bounds how many values are written: few steps of a policy make one that
// would take years to write. maxDepth bounds how deep they lie in each other.
const (
	maxValues = 1 << 20
	maxDepth  = 10_000
)

var errDeep = fmt.Errorf("evaluation: expected values at most %d deep", maxDepth)

// Encode writes a value with all its types: the letter of its kind and, but for null
// and booleans, a length and so many bytes or values, a key before the value of it. No
// value is null.
func Encode(v *Value) ([]byte, error) {
	w := wire{left: maxValues}
	err := w.write(v, 0)
	return w.out, err
}

type wire struct {
	out  []byte
	left int
}

func (w *wire) write(v *Value, depth int) error {
	if w.left--; w.left < 0 {
		return fmt.Errorf("evaluation: expected at most %d values", maxValues)
	}
	if depth > maxDepth {
		return errDeep
	}
	if v == nil {
		v = null
	}
	switch v.kind {
	case Null:
		w.out = append(w.out, '0')
	case Boolean:
		w.out = append(w.out, "ft"[v.n])
	case Number:
		w.text('n', v.Literal())
	case String:
		w.text('s', v.text)
	default:
		w.head(map[Kind]byte{Array: 'a', Object: 'o', Set: 'e'}[v.kind], len(v.items))
		for i, item := range v.Items() {
			if err := w.write(item, depth+1); err != nil {
				return err
			}
			if v.kind == Object {
				if err := w.write(v.vals[i], depth+1); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (w *wire) text(kind byte, text string) {
	w.head(kind, len(text))
	w.out = append(w.out, text...)
}

func (w *wire) head(kind byte, n int) {
	w.out = binary.AppendUvarint(append(w.out, kind), uint64(n))
}

// Decode reads what Encode wrote.
func Decode(data []byte) (*Value, error) {
	r := wired{data: data, text: string(data), left: len(data)}
	v, err := r.read(0)
	if err == nil && r.at < len(data) {
		err = errors.New("evaluation: expected one value")
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

// wired is what is read from, at a place. Strings are parts of its text.
type wired struct {
	Arena
	data []byte
	text string
	at   int
	// left is how many values there can be: each takes a byte at least.
	left int
}

func (r *wired) read(depth int) (*Value, error) {
	if depth > maxDepth {
		return nil, errDeep
	}
	if r.at == len(r.data) {
		return nil, errors.New("evaluation: expected a value")
	}
	kind := r.data[r.at]
	r.at++
	switch kind {
	case '0':
		return null, nil
	case 'f', 't':
		return Bool(kind == 't'), nil
	}
	length, size := binary.Uvarint(r.data[r.at:])
	if r.at += max(size, 0); size <= 0 || length > uint64(len(r.data)-r.at) {
		return nil, errors.New("evaluation: expected a length")
	}
	n := int(length)
	switch kind {
	case 'n', 's':
		text := r.text[r.at : r.at+n]
		if r.at += n; kind == 's' {
			return r.String(text), nil
		}
		if text == "" || !strings.Contains("-0123456789", text[:1]) || !json.Valid([]byte(text)) {
			return nil, fmt.Errorf("evaluation: expected a number, got %.40q", text)
		}
		return r.Number(text)
	case 'a':
		return r.items(r.Array, n, depth, func(list, item *Value) error { r.Append(list, item); return nil })
	case 'e':
		return r.items(r.Set, n, depth, func(set, item *Value) error { r.Add(set, item); return nil })
	case 'o':
		return r.items(r.Object, n, depth, func(object, key *Value) error {
			v, err := r.read(depth + 1)
			if err == nil {
				r.Insert(object, key, v)
			}
			return err
		})
	}
	return nil, fmt.Errorf("evaluation: unknown kind of value %q", kind)
}

// items makes a value of so many others.
func (r *wired) items(empty func(int) *Value, n, depth int, add func(v, item *Value) error) (*Value, error) {
	if r.left -= n; r.left < 0 {
		return nil, errors.New("evaluation: expected as many values as are announced")
	}
	v := empty(n)
	for range n {
		item, err := r.read(depth + 1)
		if err == nil {
			err = add(v, item)
		}
		if err != nil {
			return nil, err
		}
	}
	return v, nil
}
