package facts

import (
	"fmt"
	"slices"

	"github.com/audition-dev/audition/internal/aivss"
)

// Share is what one condition adds to a factor, and what it may add where it is not
// known. The shares of a factor sum up to its value before that is rounded to
// tenths and kept within 0 and 1.
type Share struct {
	Adds, Least, Most aivss.Hundredths
	// Because are the facts that say so, or that could; the share that a factor begins
	// with has none.
	Because
}

// Said is the share in words.
func (s Share) Said() string {
	if s.Least == s.Most {
		return s.Text
	}
	return fmt.Sprintf("not known: %s (%v to %v)", s.Text, s.Least, s.Most)
}

// estimate adds up what the table says of a factor of set v0.5.
func (s scene) estimate(f factor) Estimate {
	subject := s.profile.Subject()
	base := f.base.value(subject.ID)
	low, value, high := base, base, base
	e := Estimate{Shares: []Share{begins(base, subject.Title)}}
	for _, c := range f.adds {
		now := s.conditions[c.condition]
		least, most := 0, 0
		if now.Value == Yes {
			least, most = c.by, c.by
		} else if now.Value == Undisclosed {
			least, most = min(c.by, 0), max(c.by, 0)
		}
		adds := c.by * now.share() / 100
		low, value, high = low+least, value+adds, high+most
		if least == 0 && most == 0 {
			continue
		}
		e.Shares = append(e.Shares, Share{aivss.Hundredths(adds), aivss.Hundredths(least), aivss.Hundredths(most), Because{now.Claim, now.about}})
	}
	e.Low, e.Value, e.High = tenths(low), tenths(value), tenths(high)
	return e
}

func begins(base int, subject string) Share {
	h := aivss.Hundredths(base)
	return Share{h, h, h, Because{Text: "it is " + subject}}
}

// tenths rounds half up to tenths, from 0 to 1.
func tenths(h int) aivss.Hundredths {
	return aivss.Hundredths(min(max((h+5)/10*10, 0), 100))
}

// level puts the subject on the official levels of a factor of set v0.8. Where they
// are not certain, what is more common decides.
func (s scene) level(l levels) Estimate {
	full, partial := s.claims(l.full), s.claims(l.partial)
	e := Estimate{Because: Because{behind: behind(full, partial)}}
	switch {
	case full.Value == Yes:
		e.Low = 100
	case partial.Value == Yes:
		e.Low = 50
	}
	switch {
	case full.possible():
		e.High = 100
	case partial.possible():
		e.High = 50
	}
	switch {
	case s.likely(l.full):
		e.Value = 100
	case s.likely(l.partial):
		e.Value = 50
	}
	return e
}

// behind are claims up to the first that holds, which decides.
func behind(claims ...Claim) Claim {
	n := slices.IndexFunc(claims, func(c Claim) bool { return c.Value == Yes }) + 1
	if n == 0 {
		n = len(claims)
	}
	return Claim{from: claims[:n]}
}
