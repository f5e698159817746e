// remote-spawn: a thread that is no worker spawns many tasks, while the workers are idle or while they are busy.
#pragma once

#include "workloads/host/outside.hpp"
#include "workloads/spawn_join.hpp"

namespace rota::workloads {

// Keeps a worker busy by yielding until told to stop. Ends by itself after a while, so that a policy which starves the
// new tasks meanwhile shows a bad figure and not a deadlock.
template <Env E> Job<E> keep_busy(const typename E::template atomic<bool>& stop) {
  constexpr std::uint64_t most_yields = 1'000'000;
  for (std::uint64_t i = 0; i < most_yields && !stop.load(Order::relaxed); ++i) co_await rota::yield();
}

template <Env E> class RemoteSpawn {
 public:
  static constexpr std::string_view name = "remote-spawn";
  static constexpr std::string_view summary = "a thread that is no worker spawns many tasks and joins them";
  struct Config {
    std::uint64_t tasks = 10'000;
    bool busy = false;

    static constexpr auto settings() {
      return std::tuple{setting("tasks", &Config::tasks, "tasks to spawn", 1, 2e7),
                        setting("busy", &Config::busy, "whether every worker has a yielding task meanwhile")};
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"ns_per_task", "ns", "time to spawn, run and join one task"},
      MetricInfo{"ns_per_spawn", "ns", "time of the spawning thread in one spawn"},
  };

  explicit RemoteSpawn(const Config& config) : config_(config) { joins_.reserve(config.tasks); }

  void iterate(Executor<E>& executor, Sample& sample) {
    if constexpr (real_time<E>) host::stand_outside();
    const std::uint64_t before = executor.counters().finished;
    std::vector<JoinHandle<E>> busy;
    typename E::template atomic<bool> stop{false};
    if (config_.busy) {
      for (std::size_t i = 0; i < executor.workers(); ++i) busy.push_back(executor.spawn(keep_busy<E>(stop)));
    }
    E::charge({std::chrono::microseconds(200)});  // time to become idle, or busy
    spawn_and_join(executor, sample);
    stop.store(true, Order::relaxed);
    for (auto& join : busy) join.join_blocking();
    sample.check("tasks", config_.tasks, executor.counters().finished - before - busy.size());
  }

 private:
  void spawn_and_join(Executor<E>& executor, Sample& sample) {
    joins_.clear();
    const TimePoint start = E::now();
    for (std::uint64_t i = 0; i < config_.tasks; ++i) joins_.push_back(executor.spawn(do_nothing<E>()));
    const TimePoint spawned = E::now();
    for (auto& join : joins_) join.join_blocking();
    const TimePoint joined = E::now();
    sample.metric("ns_per_task", nanoseconds_per(joined - start, config_.tasks));
    sample.metric("ns_per_spawn", nanoseconds_per(spawned - start, config_.tasks));
  }

  const Config config_;
  std::vector<JoinHandle<E>> joins_;
};

}  // namespace rota::workloads
