// Warming up, repeating and summarising: the rules of workloads/measure.hpp.
package main

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"time"
)

const (
	warmWindow = 4    // iterations that must agree …
	warmSpread = 0.10 // … so that (largest - smallest) / median is at most this
	warmMost   = 30   // warm-up iterations at most
)

type effort struct {
	minTime       time.Duration
	maxIterations uint64
}

type metric struct{ name, unit string }

type percentile struct {
	metric
	share float64
}

type plan struct {
	metrics     []metric // the main figure first
	percentiles []percentile
	once        bool
	iterate     func(*sample)
}

// What one iteration found.
type sample struct {
	figures map[string]float64
	answers []answer
	raw     []int64 // latencies of all iterations
}

type answer struct {
	name          string
	expected, got uint64
}

func (s *sample) metric(name string, value float64) { s.figures[name] = value }
func (s *sample) check(name string, expected, got uint64) {
	s.answers = append(s.answers, answer{name, expected, got})
}

// Room for so many latencies of this iteration, before what is timed.
func (s *sample) latencies(count uint64) []int64 {
	before := len(s.raw)
	s.raw = append(s.raw, make([]int64, count)...)
	return s.raw[before:]
}

type measurement struct {
	Kind       string  `json:"kind"`
	Metric     string  `json:"metric"`
	Unit       string  `json:"unit"`
	Value      float64 `json:"value"`
	Iterations uint64  `json:"iterations"`
}

type check struct {
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Expected string `json:"expected"`
	Got      string `json:"got"`
	Ok       bool   `json:"ok"`
}

func newCheck(name, expected, got string) check {
	return check{"check", name, expected, got, expected == got}
}

type result struct {
	measurements []measurement
	checks       []check
}

func median(values []float64) float64 {
	sorted := append([]float64(nil), values...)
	sort.Float64s(sorted)
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// The smallest value that at least this share of all values does not exceed.
func quantile(values []int64, share float64) float64 {
	sort.Slice(values, func(i, j int) bool { return values[i] < values[j] })
	rank := math.Min(math.Max(math.Ceil(share*float64(len(values))), 1), float64(len(values)))
	return float64(values[int(rank)-1])
}

type run struct {
	plan       plan
	sample     sample
	values     map[string][]float64
	checks     []check
	iterations uint64
	warm       bool
	wrong      bool
}

func measure(plan plan, effort effort) result {
	r := run{plan: plan, values: map[string][]float64{}}
	most := effort.maxIterations
	if most == 0 {
		most = 1
	}
	if !plan.once {
		r.warmUp(most, effort.minTime)
	}
	r.values = map[string][]float64{}
	r.sample.raw = nil
	for start := time.Now(); ; {
		r.iterate()
		r.iterations++
		if r.wrong || plan.once || r.iterations >= most || time.Since(start) >= effort.minTime {
			return r.result()
		}
	}
}

func (r *run) warmUp(most uint64, minTime time.Duration) {
	start := time.Now()
	for i := uint64(0); i < warmMost && i < most && !r.wrong && !r.warm; i++ {
		r.iterate()
		r.warm = r.steady()
		if time.Since(start) >= minTime {
			return
		}
	}
}

func (r *run) steady() bool {
	figures := r.values[r.plan.metrics[0].name]
	if len(figures) < warmWindow {
		return false
	}
	last := append([]float64(nil), figures[len(figures)-warmWindow:]...)
	sort.Float64s(last)
	return last[warmWindow-1]-last[0] <= warmSpread*median(last)
}

func (r *run) iterate() {
	r.sample.figures, r.sample.answers = map[string]float64{}, nil
	r.plan.iterate(&r.sample)
	for _, metric := range r.plan.metrics {
		value, there := r.sample.figures[metric.name]
		if !there {
			fail(fmt.Errorf("a workload left out '%s'", metric.name))
		}
		r.values[metric.name] = append(r.values[metric.name], value)
	}
	for _, answer := range r.sample.answers {
		r.keep(answer)
	}
}

// The first answer of each name stays, unless it is right and this one is wrong.
func (r *run) keep(a answer) {
	r.wrong = r.wrong || a.expected != a.got
	made := newCheck(a.name, strconv.FormatUint(a.expected, 10), strconv.FormatUint(a.got, 10))
	for i := range r.checks {
		if r.checks[i].Name == a.name {
			if r.checks[i].Ok && !made.Ok {
				r.checks[i] = made
			}
			return
		}
	}
	r.checks = append(r.checks, made)
}

func (r *run) result() result {
	result := result{checks: r.checks}
	add := func(metric metric, value float64) {
		result.measurements = append(result.measurements,
			measurement{"metric", metric.name, metric.unit, value, r.iterations})
	}
	for _, metric := range r.plan.metrics {
		add(metric, median(r.values[metric.name]))
	}
	for _, percentile := range r.plan.percentiles {
		add(percentile.metric, quantile(r.sample.raw, percentile.share))
	}
	if !r.plan.once {
		warm := 0.0
		if r.warm {
			warm = 1
		}
		add(metric{"warm", "1"}, warm)
	}
	return result
}
