//go:build !unix

package file

// nonblock is not needed where no pipe is a file.
const nonblock = 0
