package golden

import "os"

// Exhaustive tells whether long tests try all their cases: where EXHAUSTIVE is set,
// as in a run of its own in CI.
func Exhaustive() bool { return os.Getenv("EXHAUSTIVE") != "" }

// Rounds is how many of all the cases a long test tries, an eighth unless Exhaustive.
func Rounds(all int) int {
	if Exhaustive() {
		return all
	}
	return max(all/8, 1)
}
