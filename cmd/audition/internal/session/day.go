package session

import (
	"fmt"
	"time"
)

// Today is the day it is, as midnight in UTC.
func Today(now time.Time) time.Time { return now.UTC().Truncate(24 * time.Hour) }

// Day is the effective day that --at names, today without it, as midnight in
// UTC. A day in the past revives what has ended, so it has to be allowed.
func Day(at string, allowPast bool, today time.Time) (time.Time, error) {
	if at == "" {
		return today, nil
	}
	t, err := ParseDay("--at", at)
	if err == nil && t.Before(today) && !allowPast {
		err = fmt.Errorf("--at %s: lies in the past; --allow-past allows that", at)
	}
	return t, err
}

func ParseDay(flag, text string) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		err = fmt.Errorf("%s %s: expected a day such as 2026-01-31", flag, text)
	}
	return t, err
}
