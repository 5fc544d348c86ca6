package codex_test

import (
	"testing"

	"github.com/audition-dev/audition/internal/importer/importertest"
)

func TestTable(t *testing.T) { importertest.Table(t, "testdata/*.txtar") }

func FuzzRead(f *testing.F) { importertest.Fuzz(f, "testdata/*.txtar") }
