package confine

import "testing"

// TestCrashed: what the runtime writes when it dies becomes one line.
func TestCrashed(t *testing.T) {
	const dump = "\n\nruntime stack:\nruntime.throw({0x4e73d5?, 0x29b9?})\n"
	const memory = "evaluation: stopped: the policy needs more memory than 128 MiB (--memory)"
	for text, want := range map[string]string{
		memory + "\n": memory,
		"fatal error: runtime: out of memory" + dump: memory,
		"runtime: out of memory: cannot allocate 4194304-byte block (83886080 in use)\nfatal error: out of memory" + dump: memory,
		"fatal error: runtime: cannot allocate memory" + dump:                                                             memory,
		"runtime: failed to create new OS thread (have 5 already; errno=11)\nfatal error: newosproc" + dump:               memory,
		"runtime/cgo: pthread_create failed: Resource temporarily unavailable\nSIGABRT: abort" + dump:                     memory,
		"SIGSEGV: segmentation violation\nPC=0x43083d m=4 sigcode=1 addr=0x0" + dump:                                      memory,
		"fatal error: unexpected signal during runtime execution\n[signal SIGSEGV" + dump:                                 memory,
		"runtime: goroutine stack exceeds 1000000000-byte limit" + dump:                                                   "evaluation: stopped: runtime: goroutine stack exceeds 1000000000-byte limit",
		"panic: cannot allocate \x1b[31m\n\ngoroutine 1 [running]:":                                                       `evaluation: stopped: panic: cannot allocate \x1b[31m`,
		"fatal error: concurrent map writes" + dump:                                                                       "evaluation: stopped: fatal error: concurrent map writes",
		"": "evaluation: stopped: signal: killed",
	} {
		if got := crashed(text, "signal: killed", 128<<20).Error(); got != want {
			t.Errorf("%q\ngot  %s\nwant %s", text, got, want)
		}
	}
}
