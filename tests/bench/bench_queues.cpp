// What each queue costs: a push with its pop by the owner, a steal of half, and, for each policy, an enqueue with its
// pick on one worker without a runtime. Nobody contends: these are the prices of the local path.
#include <benchmark/benchmark.h>

#include <array>
#include <concepts>
#include <deque>
#include <memory>
#include <string>

#include "schedulers/all_policies.hpp"
#include "schedulers/queue/chase_lev.hpp"
#include "schedulers/queue/local_ring.hpp"
#include "schedulers/queue/lockfree_fifo.hpp"
#include "worlds/real.hpp"

namespace {

using namespace rota;
using E = env::Real;

// The C library leaves out the locked instructions of a mutex until a process has had its second thread.
[[maybe_unused]] const bool had_a_thread = [] {
  E::thread(ThreadOptions{.name = "bench", .pu = std::nullopt}, [] {}).join();
  return true;
}();

constexpr std::size_t batch = 64;  // tasks inside at once: less than a ring holds

class Tasks {
 public:
  Task<E>* operator[](std::size_t index) { return &tasks_[index % batch]; }

 private:
  std::deque<Task<E>> tasks_{batch};
};

template <class Queue> void fill(Queue& queue, Tasks& tasks) {
  for (std::size_t i = 0; i < batch; ++i) (void)queue.push(tasks[i]);
}

void per_operation(benchmark::State& state, std::size_t operations) {
  state.SetItemsProcessed(static_cast<std::int64_t>(operations) * state.iterations());
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
  Tasks tasks;
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
  Tasks tasks;
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
  Tasks tasks;
  for (auto _ : state) {
    fill(fifo, tasks);
    benchmark::DoNotOptimize(fifo.pop_batch(batch, [](Task<E>* task) { benchmark::DoNotOptimize(task); }));
  }
  per_operation(state, batch);
}

// One enqueue and one pick by the same worker, with `waiting` other tasks in between.
template <class Policy> void enqueue_and_pick(benchmark::State& state) {
  alignas(64) std::array<std::byte, 256> nothing{};  // a policy has no business with the runtime behind a worker
  Worker<E> worker(0, reinterpret_cast<Executor<E>&>(nothing), 1);
  Policy policy(Placement(Topology::synthetic("core:1 pu:1"), "compact", 1), {});
  Tasks tasks;
  const auto waiting = static_cast<std::size_t>(state.range(0));
  for (std::size_t i = 0; i < waiting; ++i)
    (void)policy.enqueue(&worker, Runnable<E>::adopt(tasks[i]), {Origin::spawn});
  Task<E>* task = tasks[waiting];
  for (auto _ : state) {
    benchmark::DoNotOptimize(policy.enqueue(&worker, Runnable<E>::adopt(task), {Origin::yield}));
    task = policy.pick(worker).release();
  }
  per_operation(state, 1);
}

template <class... Policies> struct RegisterAll {
  RegisterAll() {
    (benchmark::RegisterBenchmark(("enqueue and pick/" + std::string(Policies::name)).c_str(),
                                  &enqueue_and_pick<Policies>)
         ->Arg(0)
         ->Arg(32),
     ...);
  }
};
[[maybe_unused]] const schedulers::AllPolicies<E, RegisterAll> registered;

BENCHMARK(push_and_pop<queue::IntrusiveList<E>>)->Name("queue/push and pop/intrusive list");
BENCHMARK(push_and_pop<queue::LocalRing<E>>)->Name("queue/push and pop/local ring");
BENCHMARK(push_and_pop<queue::ChaseLev<E>>)->Name("queue/push and pop/chase-lev");
BENCHMARK(push_and_pop<queue::LockedFifo<E>>)->Name("queue/push and pop/locked fifo");
BENCHMARK(push_and_pop<queue::LockfreeFifo<E>>)->Name("queue/push and pop/lock-free fifo");
BENCHMARK(steal_half<queue::LocalRing<E>>)->Name("queue/steal half/local ring");
BENCHMARK(steal_half<queue::ChaseLev<E>>)->Name("queue/steal half/chase-lev");
BENCHMARK(pop_batch)->Name("queue/push, pop a batch/locked fifo");

}  // namespace
