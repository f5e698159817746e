// The peer Go: goroutines and channels, as one program that speaks the cell protocol.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

// Set by the linker.
var version = "unknown"

// The runtime is up before any code of ours; this is as near to the beginning of main() as Go lets us look.
var mainBegan = time.Now()

const protocol = 1

// What programs with a small heap and much garbage set GOGC to: with the default of 100, fib, skynet and uts take a tenth
// to a third longer here.
const gcPercent = 400

type request struct {
	Protocol int    `json:"protocol"`
	World    string `json:"world"`
	Policy   struct {
		Use  string         `json:"use"`
		With map[string]any `json:"with"`
	} `json:"policy"`
	Workload struct {
		Use  string         `json:"use"`
		With map[string]any `json:"with"`
	} `json:"workload"`
	Workers       *int              `json:"workers"`
	MinTime       string            `json:"min_time"`
	MaxIterations *uint64           `json:"max_iterations"`
	Expect        map[string]string `json:"expect"`
}

func (r *request) check() error {
	if r.Protocol != protocol {
		return fmt.Errorf("request.protocol: expected %d, got %d", protocol, r.Protocol)
	}
	if r.World != "" && r.World != "real" {
		return fmt.Errorf("request.world: a peer runs in the world \"real\" only, got %q", r.World)
	}
	if r.Policy.Use != "" && strings.TrimPrefix(r.Policy.Use, "peer:") != "go" {
		return fmt.Errorf("request.policy.use: expected \"peer:go\", got %q", r.Policy.Use)
	}
	if len(r.Policy.With) > 0 {
		return fmt.Errorf("request.policy.with: go has no settings, got %d", len(r.Policy.With))
	}
	if r.Workers != nil && (*r.Workers < 1 || *r.Workers > 1024) {
		return fmt.Errorf("request.workers: expected an integer from 1 to 1024, got %d", *r.Workers)
	}
	return nil
}

func (r *request) workers() int {
	if r.Workers == nil {
		return 1
	}
	return *r.Workers
}

func (r *request) effort() (effort, error) {
	result := effort{minTime: 100 * time.Millisecond, maxIterations: 1000}
	if r.MaxIterations != nil {
		result.maxIterations = *r.MaxIterations
	}
	if r.MinTime != "" {
		parsed, ok := parseDuration(r.MinTime)
		if !ok {
			return result, fmt.Errorf("request.min_time: expected a duration such as \"100ms\", got %q", r.MinTime)
		}
		result.minTime = parsed
	}
	return result, nil
}

func readRequest() (*request, error) {
	decoder := json.NewDecoder(os.Stdin)
	decoder.UseNumber()
	var result request
	if err := decoder.Decode(&result); err != nil {
		return nil, fmt.Errorf("request: %v", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("request: expected one JSON object and no more")
	}
	return &result, result.check()
}

func printLine(line any) {
	text, err := json.Marshal(line)
	if err != nil {
		fail(err)
	}
	os.Stdout.Write(append(text, '\n'))
}

func refuse(err error) {
	fmt.Fprintf(os.Stderr, "rota-peer-go: %v\n", err)
	os.Exit(2)
}

func fail(err error) {
	fmt.Fprintf(os.Stderr, "rota-peer-go: the measurement failed: %v\n", err)
	os.Exit(3)
}

func main() {
	asked, err := readRequest()
	if err != nil {
		refuse(err)
	}
	effort, err := asked.effort()
	if err != nil {
		refuse(err)
	}
	plan, err := planOf(asked, time.Since(mainBegan))
	if err != nil {
		refuse(err)
	}
	printLine(struct {
		Kind     string `json:"kind"`
		Protocol int    `json:"protocol"`
		Pid      int    `json:"pid"`
		Pinned   bool   `json:"pinned"`
		Runtime  string `json:"runtime"`
	}{"start", protocol, os.Getpid(), false, "Go " + version})
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if asked.workers() != runtime.GOMAXPROCS(0) {
		runtime.GOMAXPROCS(asked.workers())
	}
	if !printResult(measure(plan, effort), asked.Expect) {
		os.Exit(1)
	}
}

func printResult(result result, expect map[string]string) bool {
	for _, m := range result.measurements {
		printLine(m)
	}
	checks := result.checks
	for name, expected := range expect {
		got := "no such check"
		for _, check := range result.checks {
			if check.Name == name {
				got = check.Got
			}
		}
		checks = append(checks, newCheck(name, expected, got))
	}
	right := true
	for _, check := range checks {
		right = right && check.Ok
		printLine(check)
	}
	status := "ok"
	if !right {
		status = "wrong"
	}
	printLine(map[string]string{"kind": "end", "status": status})
	return right
}
