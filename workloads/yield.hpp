// yield: tasks that give way again and again. One task shows the cost of a poll, many that of a long queue.
#pragma once

#include "runtime/executor.hpp"
#include "workloads/host/system.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

template <Env E> Job<E, std::uint64_t> yield_often(std::uint64_t times) {
  std::uint64_t done = 0;
  for (; done < times; ++done) co_await rota::yield();
  co_return done;
}

template <Env E> auto yielding_fiber(std::uint64_t times) {
  return [times](FiberContext<E>& fiber) {
    std::uint64_t done = 0;
    for (; done < times; ++done) fiber.yield();
    return done;
  };
}

struct Yielded {
  Duration time;
  std::uint64_t yields;
};

template <Env E>
Job<E, Yielded> spawn_yielders(Executor<E>& executor, std::uint64_t tasks, std::uint64_t yields, Body body,
                               std::vector<JoinHandle<E, std::uint64_t>>& joins) {
  std::uint64_t sum = 0;
  const TimePoint start = E::now();
  for (std::uint64_t i = 0; i < tasks; ++i) {
    joins.push_back(body == Body::fiber ? executor.spawn_fiber(yielding_fiber<E>(yields))
                                        : executor.spawn(yield_often<E>(yields)));
  }
  for (auto& join : joins) sum += co_await join;
  co_return Yielded{E::now() - start, sum};
}

template <Env E> class YieldStorm {
 public:
  static constexpr std::string_view name = "yield";
  static constexpr std::string_view summary = "tasks that give way again and again; 1 x 1M, 1000 x 1000, 200 x 1000";
  struct Config {
    std::uint64_t tasks = 1;
    std::uint64_t yields = 1'000'000;
    Body body = Body::coroutine;

    static constexpr auto settings() {
      return std::tuple{setting("tasks", &Config::tasks, "tasks that yield", 1, 2e7),
                        setting("yields", &Config::yields, "how often each yields", 1, 1e11), body_setting<Config>()};
    }
    bool complete(SettingError& error) const {
      return body == Body::coroutine || host::fibers_fit(tasks, "tasks", std::to_string(tasks), error);
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"ns_per_yield", "ns", "time of one yield and the resume after it, over all tasks"},
  };

  explicit YieldStorm(const Config& config) : config_(config) { joins_.reserve(config.tasks); }

  void iterate(Executor<E>& executor, Sample& sample) {
    const std::uint64_t total = config_.tasks * config_.yields;
    joins_.clear();
    const Yielded got =
        executor.block_on(spawn_yielders<E>(executor, config_.tasks, config_.yields, config_.body, joins_));
    sample.metric("ns_per_yield", nanoseconds_per(got.time, total));
    sample.check("yields", total, got.yields);
  }

 private:
  const Config config_;
  std::vector<JoinHandle<E, std::uint64_t>> joins_;
};

}  // namespace rota::workloads
