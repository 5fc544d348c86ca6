package html

import (
	"fmt"
	"strings"

	"github.com/audition-dev/audition/internal/aivss"
	"github.com/audition-dev/audition/internal/verdict"
)

// radar is the ten factors as paths of an SVG, in whole numbers so that every
// machine draws the same.
type radar struct {
	Rings []string
	// Spokes are the axes; Value is the outline of the values, Open the ring
	// between the low and the high ends, "" where they are the same.
	Spokes, Value, Open string
	Dots                []point
	Labels              []label
}

type point struct{ X, Y int }

type label struct {
	Anchor string
	Lines  []labelLine
}

type labelLine struct {
	point
	Text string
}

// The middle of the drawing and its radius.
const radarX, radarY, radarR = 195, 160, 108

// at is the point of axis i at a distance from the middle, in hundredths of the
// radius. The sines and cosines of tenths of a circle are a table.
func at(i, distance int) point {
	sine := [aivss.FactorCount]int{0, 5878, 9511, 9511, 5878, 0, -5878, -9511, -9511, -5878}
	cosine := [aivss.FactorCount]int{10000, 8090, 3090, -3090, -8090, -10000, -8090, -3090, 3090, 8090}
	return point{radarX + sine[i]*radarR*distance/1_000_000, radarY - cosine[i]*radarR*distance/1_000_000}
}

// polygon is the path through a distance on every axis.
func polygon(distance func(i int) int) string {
	var b strings.Builder
	for i := range aivss.FactorCount {
		p := at(i, distance(i))
		fmt.Fprintf(&b, "%c%d %d", "ML"[min(i, 1)], p.X, p.Y)
	}
	return b.String() + "z"
}

// radarOf draws a score; one without the ten factors has no drawing.
func radarOf(s verdict.Score) *radar {
	if len(s.Factors) != aivss.FactorCount {
		return nil
	}
	r := &radar{Value: polygon(func(i int) int { return int(s.Factors[i].Value) })}
	low, high := polygon(func(i int) int { return int(s.Factors[i].Low) }), polygon(func(i int) int { return int(s.Factors[i].High) })
	if low != high {
		r.Open = high + low
	}
	for ring := 25; ring <= 100; ring += 25 {
		r.Rings = append(r.Rings, polygon(func(int) int { return ring }))
	}
	for i, f := range s.Factors {
		rim := at(i, 100)
		r.Spokes += fmt.Sprintf("M%d %dL%d %d", radarX, radarY, rim.X, rim.Y)
		r.Dots = append(r.Dots, at(i, int(f.Value)))
		r.Labels = append(r.Labels, labelOf(i, f.Name))
	}
	return r
}

// labelOf places the name of an axis outside the rim, in two lines where it can
// be broken.
func labelOf(i int, name string) label {
	const leading = 15
	p, l := at(i, 112), label{Anchor: "middle"}
	switch {
	case p.X > radarX:
		l.Anchor = "start"
	case p.X < radarX:
		l.Anchor = "end"
	}
	lines := halves(name)
	switch {
	case p.Y < radarY-radarR:
		p.Y -= leading * (len(lines) - 1)
	case p.Y > radarY+radarR:
		p.Y += leading / 2
	default:
		p.Y -= leading*(len(lines)-1)/2 - 4
	}
	for _, text := range lines {
		l.Lines = append(l.Lines, labelLine{p, text})
		p.Y += leading
	}
	return l
}

// halves breaks a name at the space nearest to its middle, else after a hyphen.
func halves(name string) []string {
	best := -1
	for i, r := range name {
		if r == ' ' && (best < 0 || abs(2*i-len(name)) < abs(2*best-len(name))) {
			best = i
		}
	}
	if best >= 0 {
		return []string{name[:best], name[best+1:]}
	}
	if first, second, ok := strings.Cut(name, "-"); ok {
		return []string{first + "-", second}
	}
	return []string{name}
}

func abs(n int) int { return max(n, -n) }
