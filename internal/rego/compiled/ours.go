package compiled

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/audition-dev/audition/internal/rego/value"
)

// ours are the builtins that are called most. They take the kinds and the sizes that
// are common, and leave all others to OPA, with what is wrong with them.
var ours = map[string]builtin{
	"equal": func(_ *machine, a []*value.Value) *value.Value { return value.Bool(value.Equal(a[0], a[1])) },
	"neq":   func(_ *machine, a []*value.Value) *value.Value { return value.Bool(!value.Equal(a[0], a[1])) },
	"lt":    func(_ *machine, a []*value.Value) *value.Value { return value.Bool(value.Compare(a[0], a[1]) < 0) },
	"lte":   func(_ *machine, a []*value.Value) *value.Value { return value.Bool(value.Compare(a[0], a[1]) <= 0) },
	"gt":    func(_ *machine, a []*value.Value) *value.Value { return value.Bool(value.Compare(a[0], a[1]) > 0) },
	"gte":   func(_ *machine, a []*value.Value) *value.Value { return value.Bool(value.Compare(a[0], a[1]) >= 0) },

	"plus": arithmetic(func(x, y int64) int64 { return x + y }),
	"mul":  arithmetic(func(x, y int64) int64 { return x * y }),
	"minus": func(m *machine, a []*value.Value) *value.Value {
		if a[0].Kind() == value.Set && a[1].Kind() == value.Set {
			return filtered(m, a[0], func(v *value.Value) bool { return a[1].Get(v) == nil })
		}
		return arithmetic(func(x, y int64) int64 { return x - y })(m, a)
	},
	"and": func(m *machine, a []*value.Value) *value.Value {
		if a[0].Kind() != value.Set || a[1].Kind() != value.Set {
			return nil
		}
		return filtered(m, a[0], func(v *value.Value) bool { return a[1].Get(v) != nil })
	},
	"or": func(m *machine, a []*value.Value) *value.Value {
		if a[0].Kind() != value.Set || a[1].Kind() != value.Set {
			return nil
		}
		all := m.Copy(a[0])
		for _, v := range a[1].Items() {
			m.Add(all, v)
		}
		return all
	},

	"count": func(m *machine, a []*value.Value) *value.Value {
		switch text, isText := a[0].Text(); {
		case isText:
			return m.Int(int64(utf8.RuneCountInString(text)))
		case a[0].Kind() >= value.Array:
			return m.Int(int64(a[0].Len()))
		}
		return nil
	},
	"internal.member_2": func(_ *machine, a []*value.Value) *value.Value { return value.Bool(contains(a[1], a[0])) },
	"object.get":        get,
	"object.union": func(m *machine, a []*value.Value) *value.Value {
		switch {
		case a[0].Kind() != value.Object || a[1].Kind() != value.Object:
			return nil
		case a[1].Len() == 0 || value.Equal(a[0], a[1]):
			return a[0]
		}
		return union(m, a[0], a[1])
	},
	"array.concat": func(m *machine, a []*value.Value) *value.Value {
		if a[0].Kind() != value.Array || a[1].Kind() != value.Array {
			return nil
		}
		all := m.Array(a[0].Len() + a[1].Len())
		for _, list := range a {
			for _, v := range list.Items() {
				m.Append(all, v)
			}
		}
		return all
	},

	"startswith": texts(func(_ *machine, s, t string) *value.Value { return value.Bool(strings.HasPrefix(s, t)) }),
	"endswith":   texts(func(_ *machine, s, t string) *value.Value { return value.Bool(strings.HasSuffix(s, t)) }),
	"contains":   texts(func(_ *machine, s, t string) *value.Value { return value.Bool(strings.Contains(s, t)) }),
	"trim_prefix": texts(func(m *machine, s, t string) *value.Value {
		return m.String(strings.TrimPrefix(s, t))
	}),
	"trim_suffix": texts(func(m *machine, s, t string) *value.Value {
		return m.String(strings.TrimSuffix(s, t))
	}),
	"split": texts(func(m *machine, s, t string) *value.Value {
		if t == "" {
			return nil
		}
		parts := strings.Split(s, t)
		list := m.Array(len(parts))
		for _, part := range parts {
			m.Append(list, m.String(part))
		}
		return list
	}),
	"lower": func(m *machine, a []*value.Value) *value.Value {
		text, ok := a[0].Text()
		if !ok {
			return nil
		}
		return m.String(strings.ToLower(text))
	},
	"substring": substring,
	"concat":    concat,
	"sprintf":   sprintf,
}

