// producer: one task makes many, whose data lies on the node where it runs. Spreading them keeps every worker busy and
// takes them away from their data.
#pragma once

#include "runtime/work.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

// Works on data of the node `home`. Returns whether it began elsewhere.
template <Env E> Job<E, bool> consume(Executor<E>& executor, Cost cost) {
  const bool away = E::node() != cost.home;
  co_await work<E>(executor, cost);
  co_return away;
}

struct Produced {
  std::uint64_t tasks = 0, away = 0;
  Duration time{};
};

// While it spawns it never suspends, so it stays on the worker, and the node, on which it began.
template <Env E>
Job<E, Produced> produce(Executor<E>& executor, std::uint64_t tasks, Duration each,
                         std::vector<JoinHandle<E, bool>>& joins) {
  const TimePoint start = E::now();
  const Cost cost{.work = each, .home = E::node()};
  for (std::uint64_t i = 0; i < tasks; ++i) joins.push_back(executor.spawn(consume<E>(executor, cost)));
  Produced result;
  for (auto& join : joins) {
    result.away += co_await join ? 1 : 0;
    ++result.tasks;
  }
  result.time = E::now() - start;
  co_return result;
}

template <Env E> class Producer {
 public:
  static constexpr std::string_view name = "producer";
  static constexpr std::string_view summary = "one task makes many, whose data lies on its NUMA node";
  struct Config {
    std::uint64_t tasks = 10'000;
    Duration work = std::chrono::microseconds(10);

    static constexpr auto settings() {
      return std::tuple{setting("tasks", &Config::tasks, "tasks to make", 1, 2e7),
                        setting("work", &Config::work, "how long each works, at home", 0, 1e9)};
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"tasks_per_s", "1/s", "tasks made and run to their end in a second", false},
      MetricInfo{"away", "1", "share of the tasks that began on another node than the producer's"},
  };

  explicit Producer(const Config& config) : config_(config) { joins_.reserve(config.tasks); }

  void iterate(Executor<E>& executor, Sample& sample) {
    joins_.clear();
    const Produced got = executor.block_on(produce<E>(executor, config_.tasks, config_.work, joins_));
    sample.metric("tasks_per_s", static_cast<double>(config_.tasks) * 1e9 / nanoseconds(got.time));
    sample.metric("away", static_cast<double>(got.away) / static_cast<double>(config_.tasks));
    sample.check("tasks", config_.tasks, got.tasks);
  }

 private:
  const Config config_;
  std::vector<JoinHandle<E, bool>> joins_;
};

}  // namespace rota::workloads
