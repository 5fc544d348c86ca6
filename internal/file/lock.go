package file

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// patience is how long Lock waits for who has the lock; to change a file takes
// milliseconds.
const patience = 3 * time.Second

// Lock keeps all others that call it from changing a file, until unlock is called:
// what is read and then replaced in between loses nothing. It waits three seconds
// at most. The file need not be there.
func Lock(ctx context.Context, name string) (unlock func(), err error) {
	target, err := resolve(name)
	if err != nil {
		return nil, &Error{name, err}
	}
	lock := target + ".lock"
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		f, err := os.OpenFile(lock, os.O_CREATE|os.O_EXCL, 0o666)
		switch {
		case err == nil:
			f.Close()
			return func() { os.Remove(lock) }, nil
		case !errors.Is(err, fs.ErrExist):
			return nil, &Error{name, err}
		}
		select {
		case <-ctx.Done():
			return nil, &Error{name, errors.New("is being changed by another audition; if none runs, remove " + filepath.Base(lock))}
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Exchange is Replace where the file still holds what it did: who changed it in the
// meantime loses nothing.
func Exchange(ctx context.Context, name string, before, after []byte) error {
	unlock, err := Lock(ctx, name)
	if err != nil {
		return err
	}
	defer unlock()
	now, err := Read(name, int64(len(before))+1)
	if err != nil && !errors.Is(err, ErrLarge) {
		return err
	}
	if !bytes.Equal(now, before) {
		return &Error{name, errors.New("was changed in the meantime, nothing was written")}
	}
	return Replace(name, after)
}
