package document

import (
	"maps"
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

// With returns a copy of a JSON value in which a path leads to another value. Where it
// leads through no objects or items that exist, nothing changes.
func With(v any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	switch v := v.(type) {
	case nil:
		return map[string]any{path[0]: With(nil, path[1:], value)}
	case map[string]any:
		object := maps.Clone(v)
		object[path[0]] = With(v[path[0]], path[1:], value)
		return object
	case []any:
		list := slices.Clone(v)
		if i, ok := Index(path[0], len(list)); ok {
			list[i] = With(list[i], path[1:], value)
		}
		return list
	}
	return v
}
