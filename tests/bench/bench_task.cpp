// What a task costs on one worker, for each policy of this build: spawn and join, yield, wake. Times are for one task,
// one yield, one suspension with its wake.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "runtime/sync/event.hpp"
#include "schedulers/policies.hpp"
#include "worlds/real.hpp"
#include "worlds/topology.hpp"

namespace {

using namespace rota;
using E = env::Real;

std::unique_ptr<Executor<E>> start(const schedulers::PolicyIn<E>& policy) {
  SettingValues all;
  SettingError error;
  (void)find(schedulers::policies(), policy.name)->check({}, all, error);
  return policy.start(Placement(Topology::host(), "compact", 1), {}, all);
}

Job<E> nothing() { co_return; }

Job<E> spawn_and_join(Executor<E>& executor, std::size_t tasks) {
  std::vector<JoinHandle<E>> handles;
  handles.reserve(tasks);
  for (std::size_t i = 0; i < tasks; ++i) handles.push_back(executor.spawn(nothing()));
  for (auto& handle : handles) co_await handle;
}

Job<E> yield_often(std::size_t times) {
  for (std::size_t i = 0; i < times; ++i) co_await yield();
}

void yield_on_fiber(Executor<E>& executor, std::size_t times) {
  executor
      .spawn_fiber([times](FiberContext<E>& fiber) {
        for (std::size_t i = 0; i < times; ++i) fiber.yield();
      })
      .join_blocking();
}

// Two tasks wake each other in turn, each wake ending one suspension.
Job<E> wake_in_turn(Event<E>& mine, Event<E>& other, std::size_t times) {
  for (std::size_t i = 0; i < times; ++i) {
    co_await mine.wait();
    mine.reset();
    other.set();
  }
}
Job<E> wake_pair(Executor<E>& executor, std::size_t times) {
  Event<E> left;
  Event<E> right;
  auto one = executor.spawn(wake_in_turn(left, right, times));
  auto two = executor.spawn(wake_in_turn(right, left, times));
  left.set();
  co_await one;
  co_await two;
}

template <class Body>
void add(const std::string& name, const schedulers::PolicyIn<E>& policy, std::size_t operations, Body body) {
  benchmark::RegisterBenchmark(name.c_str(), [&policy, operations, body](benchmark::State& state) {
    const auto executor = start(policy);
    for (auto _ : state) body(*executor, operations);
    const auto total = static_cast<double>(state.iterations()) * static_cast<double>(operations);
    state.counters["ns"] = benchmark::Counter(total / 1e9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  })->UseRealTime();
}

[[maybe_unused]] const bool registered = [] {
  for (const auto& policy : schedulers::policies_in<E>()) {
    const std::string name(policy.name);
    add("spawn and join/" + name, policy, 100'000,
        [](auto& executor, std::size_t n) { executor.block_on(spawn_and_join(executor, n)); });
    add("yield/coroutine/" + name, policy, 1'000'000,
        [](auto& executor, std::size_t n) { executor.block_on(yield_often(n)); });
    add("yield/fiber/" + name, policy, 1'000'000, [](auto& executor, std::size_t n) { yield_on_fiber(executor, n); });
    add("wake/" + name, policy, 200'000,
        [](auto& executor, std::size_t n) { executor.block_on(wake_pair(executor, n / 2)); });
  }
  return true;
}();

}  // namespace
