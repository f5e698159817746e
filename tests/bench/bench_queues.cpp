// What each queue costs: a push with its pop by the owner, a steal of half, and, for each policy, an enqueue with its
// pick on one worker without a runtime. Nobody contends: these are the prices of the local path.
#include <benchmark/benchmark.h>

#include <concepts>
#include <memory>
#include <string>

#include "schedulers/queue/chase_lev.hpp"
#include "schedulers/queue/local_ring.hpp"
#include "schedulers/queue/lockfree_fifo.hpp"
#include "tests/bench/queue_bench.hpp"

namespace {

using namespace rota;
using bench::batch;
using bench::per_operation;
using E = env::Real;

// The C library leaves out the locked instructions of a mutex until a process has had its second thread.
[[maybe_unused]] const bool had_a_thread = [] {
  E::thread(ThreadOptions{.name = "bench", .pu = std::nullopt}, [] {}).join();
  return true;
}();

template <class Queue> void fill(Queue& queue, bench::LooseTasks& tasks) {
  for (std::size_t i = 0; i < batch; ++i) (void)queue.push(tasks[i]);
}

template <class Queue> void push_and_pop(benchmark::State& state) {
  auto owned = [] {
    if constexpr (std::constructible_from<Queue, std::size_t>) {
      return std::make_unique<Queue>(std::size_t{256});
    } else {
      return std::make_unique<Queue>();
    }
  }();
  Queue& queue = *owned;
  bench::LooseTasks tasks;
  for (auto _ : state) {
    fill(queue, tasks);
    for (std::size_t i = 0; i < batch; ++i) benchmark::DoNotOptimize(queue.pop());
  }
  per_operation(state, batch);
}

// Items are tasks that changed their queue; the pushes and pops around it are part of the time.
template <class Queue> void steal_half(benchmark::State& state) {
  Queue victim(256);
  Queue thief(256);
  bench::LooseTasks tasks;
  for (auto _ : state) {
    fill(victim, tasks);
    benchmark::DoNotOptimize(victim.steal_half(thief));
    while (thief.pop() != nullptr) {
    }
    while (victim.pop() != nullptr) {
    }
  }
  per_operation(state, batch / 2);
}

void pop_batch(benchmark::State& state) {
  queue::LockedFifo<E> fifo;
  bench::LooseTasks tasks;
  for (auto _ : state) {
    fill(fifo, tasks);
    benchmark::DoNotOptimize(fifo.pop_batch(batch, [](Task<E>* task) { benchmark::DoNotOptimize(task); }));
  }
  per_operation(state, batch);
}

[[maybe_unused]] const bool registered = [] {
  for (const auto& policy : rows<bench::BenchedPolicy>())
    benchmark::RegisterBenchmark(("enqueue and pick/" + std::string(policy.name)).c_str(), policy.enqueue_and_pick)
        ->Arg(0)
        ->Arg(32);
  return true;
}();

BENCHMARK(push_and_pop<queue::IntrusiveList<E>>)->Name("queue/push and pop/intrusive list");
BENCHMARK(push_and_pop<queue::LocalRing<E>>)->Name("queue/push and pop/local ring");
BENCHMARK(push_and_pop<queue::ChaseLev<E>>)->Name("queue/push and pop/chase-lev");
BENCHMARK(push_and_pop<queue::LockedFifo<E>>)->Name("queue/push and pop/locked fifo");
BENCHMARK(push_and_pop<queue::LockfreeFifo<E>>)->Name("queue/push and pop/lock-free fifo");
BENCHMARK(steal_half<queue::LocalRing<E>>)->Name("queue/steal half/local ring");
BENCHMARK(steal_half<queue::ChaseLev<E>>)->Name("queue/steal half/chase-lev");
BENCHMARK(pop_batch)->Name("queue/push, pop a batch/locked fifo");

}  // namespace
