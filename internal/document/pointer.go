package document

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// escaping and unescaping are the two ways of RFC 6901, section 3.
var (
	escaping   = strings.NewReplacer("~", "~0", "/", "~1")
	unescaping = strings.NewReplacer("~1", "/", "~0", "~")
)

// Join appends a reference token to a JSON pointer (RFC 6901).
func Join(pointer, token string) string {
	if strings.ContainsAny(token, "~/") {
		token = escaping.Replace(token)
	}
	return pointer + "/" + token
}

// JoinIndex appends an array index to a JSON pointer.
func JoinIndex(pointer string, i int) string { return pointer + "/" + strconv.Itoa(i) }

// Split returns the unescaped reference tokens of a JSON pointer.
func Split(pointer string) []string {
	if pointer == "" {
		return nil
	}
	tokens := strings.Split(pointer[1:], "/")
	for i, t := range tokens {
		tokens[i] = unescape(t)
	}
	return tokens
}

// Cut returns the first reference token of a pointer, as it is written there, and the
// pointer from there on. The pointer is not empty.
func Cut(pointer string) (token, rest string) {
	token = pointer[1:]
	if i := strings.IndexByte(token, '/'); i >= 0 {
		return token[:i], token[i:]
	}
	return token, ""
}

func unescape(token string) string {
	if strings.IndexByte(token, '~') < 0 {
		return token
	}
	return unescaping.Replace(token)
}

// Index returns the index that a reference token is of a list of some length.
// RFC 6901 spells it in one way.
func Index(token string, length int) (int, bool) {
	if token == "" || token[0] < '0' || token[0] > '9' {
		return 0, false // as most tokens
	}
	i, err := strconv.Atoi(token)
	return i, err == nil && i >= 0 && i < length && strconv.Itoa(i) == token
}

// IsPointer tells whether a text has the form of a JSON pointer.
func IsPointer(s string) bool { return s == "" || s[0] == '/' }

// Within tells whether pointer is ancestor or a descendant of it.
func Within(pointer, ancestor string) bool {
	rest, ok := strings.CutPrefix(pointer, ancestor)
	return ok && (rest == "" || rest[0] == '/')
}

// Touches tells whether a pointer is one of others, or above or below one.
func Touches(pointer string, others []string) bool {
	return slices.ContainsFunc(others, func(o string) bool { return Within(pointer, o) || Within(o, pointer) })
}

// PathOf writes a JSON pointer as people do: tools[0].access, tools[*].access.
func PathOf(pointer string) string {
	var b strings.Builder
	for _, token := range Split(pointer) {
		if _, err := strconv.Atoi(token); err == nil || token == "*" {
			b.WriteString("[" + token + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(token)
	}
	return b.String()
}

// Change gives what a JSON pointer leads to a value.
type Change struct {
	Pointer string
	Value   any
}

// With returns a copy of a JSON value with changes, one after the other. Where a pointer
// leads through no objects or items that exist, nothing changes.
func With(v any, changes ...Change) any {
	var within []string // what is changed below here, in the order of the first change
	below := map[string][]Change{}
	for _, c := range changes {
		if c.Pointer == "" {
			v, within, below = c.Value, nil, map[string][]Change{}
			continue
		}
		token, rest := Cut(c.Pointer)
		key := unescape(token)
		if below[key] == nil {
			within = append(within, key)
		}
		below[key] = append(below[key], Change{rest, c.Value})
	}
	if len(within) == 0 {
		return v
	}
	switch old := v.(type) {
	case nil:
		object := map[string]any{}
		for _, key := range within {
			object[key] = With(nil, below[key]...)
		}
		return object
	case map[string]any:
		object := maps.Clone(old)
		for _, key := range within {
			object[key] = With(old[key], below[key]...)
		}
		return object
	case []any:
		list := slices.Clone(old)
		for _, key := range within {
			if i, ok := Index(key, len(list)); ok {
				list[i] = With(list[i], below[key]...)
			}
		}
		return list
	}
	return v
}

// SameObject tells whether two objects are one in memory, as what [With] did not change
// is.
func SameObject(a, b map[string]any) bool {
	return reflect.ValueOf(a).UnsafePointer() == reflect.ValueOf(b).UnsafePointer()
}

// SameList tells whether two lists are one in memory.
func SameList(a, b []any) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}
