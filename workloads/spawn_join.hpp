// spawn-join: one task spawns many that do nothing, and joins them all.
#pragma once

#include "runtime/executor.hpp"
#include "workloads/host/system.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

template <Env E> Job<E> do_nothing() { co_return; }

template <Env E>
Job<E, Duration> spawn_and_join(Executor<E>& executor, std::uint64_t tasks, Body body,
                                std::vector<JoinHandle<E>>& joins) {
  const TimePoint start = E::now();
  if (body == Body::fiber) {
    for (std::uint64_t i = 0; i < tasks; ++i) joins.push_back(executor.spawn_fiber([](FiberContext<E>&) {}));
  } else {
    for (std::uint64_t i = 0; i < tasks; ++i) joins.push_back(executor.spawn(do_nothing<E>()));
  }
  for (auto& join : joins) co_await join;
  co_return E::now() - start;
}

template <Env E> class SpawnJoin {
 public:
  static constexpr std::string_view name = "spawn-join";
  static constexpr std::string_view summary = "one task spawns many that do nothing, and joins them all";
  struct Config {
    std::uint64_t tasks = 10'000;
    Body body = Body::coroutine;

    static constexpr auto settings() {
      return std::tuple{setting("tasks", &Config::tasks, "tasks to spawn: 1k, 10k, 100k, 1M show the growth", 1, 2e7),
                        body_setting<Config>()};
    }
    bool complete(SettingError& error) const {
      return body == Body::coroutine || host::fibers_fit(tasks, "tasks", std::to_string(tasks), error);
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"ns_per_task", "ns", "time to spawn, run and join one task"},
  };

  explicit SpawnJoin(const Config& config) : config_(config) { joins_.reserve(config.tasks); }

  void iterate(Executor<E>& executor, Sample& sample) {
    const std::uint64_t before = executor.counters().finished;
    joins_.clear();
    const Duration time = executor.block_on(spawn_and_join<E>(executor, config_.tasks, config_.body, joins_));
    sample.metric("ns_per_task", nanoseconds_per(time, config_.tasks));
    sample.check("tasks", config_.tasks, executor.counters().finished - before - 1);  // but for the one that spawns
  }

 private:
  const Config config_;
  std::vector<JoinHandle<E>> joins_;
};

}  // namespace rota::workloads
