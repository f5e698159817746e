// What benchmarks of queues and of policies without a runtime share, and the table of the latter.
#pragma once

#include <benchmark/benchmark.h>

#include <string_view>

#include "runtime/rows.hpp"
#include "schedulers/policy.hpp"
#include "tests/schedulers/loose_tasks.hpp"
#include "worlds/real.hpp"

namespace rota {
namespace bench {

constexpr std::size_t batch = 64;  // tasks inside at once: less than a ring holds

class LooseTasks {
 public:
  Task<env::Real>* operator[](std::size_t index) { return tasks_[index % batch]; }

 private:
  schedulers::LooseTasks tasks_{batch};
};

inline void per_operation(benchmark::State& state, std::size_t operations) {
  state.SetItemsProcessed(static_cast<std::int64_t>(operations) * state.iterations());
}

// One enqueue and one pick by the same worker, with `waiting` other tasks in between.
template <Env E, class Policy> void enqueue_and_pick(benchmark::State& state) {
  Self worker(0, 1);
  Policy policy(Placement(Topology::synthetic("core:1 pu:1"), "compact", 1), {});
  LooseTasks tasks;
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

struct BenchedPolicy {
  std::string_view name;
  void (*enqueue_and_pick)(benchmark::State& state);
};

}  // namespace bench

template <> std::span<const bench::BenchedPolicy> rows<bench::BenchedPolicy>();

template <> struct RowOf<bench::BenchedPolicy> {
  using E = env::Real;
  template <class Policy, Name name> static bench::BenchedPolicy make(const Worlds&) {
    return {name.view(), &bench::enqueue_and_pick<E, Policy>};
  }
};

}  // namespace rota