// arithmetic is on numbers of which any two stay within 64 bits.
func arithmetic(do func(x, y int64) int64) builtin {
	return func(m *machine, a []*value.Value) *value.Value {
		x, ok := a[0].Int()
		y, too := a[1].Int()
		if !ok || !too || x != int64(int32(x)) || y != int64(int32(y)) {
			return nil
		}
		return m.Int(do(x, y))
	}
}

func texts(do func(m *machine, s, t string) *value.Value) builtin {
	return func(m *machine, a []*value.Value) *value.Value {
		s, ok := a[0].Text()
		t, too := a[1].Text()
		if !ok || !too {
			return nil
		}
		return do(m, s, t)
	}
}

// filtered are the items of a set that are to stay.
func filtered(m *machine, set *value.Value, stays func(*value.Value) bool) *value.Value {
	out := m.Set(0)
	for _, v := range set.Items() {
		if stays(v) {
			m.Add(out, v)
		}
	}
	return out
}

// contains tells whether something is in a list: as an element, or as the value of a
// key.
func contains(list, v *value.Value) bool {
	items := list.Items()
	switch list.Kind() {
	case value.Set:
		return list.Get(v) != nil
	case value.Object:
		items = list.Values()
	}
	for _, item := range items {
		if value.Equal(item, v) {
			return true
		}
	}
	return false
}

// get is object.get.
func get(_ *machine, a []*value.Value) *value.Value {
	if a[0].Kind() != value.Object {
		return nil
	}
	v := a[0]
	if a[1].Kind() != value.Array {
		v = v.Get(a[1])
	} else {
		for _, key := range a[1].Items() {
			if v = v.Get(key); v == nil {
				break
			}
		}
	}
	if v == nil {
		return a[2]
	}
	return v
}

// union is what a is with all that b has.
func union(m *machine, a, b *value.Value) *value.Value {
	both := m.Copy(a)
	for i, key := range b.Items() {
		v := b.Values()[i]
		if was := both.Get(key); was != nil && was.Kind() == value.Object && v.Kind() == value.Object {
			v = union(m, was, v)
		}
		m.Insert(both, key, v)
	}
	return both
}

// substring is the builtin of that name, of ASCII.
func substring(m *machine, a []*value.Value) *value.Value {
	text, ok := a[0].Text()
	from, fromOK := a[1].Int()
	length, lengthOK := a[2].Int()
	if !ok || !fromOK || !lengthOK || from < 0 || strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) {
		return nil
	}
	rest := text[min(from, int64(len(text))):]
	if length >= 0 {
		rest = rest[:min(length, int64(len(rest)))]
	}
	return m.String(rest)
}

// concat is the builtin of that name.
func concat(m *machine, a []*value.Value) *value.Value {
	by, ok := a[0].Text()
	if !ok || a[1].Kind() != value.Array && a[1].Kind() != value.Set {
		return nil
	}
	parts := make([]string, a[1].Len())
	for i, v := range a[1].Items() {
		if parts[i], ok = v.Text(); !ok {
			return nil
		}
	}
	return m.String(strings.Join(parts, by))
}

// sprintf is the builtin of that name.
func sprintf(m *machine, a []*value.Value) *value.Value {
	format, ok := a[0].Text()
	if !ok || a[1].Kind() != value.Array {
		return nil
	}
	args := make([]any, a[1].Len())
	for i, v := range a[1].Items() {
		if text, ok := v.Text(); ok {
			args[i] = text
		} else if n, ok := v.Int(); ok && v.Canonical() {
			args[i] = n
		} else if v.Kind() != value.Number {
			args[i] = v.AST().String()
		} else if f, err := strconv.ParseFloat(v.Literal(), 64); err == nil && strings.ContainsAny(v.Literal(), ".eE") {
			args[i] = f
		} else {
			return nil
		}
	}
	return m.String(fmt.Sprintf(format, args...))
}
