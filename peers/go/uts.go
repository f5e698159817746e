// uts: the tree `mix`, binomial, with a cheap hash.
package main

import (
	"sync"
	"time"
)

type node struct {
	state uint64
	depth uint32
}

type counts struct {
	nodes, leaves uint64
	depth         uint32
}

func (c *counts) add(other counts) {
	c.nodes += other.nodes
	c.leaves += other.leaves
	if other.depth > c.depth {
		c.depth = other.depth
	}
}

// The finaliser of splitmix64.
func mix(z uint64) uint64 {
	z ^= z >> 30
	z *= 0xbf58476d1ce4e5b9
	z ^= z >> 27
	z *= 0x94d049bb133111eb
	return z ^ z>>31
}

func (n node) child(number int) node {
	return node{mix(n.state + (uint64(number)+1)*0x9E3779B97F4A7C15), n.depth + 1}
}

func (n node) children() int {
	switch {
	case n.depth == 0:
		return 2000
	case float64(n.state>>33)/(1<<31) < 0.1247:
		return 8
	}
	return 0
}

// All children but the last become goroutines.
func search(n node) counts {
	children := n.children()
	if children == 0 {
		return counts{1, 1, n.depth}
	}
	var group sync.WaitGroup
	found := make([]counts, children-1)
	group.Add(children - 1)
	for i := range found {
		go func(out *counts, child node) {
			*out = search(child)
			group.Done()
		}(&found[i], n.child(i))
	}
	result := counts{1, 0, n.depth}
	result.add(search(n.child(children - 1)))
	group.Wait()
	for _, one := range found {
		result.add(one)
	}
	return result
}

func uts(out *sample) {
	start := time.Now()
	got := search(node{mix(1), 0})
	time := time.Since(start)
	out.metric("ns_per_node", perOne(time, 746_441))
	out.metric("wall", perOne(time, 1))
	out.check("nodes", 746_441, got.nodes)
	out.check("leaves", 653_385, got.leaves)
	out.check("depth", 646, uint64(got.depth))
}
