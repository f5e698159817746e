// Which workloads there are, and what is measured of each.
package main

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

var (
	perTask = []metric{{"ns_per_task", "ns"}}
	wall    = metric{"wall", "ns"}
)

type play func(s *settings, workers int, reading time.Duration) plan

var plays = map[string]play{
	"spawn-join": func(s *settings, _ int, _ time.Duration) plan {
		tasks := s.integer("tasks", 10_000, 1, 2e7)
		s.body()
		return plan{metrics: perTask, iterate: func(out *sample) { spawnJoin(out, tasks) }}
	},
	"chained-spawn": func(s *settings, _ int, _ time.Duration) plan {
		depth := s.integer("depth", 1000, 1, 1e9)
		return plan{metrics: perTask, iterate: func(out *sample) { chainedSpawn(out, depth) }}
	},
	"remote-spawn": func(s *settings, workers int, _ time.Duration) plan {
		tasks, busy := s.integer("tasks", 10_000, 1, 2e7), s.boolean("busy")
		return plan{metrics: append(perTask[:1:1], metric{"ns_per_spawn", "ns"}),
			iterate: func(out *sample) { remoteSpawn(out, tasks, workers, busy) }}
	},
	"fib": func(s *settings, _ int, _ time.Duration) plan {
		n, both := s.integer("n", 20, 0, 50), s.choice("forks", "one", "both") == "both"
		s.body()
		return plan{metrics: []metric{{"ns_per_call", "ns"}, wall}, iterate: func(out *sample) { fib(out, n, both) }}
	},
	"skynet": func(s *settings, _ int, _ time.Duration) plan {
		leaves := s.integer("leaves", 100_000, 1, 1e8)
		rest := leaves
		for ; rest > 0 && rest%10 == 0; rest /= 10 {
		}
		if rest != 1 {
			s.refuse("leaves", "a power of ten", leaves)
		}
		return plan{metrics: append(perTask[:1:1], wall), iterate: func(out *sample) { skynet(out, leaves) }}
	},
	"uts": func(s *settings, _ int, _ time.Duration) plan {
		// The other trees need SHA-1 and would measure that; a chunk is Rota's way to give work away.
		if tree := s.choice("tree", "small", "T1", "T3", "mix"); tree != "mix" {
			s.refuse("tree", "\"mix\", which is all that peers play", tree)
		}
		if split := s.choice("split", "chunk", "fork"); split != "fork" {
			s.refuse("split", "\"fork\", which is all that peers play", split)
		}
		s.integer("chunk", 20, 1, 1e9)
		s.duration("node_time", 60, 0, time.Second)
		return plan{metrics: []metric{{"ns_per_node", "ns"}, wall}, iterate: uts}
	},
	"sleep-storm": func(s *settings, _ int, _ time.Duration) plan {
		tasks := s.integer("tasks", 10_000, 1, 2e7)
		delay := s.duration("delay", 100*time.Microsecond, 0, time.Minute)
		s.body()
		return plan{metrics: []metric{wall, {"lateness_max", "ns"}},
			percentiles: []percentile{{metric{"lateness_p50", "ns"}, 0.5}, {metric{"lateness_p99", "ns"}, 0.99}},
			iterate:     func(out *sample) { sleepStorm(out, tasks, delay) }}
	},
	"yield": func(s *settings, _ int, _ time.Duration) plan {
		tasks, yields := s.integer("tasks", 1, 1, 2e7), s.integer("yields", 1_000_000, 1, 1e11)
		s.body()
		return plan{metrics: []metric{{"ns_per_yield", "ns"}}, iterate: func(out *sample) { yield(out, tasks, yields) }}
	},
	"ping-pong": func(s *settings, _ int, _ time.Duration) plan {
		pairs, rounds := s.integer("pairs", 1, 1, 1e6), s.integer("rounds", 10_000, 1, 1e11)
		s.choice("via", "event", "channel") // both are channels here
		s.body()
		return plan{metrics: []metric{{"ns_per_round", "ns"}}, iterate: func(out *sample) { pingPong(out, pairs, rounds) }}
	},
	"thread-ring": func(s *settings, _ int, _ time.Duration) plan {
		tasks, hops := s.integer("tasks", 503, 2, 1e6), s.integer("hops", 10_000, 1, 1e12)
		return plan{metrics: []metric{{"ns_per_hop", "ns"}}, iterate: func(out *sample) { threadRing(out, tasks, hops) }}
	},
	"wake-latency": func(s *settings, _ int, _ time.Duration) plan {
		w := wakes{how: s.choice("how", "foreign", "task", "busy"),
			pause: s.duration("pause", 200*time.Microsecond, time.Microsecond, 10*time.Second),
			busy:  s.duration("busy", 100*time.Microsecond, 1, 10*time.Second),
			calls: make([]int64, s.integer("wakes", 500, 1, 1e8))}
		return plan{metrics: []metric{{"wake_p50", "ns"}, {"call_p50", "ns"}},
			percentiles: []percentile{{metric{"wake_p99", "ns"}, 0.99}}, iterate: w.iterate}
	},
	"startup": func(s *settings, workers int, reading time.Duration) plan {
		probe, program := s.boolean("probe"), s.text("program")
		return plan{metrics: []metric{{"program", "ns"}, {"program_rss", "bytes"}, {"ready", "ns"}}, once: probe,
			iterate: func(out *sample) { startup(out, probe, program, workers, reading) }}
	},
	"memory": func(s *settings, _ int, _ time.Duration) plan {
		tasks := s.integer("tasks", 0, 0, 1e8)
		if tasks == 0 {
			tasks = 1_000_000
		}
		onEvent := s.choice("on", "event", "nothing") == "event"
		s.body()
		return plan{metrics: []metric{{"bytes_per_task", "bytes"}, {"base_rss", "bytes"}}, once: true,
			iterate: func(out *sample) { memory(out, tasks, onEvent) }}
	},
}

func planOf(asked *request, reading time.Duration) (plan, error) {
	play, known := plays[asked.Workload.Use]
	if !known {
		var names []string
		for name := range plays {
			names = append(names, name)
		}
		sort.Strings(names)
		return plan{}, fmt.Errorf("request.workload.use: go speaks %s, got %q", strings.Join(names, ", "),
			asked.Workload.Use)
	}
	s := settings{values: asked.Workload.With}
	result := play(&s, asked.workers(), reading)
	return result, s.finish()
}
