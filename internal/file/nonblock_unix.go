//go:build unix

package file

import "syscall"

// nonblock lets a pipe without a writer be opened, and refused, at once.
const nonblock = syscall.O_NONBLOCK
