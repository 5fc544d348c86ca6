package session

import (
	"testing"
	"time"
)

func TestDay(t *testing.T) {
	// Still the day before in UTC.
	now := time.Date(2028, 3, 1, 0, 30, 0, 0, time.FixedZone("", 3600))
	for _, c := range []struct {
		at   string
		past bool
		want string
	}{
		{"", false, "2028-02-29"},
		{"2028-02-29", false, "2028-02-29"},
		{"2028-03-01", false, "2028-03-01"},
		{"2028-02-28", true, "2028-02-28"},
		{"2028-02-28", false, "--at 2028-02-28: lies in the past; --allow-past allows that"},
		{"2027-02-29", true, "--at 2027-02-29: expected a day such as 2026-01-31"},
		{"tomorrow", false, "--at tomorrow: expected a day such as 2026-01-31"},
		{"2028-3-1", false, "--at 2028-3-1: expected a day such as 2026-01-31"},
	} {
		got, err := Day(c.at, c.past, Today(now))
		text := got.Format("2006-01-02")
		if err != nil {
			text = err.Error()
		}
		if text != c.want {
			t.Errorf("%+v: %s", c, text)
		}
		if h, m, s := got.Clock(); err == nil && (h+m+s != 0 || got.Location() != time.UTC) {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
