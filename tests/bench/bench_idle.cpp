// From outside to the first instruction of a task on a worker that slept: how long a spawn and a wake take to arrive.
#include <benchmark/benchmark.h>

#include "schedulers/registry.hpp"
#include "tests/bench/path_sync.hpp"

namespace {

using namespace rota;
using namespace rota::bench;
using E = env::Real;

std::unique_ptr<Executor<E>> start(const RuntimeConfig& config) {
  const auto* policy = schedulers::find_policy("work-stealing");
  SettingValues all;
  SettingError error;
  (void)policy->check({}, all, error);
  return policy->start(Placement(Topology::host(), "compact", 1), config, all);
}

Job<E> tell_when(TimePoint& when) {
  when = E::now();
  co_return;
}
Job<E> tell_when_woken(Slot<E>& slot, TimePoint& when) {
  co_await Parked<E>(slot);
  when = E::now();
}

// Until the worker has gone to sleep once more since `before`.
void let_sleep(Executor<E>& executor, std::uint64_t before) {
  until_asleep(executor, before);
  nap();
}

void spawn_to_sleeper(benchmark::State& state, const RuntimeConfig& config) {
  const auto executor = start(config);
  nap(std::chrono::milliseconds(1));
  for (auto _ : state) {
    TimePoint began;
    const std::uint64_t before = executor->counters().parked;
    const TimePoint sent = E::now();
    executor->spawn(tell_when(began)).join_blocking();
    state.SetIterationTime(std::chrono::duration<double>(began - sent).count());
    let_sleep(*executor, before);
  }
}

void wake_sleeper(benchmark::State& state, const RuntimeConfig& config) {
  const auto executor = start(config);
  nap(std::chrono::milliseconds(1));
  for (auto _ : state) {
    Slot<E> slot;
    TimePoint began;
    std::uint64_t before = executor->counters().parked;
    auto woken = executor->spawn(tell_when_woken(slot, began));
    let_sleep(*executor, before);
    before = executor->counters().parked;
    const TimePoint sent = E::now();
    slot.waker.wake();
    woken.join_blocking();
    state.SetIterationTime(std::chrono::duration<double>(began - sent).count());
    let_sleep(*executor, before);
  }
}

const RuntimeConfig reactor_by_worker{};
const RuntimeConfig reactor_by_thread{.driver = Driver::thread};

void add(const char* name, void (*body)(benchmark::State&, const RuntimeConfig&), const RuntimeConfig& config) {
  benchmark::RegisterBenchmark(name,
                               [body, &config](benchmark::State& state) {
                                 body(state, config);
                                 state.SetLabel("floor: futex unpark to awake");
                               })
      ->UseManualTime()
      ->Iterations(200);
}

[[maybe_unused]] const bool registered = [] {
  add("path/spawn to a worker in the reactor", spawn_to_sleeper, reactor_by_worker);
  add("path/spawn to a worker on its futex", spawn_to_sleeper, reactor_by_thread);
  add("path/wake of a worker in the reactor", wake_sleeper, reactor_by_worker);
  add("path/wake of a worker on its futex", wake_sleeper, reactor_by_thread);
  return true;
}();

}  // namespace
