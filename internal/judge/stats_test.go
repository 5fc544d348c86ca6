package judge

import (
	"cmp"
	"math"
	"slices"
)

// apart is the mean absolute difference of two series.
func apart(got, want []float64) float64 {
	sum := 0.0
	for i := range got {
		sum += math.Abs(got[i] - want[i])
	}
	return sum / float64(max(len(got), 1))
}

// medians are what a constant would say: for each value the median of the others.
func medians(values []float64) []float64 {
	out := make([]float64, len(values))
	for i := range values {
		others := slices.Delete(slices.Clone(values), i, i+1)
		slices.Sort(others)
		out[i] = (others[(len(others)-1)/2] + others[len(others)/2]) / 2
	}
	return out
}

// correlation is Spearman's: how alike two series order the same things, from -1 to 1.
func correlation(a, b []float64) float64 {
	x, y := ranks(a), ranks(b)
	mean := float64(len(a)+1) / 2
	var xy, xx, yy float64
	for i := range x {
		xy += (x[i] - mean) * (y[i] - mean)
		xx += (x[i] - mean) * (x[i] - mean)
		yy += (y[i] - mean) * (y[i] - mean)
	}
	return xy / math.Sqrt(xx*yy)
}

// ranks are the places of values in their order, equal ones sharing the middle.
func ranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(values[i], values[j]) })
	out := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			out[i] = float64(from+to+1) / 2
		}
		from = to
	}
	return out
}
