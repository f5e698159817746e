// Workloads whose tasks wait and are woken.
package main

import (
	"math"
	"runtime"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

func sleepStorm(out *sample, tasks uint64, delay time.Duration) {
	late := out.latencies(tasks)
	for i := range late {
		late[i] = math.MinInt64
	}
	var group sync.WaitGroup
	start := time.Now()
	group.Add(int(tasks))
	for i := range late {
		go func(late *int64) {
			deadline := time.Now().Add(delay)
			time.Sleep(delay)
			*late = int64(time.Since(deadline))
			group.Done()
		}(&late[i])
	}
	group.Wait()
	out.metric("wall", perOne(time.Since(start), 1))
	var woken, early uint64
	latest := int64(math.MinInt64)
	for _, one := range late {
		if one != math.MinInt64 {
			woken++
			if one < 0 {
				early++
			}
		}
		if one > latest {
			latest = one
		}
	}
	out.metric("lateness_max", float64(latest))
	out.check("tasks", tasks, woken)
	out.check("early", 0, early)
}

func yield(out *sample, tasks, yields uint64) {
	done := make([]uint64, tasks)
	var group sync.WaitGroup
	start := time.Now()
	group.Add(int(tasks))
	for i := range done {
		go func(done *uint64) {
			var count uint64
			for ; count < yields; count++ {
				runtime.Gosched()
			}
			*done = count
			group.Done()
		}(&done[i])
	}
	group.Wait()
	out.metric("ns_per_yield", perOne(time.Since(start), tasks*yields))
	var sum uint64
	for _, count := range done {
		sum += count
	}
	out.check("yields", tasks*yields, sum)
}

// What one player has, and the next must not share a cache line with.
type player struct {
	turn     chan struct{}
	messages uint64 // plain on purpose: only whose turn it is may touch it
	_        [112]byte
}

func (mine *player) play(theirs *player, messages *uint64, rounds uint64) {
	for round := uint64(0); round < rounds; round++ {
		<-mine.turn
		*messages++
		theirs.turn <- struct{}{}
	}
}

func pingPong(out *sample, pairs, rounds uint64) {
	players := make([]player, 2*pairs)
	var group sync.WaitGroup
	group.Add(int(2 * pairs))
	for i := range players {
		players[i].turn = make(chan struct{}, 1)
	}
	for i := range players {
		go func(mine, theirs *player, messages *uint64) {
			mine.play(theirs, messages, rounds)
			group.Done()
		}(&players[i], &players[i^1], &players[i&^1].messages)
	}
	start := time.Now()
	for i := uint64(0); i < pairs; i++ {
		players[2*i].turn <- struct{}{}
	}
	group.Wait()
	time := time.Since(start)
	var messages uint64
	for i := range players {
		messages += players[i].messages
	}
	out.metric("ns_per_round", perOne(time, pairs*rounds))
	out.check("messages", 2*pairs*rounds, messages)
}

// The token is the number of hops that are left; below 0, the game is over.
func threadRing(out *sample, tasks, hops uint64) {
	places := make([]chan int64, tasks)
	for i := range places {
		places[i] = make(chan int64, 1)
	}
	var end time.Time
	var lastHolder uint64
	var group sync.WaitGroup
	group.Add(int(tasks))
	pass := func(index uint64) {
		mine, next := places[index], places[(index+1)%tasks]
		left := <-mine
		for ; left > 0; left = <-mine {
			next <- left - 1
		}
		if left == 0 {
			end, lastHolder = time.Now(), index+1
			for i := range places {
				if uint64(i) != index {
					places[i] <- -1
				}
			}
		}
		group.Done()
	}
	for i := uint64(0); i < tasks; i++ {
		go pass(i)
	}
	start := time.Now()
	places[0] <- int64(hops)
	group.Wait()
	out.metric("ns_per_hop", perOne(end.Sub(start), hops))
	out.check("holder", hops%tasks+1, lastHolder)
}

type wakes struct {
	how         string
	pause, busy time.Duration
	calls       []int64
}

type wakePair struct {
	wake, answer chan struct{}
	answers      atomic.Uint64 // for a thread, which would rather look than wait
	sent         time.Time
	number       uint64
}

func middleOf(values []int64) float64 {
	sorted := append([]int64(nil), values...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i] < sorted[j] })
	return float64(sorted[(len(sorted)-1)/2])
}

func (w *wakes) iterate(out *sample) {
	pair := wakePair{wake: make(chan struct{}, 1), answer: make(chan struct{}, 1)}
	latencies := out.latencies(uint64(len(w.calls)))
	woken := make(chan uint64)
	foreign := w.how == "foreign"
	go func() { woken <- pair.beWoken(latencies, foreign) }()
	if foreign {
		beOutside()
	}
	for i := range w.calls {
		if foreign {
			time.Sleep(w.pause)
			for pair.answers.Load() <= uint64(i) {
				runtime.Gosched()
			}
		} else {
			<-pair.answer
		}
		pair.number++
		pair.sent = time.Now()
		pair.wake <- struct{}{}
		w.calls[i] = int64(time.Since(pair.sent))
		if w.how == "busy" {
			for end := time.Now().Add(w.busy); time.Now().Before(end); {
			}
		}
	}
	right := <-woken
	out.metric("wake_p50", middleOf(latencies))
	out.metric("call_p50", middleOf(w.calls))
	out.check("wakes", uint64(len(w.calls)), right)
}

func (pair *wakePair) beWoken(latencies []int64, foreign bool) (right uint64) {
	for i := range latencies {
		if foreign {
			pair.answers.Add(1)
		} else {
			pair.answer <- struct{}{}
		}
		<-pair.wake
		latencies[i] = int64(time.Since(pair.sent))
		if pair.number == uint64(i)+1 {
			right++
		}
	}
	return right
}
