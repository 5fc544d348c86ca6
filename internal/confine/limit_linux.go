//go:build !race

package confine

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// endsWithParent has the system end a worker whose parent is gone.
func endsWithParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }

// limitData has the system refuse data beyond what this process has and limit
// bytes more. Linux lets the mapping pass that goes beyond, where address space
// was reserved for it, and refuses the next: most often at once, as the collector
// needs some. RLIMIT_AS would not do, Go reserves address space it never uses.
func limitData(limit uint64) error {
	used, err := memoryOf("self", 5)
	if err != nil {
		return err
	}
	var r syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_DATA, &r); err != nil {
		return err
	}
	r.Cur = min(r.Max, used+limit+spare)
	return syscall.Setrlimit(syscall.RLIMIT_DATA, &r)
}

// resident is the memory of the machine that a process holds, in bytes; 0 when it
// is gone.
func resident(pid int) uint64 {
	n, _ := memoryOf(strconv.Itoa(pid), 1)
	return n
}

// memoryOf reads a field of /proc/PID/statm, which are pages, in bytes: 1 is what
// is resident, 5 data and stack. See proc_pid_statm(5).
func memoryOf(pid string, field int) (uint64, error) {
	file := "/proc/" + pid + "/statm"
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(text))
	if len(fields) <= field {
		return 0, fmt.Errorf("%s: expected 7 numbers, got %q", file, text)
	}
	pages, err := strconv.ParseUint(fields[field], 10, 64)
	return pages * uint64(os.Getpagesize()), err
}
