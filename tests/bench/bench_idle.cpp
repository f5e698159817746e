// From outside to the first instruction of a task on a worker that slept: how long a spawn and a wake take to arrive.
#include <benchmark/benchmark.h>

#include "runtime/sleep.hpp"
#include "schedulers/policies.hpp"
#include "tests/bench/path_sync.hpp"
#include "worlds/real.hpp"
#include "worlds/topology.hpp"

namespace {

using namespace rota;
using namespace rota::bench;
using E = env::Real;

std::unique_ptr<Executor<E>> start(const RuntimeConfig& config) {
  constexpr std::string_view policy = "work-stealing";
  SettingValues all;
  SettingError error;
  (void)find(schedulers::policies(), policy)->check({}, all, error);
  return find(schedulers::policies_in<E>(), policy)->start(Placement(Topology::host(), "compact", 1), config, all);
}

Job<E> tell_when(TimePoint& when) {
  when = E::now();
  co_return;
}
Job<E> tell_when_woken(Slot<E>& slot, TimePoint& when) {
  co_await Parked<E>(slot);
  when = E::now();
}

// Where an idle worker waits: a runtime with one worker, and what it has besides the task that is measured.
struct Rest {
  RuntimeConfig config{};
  bool pending = false;  // a timer that nobody will see the end of
  bool sleeps = true;    // else it still looks around when it is woken
};
const Rest on_its_futex{};
const Rest in_the_reactor{.pending = true};
const Rest looking_around{.config = {.spin = 1'000'000}, .sleeps = false};

class Resting {
 public:
  explicit Resting(const Rest& rest) : rest_(rest), executor_(start(rest.config)) {
    if (rest.pending) executor_->spawn_detached(sleep_for_ever());
    nap(std::chrono::milliseconds(1));
  }
  [[nodiscard]] Executor<E>& executor() const { return *executor_; }

  // What `act` makes the worker do, until it is idle again.
  template <class Act> void after(Act act) {
    const std::uint64_t before = executor_->counters().parked;
    act();
    if (rest_.sleeps) until_asleep(*executor_, before);
    nap();
  }

 private:
  static Job<E> sleep_for_ever() { co_await sleep_for<E>(std::chrono::hours(10)); }

  const Rest& rest_;
  std::unique_ptr<Executor<E>> executor_;
};

void spawn_to_idle(benchmark::State& state, const Rest& rest) {
  Resting resting(rest);
  for (auto _ : state) {
    resting.after([&] {
      TimePoint began;
      const TimePoint sent = E::now();
      resting.executor().spawn(tell_when(began)).join_blocking();
      state.SetIterationTime(std::chrono::duration<double>(began - sent).count());
    });
  }
}

void wake_idle(benchmark::State& state, const Rest& rest) {
  Resting resting(rest);
  for (auto _ : state) {
    Slot<E> slot;
    TimePoint began;
    JoinHandle<E> woken;
    resting.after([&] {
      woken = resting.executor().spawn(tell_when_woken(slot, began));
      while (!slot.filled.load(Order::acquire)) nap();
    });
    resting.after([&] {
      const TimePoint sent = E::now();
      slot.waker.wake();
      woken.join_blocking();
      state.SetIterationTime(std::chrono::duration<double>(began - sent).count());
    });
  }
}

void add(const char* name, void (*body)(benchmark::State&, const Rest&), const Rest& rest) {
  benchmark::RegisterBenchmark(name,
                               [body, &rest](benchmark::State& state) {
                                 body(state, rest);
                                 state.SetLabel("floor: futex unpark to awake");
                               })
      ->UseManualTime()
      ->Iterations(200);
}

[[maybe_unused]] const bool registered = [] {
  add("path/spawn to a worker on its futex", spawn_to_idle, on_its_futex);
  add("path/spawn to a worker in the reactor", spawn_to_idle, in_the_reactor);
  add("path/spawn to a worker that looks around", spawn_to_idle, looking_around);
  add("path/wake of a worker on its futex", wake_idle, on_its_futex);
  add("path/wake of a worker in the reactor", wake_idle, in_the_reactor);
  add("path/wake of a worker that looks around", wake_idle, looking_around);
  return true;
}();

}  // namespace
