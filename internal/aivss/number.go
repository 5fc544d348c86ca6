package aivss

import (
	"fmt"
	"strconv"
	"strings"
)

// Tenths is a number with one decimal, in tenths: 85 is 8.5.
type Tenths int

// Hundredths is a number with two decimals, in hundredths: 97 is 0.97.
type Hundredths int

// Exact is a number with eight decimals, enough for every product of the
// formulas: 130950000 is 1.3095.
type Exact int64

const exactUnit Exact = 100_000_000

// String prints t with one decimal, such as "8.5".
func (t Tenths) String() string { return fixed(int64(t), 1, 1) }

// String prints h with one or two decimals, such as "0.5" or "0.97".
func (h Hundredths) String() string { return fixed(int64(h), 2, 1) }

// String prints e in full, with at least one decimal, such as "1.3095".
func (e Exact) String() string { return fixed(int64(e), 8, 1) }

// MarshalJSON prints t as a JSON number, such as 8.5.
func (t Tenths) MarshalJSON() ([]byte, error) { return []byte(t.String()), nil }

// MarshalYAML prints t as a number.
func (t Tenths) MarshalYAML() (any, error) { return float64(t) / 10, nil }

// MarshalJSON prints h as a JSON number, such as 0.97.
func (h Hundredths) MarshalJSON() ([]byte, error) { return []byte(h.String()), nil }

// MarshalJSON prints e as a JSON string, because it must stay exact.
func (e Exact) MarshalJSON() ([]byte, error) { return []byte(`"` + e.String() + `"`), nil }

// UnmarshalJSON reads a JSON number with at most one decimal.
func (t *Tenths) UnmarshalJSON(data []byte) (err error) {
	*t, err = ParseTenths(string(data))
	return err
}

// UnmarshalJSON reads a JSON number with at most two decimals.
func (h *Hundredths) UnmarshalJSON(data []byte) (err error) {
	*h, err = ParseHundredths(string(data))
	return err
}

// roundHalfUp rounds e, which is not negative, to tenths.
func (e Exact) roundHalfUp() Tenths {
	const tenth = exactUnit / 10
	return Tenths((e + tenth/2) / tenth)
}

// Hundredths rounds e, which is not negative, half up to two decimals, for display.
func (e Exact) Hundredths() Hundredths {
	const hundredth = exactUnit / 100
	return Hundredths((e + hundredth/2) / hundredth)
}

// ParseTenths reads a decimal number with at most one decimal.
func ParseTenths(s string) (Tenths, error) {
	n, err := parseFixed(s, 1)
	return Tenths(n), err
}

// ParseHundredths reads a decimal number with at most two decimals.
func ParseHundredths(s string) (Hundredths, error) {
	n, err := parseFixed(s, 2)
	return Hundredths(n), err
}

// fixed prints n, which has the given number of decimals, without trailing
// zeros beyond the least number of decimals.
func fixed(n int64, decimals, least int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	digits := strconv.FormatInt(n, 10)
	if pad := decimals + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	whole, frac := digits[:len(digits)-decimals], digits[len(digits)-decimals:]
	for len(frac) > least && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	return sign + whole + "." + frac
}

// parseFixed reads a plain decimal such as "8", "8.5" or "-0.25" as an integer
// with the given number of decimals. Zeros beyond them are allowed.
func parseFixed(s string, decimals int) (int64, error) {
	body, negative := strings.CutPrefix(s, "-")
	whole, frac, hasPoint := strings.Cut(body, ".")
	if !isDigits(whole) || len(whole) > 9 || hasPoint && !isDigits(frac) {
		return 0, fmt.Errorf("expected a decimal number such as 0.5, got %q", s)
	}
	kept := strings.TrimRight(frac, "0")
	if len(kept) > decimals {
		return 0, fmt.Errorf("expected at most %d decimal%s, got %q", decimals, plural(decimals), s)
	}
	n, err := strconv.ParseInt(whole+kept+strings.Repeat("0", decimals-len(kept)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("expected a decimal number such as 0.5, got %q", s)
	}
	if negative {
		n = -n
	}
	return n, nil
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}
