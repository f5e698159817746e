// A thread that is no worker may run where workers may not.
package main

import (
	"runtime"
	"sync"
	"syscall"
	"unsafe"
)

// As many processors as the kernel's usual set of them has.
type cpuSet [16]uint64

func affinity(call uintptr, set *cpuSet) bool {
	_, _, failed := syscall.RawSyscall(call, 0, unsafe.Sizeof(*set), uintptr(unsafe.Pointer(set)))
	return failed == 0
}

var outside sync.Once

// Locks the calling goroutine to its thread, for good, and lets that run on other processors than the workers', to which
// the process was confined; to be said by one goroutine only. In Rota, too, a thread that is no worker keeps off them if
// it can. Go starts no thread from one that a goroutine is locked to, so none is born roaming. Where the kernel
// refuses, the thread stays where it may be.
func beOutside() {
	outside.Do(func() {
		runtime.LockOSThread()
		var before, others cpuSet
		if !affinity(syscall.SYS_SCHED_GETAFFINITY, &before) {
			return
		}
		for i := range others {
			others[i] = ^before[i]
		}
		affinity(syscall.SYS_SCHED_SETAFFINITY, &others) // refused if the workers have them all
	})
}
