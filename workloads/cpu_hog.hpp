// cpu-hog: tasks that compute for long beside one that only wants to run on time. What a policy, its quantum and the
// good manners of the hogs do for the others.
#pragma once

#include <algorithm>

#include "runtime/sleep.hpp"
#include "runtime/work.hpp"
#include "workloads/host/histogram.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

struct CpuHogConfig {
  std::uint64_t hogs = 0;
  Duration chunk = std::chrono::microseconds(100);
  std::uint64_t chunks = 200;
  bool yield = true;
  Duration interval = std::chrono::microseconds(500);

  static constexpr auto settings() {
    return std::tuple{
        setting("hogs", &CpuHogConfig::hogs, "tasks that compute; 0: two for each worker", 0, 1e6),
        setting("chunk", &CpuHogConfig::chunk, "what a hog computes at a time", 1, 1e9),
        setting("chunks", &CpuHogConfig::chunks, "how often it does so", 1, 1e9),
        setting("yield", &CpuHogConfig::yield, "whether it gives way after each chunk"),
        setting("interval", &CpuHogConfig::interval, "distance of the instants at which the probe wants to run", 1e3,
                1e10),
    };
  }
};

// Returns how often it computed. A policy with a quantum cuts the chunks.
template <Env E> Job<E, std::uint64_t> compute(Executor<E>& executor, const CpuHogConfig& config) {
  std::uint64_t done = 0;
  for (; done < config.chunks; ++done) {
    co_await work<E>(executor, {.work = config.chunk});
    if (config.yield) co_await rota::yield();
  }
  co_return done;
}

// Wants to run at start + n * interval until told to stop, and records how late it did. Instants that it slept through
// count too, each with its own lateness: else the worst delay would be one sample among many good ones.
template <Env E>
Job<E> probe(TimePoint start, Duration interval, const typename E::template atomic<bool>& stop,
             host::Histogram& lateness) {
  for (TimePoint wanted = start + interval;;) {
    co_await sleep_until<E>(wanted);
    const TimePoint now = E::now();
    for (; wanted <= now; wanted += interval) lateness.record(now - wanted);
    if (stop.load(Order::acquire)) co_return;
  }
}

struct Hogged {
  std::uint64_t computed = 0;
  Duration time{};  // until the last hog ended
};

template <Env E>
Job<E, Hogged> hog_and_probe(Executor<E>& executor, const CpuHogConfig& config, std::uint64_t hogs,
                             host::Histogram& lateness) {
  typename E::template atomic<bool> stop{false};
  const TimePoint start = E::now();
  auto probing = executor.spawn(probe<E>(start, config.interval, stop, lateness));
  co_await rota::yield();  // it goes to sleep before the first hog begins
  std::vector<JoinHandle<E, std::uint64_t>> joins;
  joins.reserve(hogs);
  for (std::uint64_t i = 0; i < hogs; ++i) joins.push_back(executor.spawn(compute<E>(executor, config)));
  Hogged result;
  for (auto& join : joins) result.computed += co_await join;
  result.time = E::now() - start;
  stop.store(true, Order::release);
  co_await probing;
  co_return result;
}

template <Env E> class CpuHog {
 public:
  static constexpr std::string_view name = "cpu-hog";
  static constexpr std::string_view summary = "tasks that compute for long beside a probe: how late the probe runs";
  using Config = CpuHogConfig;
  static constexpr std::array metrics{
      MetricInfo{"probe_p99", "ns", "how late the probe ran: 99 of 100 times it was sooner"},
      MetricInfo{"probe_p50", "ns", "how late the probe ran: median"},
      MetricInfo{"probe_max", "ns", "how late the probe ran at worst"},
      MetricInfo{"wall", "ns", "until the last hog had computed all it should"},
  };

  explicit CpuHog(const Config& config) : config_(config) {}

  void iterate(Executor<E>& executor, Sample& sample) {
    const std::uint64_t hogs = config_.hogs != 0 ? config_.hogs : 2 * executor.workers();
    host::Histogram lateness;
    const Hogged got = executor.block_on(hog_and_probe<E>(executor, config_, hogs, lateness));
    sample.metric("wall", nanoseconds(got.time));
    sample.metric("probe_p99", lateness.quantile(0.99));
    sample.metric("probe_p50", lateness.quantile(0.5));
    sample.metric("probe_max", nanoseconds(lateness.max()));
    sample.check("chunks", hogs * config_.chunks, got.computed);
  }

 private:
  const Config config_;
};

}  // namespace rota::workloads
