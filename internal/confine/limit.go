package confine

import (
	"fmt"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// spare is what a process needs beside what a policy allocates: its program,
// threads and the tables of the runtime.
const spare = 64 << 20

// limitMemory bounds the memory of this process to that many bytes for what it
// does from now on. OPA has no memory limit, and the one of Go is a wish.
func limitMemory(limit int64) error {
	debug.SetMemoryLimit(min(debug.SetMemoryLimit(-1), limit/8*7))
	if err := limitData(uint64(limit)); err != nil {
		return err
	}
	go watch(limit)
	return nil
}

// watch ends the process when Go has more memory from the system than allowed.
func watch(limit int64) {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for range time.Tick(2 * time.Millisecond) {
		metrics.Read(samples)
		if samples[0].Value.Uint64()-samples[1].Value.Uint64() > uint64(limit) {
			fmt.Fprintln(os.Stderr, tooMuch(limit))
			os.Exit(1)
		}
	}
}

func tooMuch(limit int64) error {
	return fmt.Errorf("evaluation: stopped: the policy needs more memory than %d MiB (--memory)", limit>>20)
}

// stopOver kills a process that holds too much memory when its own watch does not:
// nothing of it runs while a large value is copied and the collector waits for
// that. The function it returns ends this and tells whether it happened.
func stopOver(limit int64, process *os.Process) func() bool {
	done, over := make(chan struct{}), make(chan bool, 1)
	go func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				over <- false
				return
			case <-tick.C:
			}
			if resident(process.Pid) > uint64(limit)+spare && process.Kill() == nil {
				over <- true
				return
			}
		}
	}()
	return func() bool { close(done); return <-over }
}
