package fault

import (
	"errors"
	"fmt"
	"testing"
)

func TestKindOf(t *testing.T) {
	plain := errors.New("x")
	for name, c := range map[string]struct {
		err  error
		want Kind
	}{
		"none":             {nil, None},
		"plain":            {plain, Usage},
		"undecided":        {Undecided(plain), Open},
		"nothing":          {Nothing(plain), Empty},
		"wrapped":          {fmt.Errorf("a: %w", Undecided(plain)), Open},
		"the first counts": {Nothing(fmt.Errorf("a: %w", Undecided(plain))), Open},
		"joined":           {errors.Join(plain, Nothing(plain), Undecided(plain)), Open},
		"joined, wrapped":  {fmt.Errorf("a: %w", errors.Join(Nothing(plain), plain)), Empty},
		"two in a text":    {fmt.Errorf("%w, %w", plain, Nothing(plain)), Empty},
		"of nothing":       {Undecided(nil), None},
	} {
		if got := KindOf(c.err); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if err := Undecided(plain); err.Error() != "x" || !errors.Is(err, plain) {
		t.Error(err)
	}
}
