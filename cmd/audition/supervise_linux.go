//go:build !race

package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// endsWithParent has the system end a worker whose parent is gone.
func endsWithParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }

// limitData has the system refuse memory beyond what this process has and limit
// bytes more, with some for threads and for the tables of the runtime: so it is
// the allocation of a policy that fails. RLIMIT_AS would not do: Go and the race
// detector reserve address space that they never use.
func limitData(limit uint64) error {
	const spare = 64 << 20
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return err
	}
	fields := strings.Fields(string(statm)) // proc(5): the sixth is data and stack, in pages
	if len(fields) < 6 {
		return fmt.Errorf("/proc/self/statm: expected 7 numbers, got %q", statm)
	}
	pages, err := strconv.ParseUint(fields[5], 10, 64)
	if err != nil {
		return err
	}
	var r syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_DATA, &r); err != nil {
		return err
	}
	r.Cur = min(r.Max, pages*uint64(os.Getpagesize())+limit+spare)
	return syscall.Setrlimit(syscall.RLIMIT_DATA, &r)
}
