// Workloads that spawn, and wait for what they spawned.
package main

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

func perOne(time time.Duration, count uint64) float64 {
	return float64(time.Nanoseconds()) / float64(count)
}

// One function value for all: with arguments, each goroutine would need a closure of its own from the heap.
func spawnJoin(out *sample, tasks uint64) {
	var ran atomic.Uint64
	var group sync.WaitGroup
	task := func() {
		ran.Add(1)
		group.Done()
	}
	start := time.Now()
	group.Add(int(tasks))
	for i := uint64(0); i < tasks; i++ {
		go task()
	}
	group.Wait()
	out.metric("ns_per_task", perOne(time.Since(start), tasks))
	out.check("tasks", tasks, ran.Load())
}

func chainedSpawn(out *sample, depth uint64) {
	var links uint64
	ended := make(chan struct{})
	var next func(left uint64)
	next = func(left uint64) {
		links++
		if left == 1 {
			close(ended)
		} else {
			go next(left - 1)
		}
	}
	start := time.Now()
	go next(depth)
	<-ended
	out.metric("ns_per_task", perOne(time.Since(start), depth))
	out.check("depth", depth, links)
}

// Go has no threads that are not its own without cgo: here a goroutine that is locked to its thread spawns.
func remoteSpawn(out *sample, tasks uint64, workers int, busy bool) {
	beOutside()
	var ran atomic.Uint64
	var stop atomic.Bool
	var busyOnes, group sync.WaitGroup
	task := func() {
		ran.Add(1)
		group.Done()
	}
	for i := 0; busy && i < workers; i++ {
		busyOnes.Add(1)
		go func() {
			for n := 0; n < 1_000_000 && !stop.Load(); n++ {
				runtime.Gosched()
			}
			busyOnes.Done()
		}()
	}
	time.Sleep(200 * time.Microsecond) // time to become idle, or busy
	start := time.Now()
	group.Add(int(tasks))
	for i := uint64(0); i < tasks; i++ {
		go task()
	}
	spawned := time.Since(start)
	group.Wait()
	joined := time.Since(start)
	stop.Store(true)
	busyOnes.Wait()
	out.metric("ns_per_task", perOne(joined, tasks))
	out.metric("ns_per_spawn", perOne(spawned, tasks))
	out.check("tasks", tasks, ran.Load())
}

type tree struct{ value, calls uint64 }

func (t tree) plus(other tree) tree { return tree{t.value + other.value, t.calls + other.calls} }

// A call that became a goroutine.
type forked struct {
	sync.WaitGroup
	result tree
}

func forkFib(n uint64, both bool) *forked {
	call := &forked{}
	call.Add(1)
	go func() {
		call.result = fibOf(n, both)
		call.Done()
	}()
	return call
}

func (call *forked) join() tree {
	call.Wait()
	return call.result
}

func fibOf(n uint64, both bool) tree {
	if n < 2 {
		return tree{n, 1}
	}
	left := forkFib(n-1, both)
	var right tree
	if both {
		right = forkFib(n-2, both).join()
	} else {
		right = fibOf(n-2, both)
	}
	return tree{0, 1}.plus(right).plus(left.join())
}

func fibonacci(n uint64) (value uint64) {
	for next := uint64(1); n > 0; n-- {
		value, next = next, next+value
	}
	return value
}

func fib(out *sample, n uint64, both bool) {
	calls := 2*fibonacci(n+1) - 1
	start := time.Now()
	got := fibOf(n, both)
	time := time.Since(start)
	out.metric("ns_per_call", perOne(time, calls))
	out.metric("wall", perOne(time, 1))
	out.check("fib", fibonacci(n), got.value)
	out.check("calls", calls, got.calls)
}

func skynetOf(first, leaves uint64) tree {
	if leaves == 1 {
		return tree{first, 1}
	}
	share := leaves / 10
	var group sync.WaitGroup
	var children [10]tree
	group.Add(10)
	for i := range children {
		go func(child *tree, begin uint64) {
			*child = skynetOf(begin, share)
			group.Done()
		}(&children[i], first+uint64(i)*share)
	}
	group.Wait()
	result := tree{0, 1}
	for _, child := range children {
		result = result.plus(child)
	}
	return result
}

func skynet(out *sample, leaves uint64) {
	tasks := (10*leaves - 1) / 9
	start := time.Now()
	got := skynetOf(0, leaves)
	time := time.Since(start)
	out.metric("ns_per_task", perOne(time, tasks))
	out.metric("wall", perOne(time, 1))
	out.check("sum", leaves*(leaves-1)/2, got.value)
	out.check("tasks", tasks, got.calls)
}
