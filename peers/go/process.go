// Workloads about the program itself: its start and its memory.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

func residentBytes() uint64 {
	text, err := os.ReadFile("/proc/self/statm")
	var total, resident uint64
	if _, scanned := fmt.Sscan(string(text), &total, &resident); err != nil || scanned != nil {
		fail(fmt.Errorf("cannot read the resident memory from /proc/self/statm"))
	}
	return resident * uint64(os.Getpagesize())
}

// Not getrusage: its maximum begins with that of the program which started this one.
func peakResidentBytes() uint64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		fail(err)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if rest := strings.TrimPrefix(line, "VmHWM:"); rest != line {
			kib, _ := strconv.ParseUint(strings.Fields(rest)[0], 10, 64)
			return kib * 1024
		}
	}
	fail(fmt.Errorf("cannot read the peak of resident memory (VmHWM) from /proc/self/status"))
	return 0
}

// Go's runtime is there before main() and cannot be started again, so that there is no metric `runtime`.
func startup(out *sample, probe bool, program string, workers int, reading time.Duration) {
	if !probe {
		startProgram(out, program, workers)
		return
	}
	first := make(chan time.Time)
	go func() { first <- time.Now() }()
	ready := (<-first).Sub(mainBegan) - reading
	out.check("tasks", 1, 1)
	out.metric("program", perOne(ready, 1))
	out.metric("ready", perOne(ready, 1))
	out.metric("program_rss", float64(peakResidentBytes()))
}

func startProgram(out *sample, program string, workers int) {
	if program == "" {
		program = "/proc/self/exe"
	}
	request, _ := json.Marshal(map[string]any{"protocol": protocol, "world": "real", "workers": workers,
		"min_time": "0ns", "max_iterations": 1, "policy": map[string]any{"use": "peer:go"},
		"workload": map[string]any{"use": "startup", "with": map[string]any{"probe": true}}})
	command := exec.Command(program, "cell")
	command.Stdin = bytes.NewReader(append(request, '\n'))
	before := time.Now()
	answer, err := command.Output()
	out.metric("program", perOne(time.Since(before), 1))
	if _, ended := err.(*exec.ExitError); err != nil && !ended {
		fail(err)
	}
	got := map[string]float64{}
	for _, line := range bytes.Split(answer, []byte("\n")) {
		var m measurement
		if json.Unmarshal(line, &m) == nil && (m.Metric == "ready" || m.Metric == "program_rss") {
			got[m.Metric] = m.Value
		}
	}
	out.metric("program_rss", got["program_rss"])
	out.metric("ready", got["ready"])
	out.check("exit", 0, uint64(command.ProcessState.ExitCode()))
	out.check("reported", 2, uint64(len(got)))
}

// On nothing, nobody can end them: they last until the program ends, as a goroutine in select{} does.
func memory(out *sample, tasks uint64, onEvent bool) {
	first := make(chan struct{})
	go close(first)
	<-first
	before := runtime.NumGoroutine()
	base := residentBytes()

	open := make(chan struct{})
	var arrived, group sync.WaitGroup
	arrived.Add(int(tasks))
	group.Add(int(tasks))
	for i := uint64(0); i < tasks; i++ {
		go func() {
			arrived.Done()
			if !onEvent {
				select {}
			}
			<-open
			group.Done()
		}()
	}
	arrived.Wait()
	time.Sleep(10 * time.Millisecond) // who has arrived is not yet parked
	full := residentBytes()

	growth := 0.0
	if full > base {
		growth = float64(full - base)
	}
	parked := uint64(runtime.NumGoroutine() - before)
	close(open)
	if onEvent {
		group.Wait()
	}
	out.metric("bytes_per_task", growth/float64(tasks))
	out.metric("base_rss", float64(base))
	out.check("tasks", tasks, parked)
}
