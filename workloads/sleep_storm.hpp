// sleep-storm: many tasks sleep for the same short time at once, and one joins them.
#pragma once

#include <algorithm>

#include "runtime/executor.hpp"
#include "runtime/sleep.hpp"
#include "workloads/host/system.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

template <Env E> Job<E> sleep_once(Duration delay, std::int64_t* late) {
  const TimePoint deadline = later(E::now(), delay);
  co_await sleep_until<E>(deadline);
  *late = (E::now() - deadline).count();
}

template <Env E> auto sleeping_fiber(Duration delay, std::int64_t* late) {
  return [delay, late](FiberContext<E>& fiber) {
    const TimePoint deadline = later(E::now(), delay);
    fiber.await(sleep_until<E>(deadline));
    *late = (E::now() - deadline).count();
  };
}

template <Env E>
Job<E, Duration> storm(Executor<E>& executor, Duration delay, Body body, std::span<std::int64_t> late,
                       std::vector<JoinHandle<E>>& joins) {
  const TimePoint start = E::now();
  for (std::int64_t& one : late) {
    joins.push_back(body == Body::fiber ? executor.spawn_fiber(sleeping_fiber<E>(delay, &one))
                                        : executor.spawn(sleep_once<E>(delay, &one)));
  }
  for (auto& join : joins) co_await join;
  co_return E::now() - start;
}

template <Env E> class SleepStorm {
 public:
  static constexpr std::string_view name = "sleep-storm";
  static constexpr std::string_view summary = "many tasks sleep for the same short time at once: wall time, lateness";
  struct Config {
    std::uint64_t tasks = 10'000;
    Duration delay = std::chrono::microseconds(100);
    Body body = Body::coroutine;

    static constexpr auto settings() {
      return std::tuple{setting("tasks", &Config::tasks, "tasks that sleep", 1, 2e7),
                        setting("delay", &Config::delay, "how long each sleeps, once it runs", 0, 6e10),
                        body_setting<Config>()};
    }
    bool complete(SettingError& error) const {
      return body == Body::coroutine || host::fibers_fit(tasks, "tasks", std::to_string(tasks), error);
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"wall", "ns", "from the first spawn until the last sleeper is joined"},
      MetricInfo{"lateness_max", "ns", "how long after its deadline the latest sleeper of an iteration ran"},
  };
  static constexpr std::array percentiles{
      Percentile{{"lateness_p50", "ns", "how long after its deadline a sleeper ran: median"}, 0.5},
      Percentile{{"lateness_p99", "ns", "how long after its deadline a sleeper ran: 99 of 100 were sooner"}, 0.99},
  };

  explicit SleepStorm(const Config& config) : config_(config) { joins_.reserve(config.tasks); }

  void iterate(Executor<E>& executor, Sample& sample) {
    constexpr std::int64_t never_woken = std::numeric_limits<std::int64_t>::min();
    joins_.clear();
    const auto late = sample.latencies(config_.tasks);
    std::fill(late.begin(), late.end(), never_woken);
    const Duration time = executor.block_on(storm<E>(executor, config_.delay, config_.body, late, joins_));
    const auto missing = static_cast<std::uint64_t>(std::count(late.begin(), late.end(), never_woken));
    const auto early =
        static_cast<std::uint64_t>(std::count_if(late.begin(), late.end(), [](auto t) { return t < 0; }));
    sample.metric("wall", nanoseconds(time));
    sample.metric("lateness_max", static_cast<double>(*std::max_element(late.begin(), late.end())));
    sample.check("tasks", config_.tasks, config_.tasks - missing);
    sample.check("early", 0, early - missing);
  }

 private:
  const Config config_;
  std::vector<JoinHandle<E>> joins_;
};

}  // namespace rota::workloads
