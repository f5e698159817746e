// entry_of<Workload>(): the registry's row for a workload, and how a cell of it is measured.
#pragma once

#include <stdexcept>

#include "workloads/measure.hpp"

namespace rota::workloads {

// It runs on an executor that it is given, one for all iterations.
template <class W, class E = env::Real>
concept SharesExecutor =
    requires(W& workload, Executor<E>& executor, Sample& sample) { workload.iterate(executor, sample); };

// It is about what only the real world has: memory in use, sockets, the start of a program.
template <class W> inline constexpr bool needs_the_real_world = requires { W::real_only; };

// What the runner adds to the metrics of such a workload.
inline constexpr std::array counter_metrics{
    MetricInfo{"stolen", "1", "tasks that a worker took from another, in one iteration"},
    MetricInfo{"parked", "1", "times that a worker went to sleep, in one iteration"},
};
inline constexpr MetricInfo warm_metric{"warm", "1", "1 if a steady state was reached before measuring", false};

template <class W, class E = env::Real> [[nodiscard]] std::vector<MetricInfo> iteration_metrics() {
  std::vector<MetricInfo> result(W::metrics.begin(), W::metrics.end());
  if constexpr (SharesExecutor<W, E>) result.insert(result.end(), counter_metrics.begin(), counter_metrics.end());
  return result;
}

template <class W> [[nodiscard]] std::vector<Percentile> percentiles_of() {
  if constexpr (requires { W::percentiles; }) {
    return {W::percentiles.begin(), W::percentiles.end()};
  } else {
    return {};
  }
}

template <class W> [[nodiscard]] std::vector<MetricInfo> all_metrics() {
  std::vector<MetricInfo> result = iteration_metrics<W>();
  for (const auto& percentile : percentiles_of<W>()) result.push_back(percentile.metric);
  result.push_back(warm_metric);
  return result;
}

template <class Config> [[nodiscard]] bool configure(Config& config, const SettingValues& values, SettingError& error) {
  if (!bind(config, values, error)) return false;
  if constexpr (requires { config.complete(error); }) return config.complete(error);
  return true;
}

template <class W> bool check_settings(const SettingValues& values, SettingValues& all, SettingError& error) {
  typename W::Config config;
  if (!configure(config, values, error)) return false;
  all = unbind(config);
  return true;
}

template <class W, class E> void iterate_and_count(W& workload, Executor<E>& executor, Sample& sample) {
  const Counters before = executor.counters();
  workload.iterate(executor, sample);
  const Counters after = executor.counters();
  sample.metric("stolen", static_cast<double>(after.stolen - before.stolen));
  sample.metric("parked", static_cast<double>(after.parked - before.parked));
}

// A workload with these settings, and what is to be measured of it.
template <class W, class E> struct Prepared {
  std::unique_ptr<W> workload;
  std::vector<MetricInfo> metrics;
  std::vector<Percentile> percentiles;

  [[nodiscard]] Plan plan() const {
    Plan result{.metrics = metrics, .percentiles = percentiles};
    if constexpr (requires { workload->once(); }) result.once = workload->once();
    return result;
  }
};

template <class W, class E> [[nodiscard]] Prepared<W, E> prepare(const SettingValues& values) {
  typename W::Config config;
  SettingError error;
  if (!configure(config, values, error)) throw std::invalid_argument(error.sentence());
  return {std::make_unique<W>(config), iteration_metrics<W, E>(), percentiles_of<W>()};
}

template <class W, class E = env::Real>
Result measure(const Start<E>& start, const SettingValues& values, const Effort& effort) {
  const auto prepared = prepare<W, E>(values);
  W& workload = *prepared.workload;
  if constexpr (SharesExecutor<W, E>) {
    const auto executor = start();  // after the workload: its tasks end before what they refer to
    return run_iterations(prepared.plan(), effort,
                          [&](Sample& sample) { iterate_and_count(workload, *executor, sample); });
  } else {
    return run_iterations(prepared.plan(), effort, [&](Sample& sample) { workload.iterate(start, sample); });
  }
}

template <class W> [[nodiscard]] WorkloadEntry entry_of() {
  return {.name = W::name,
          .summary = W::summary,
          .settings = describe<typename W::Config>(),
          .metrics = all_metrics<W>(),
          .simulated = !needs_the_real_world<W>,
          .check = &check_settings<W>,
          .measure = &measure<W>};
}

}  // namespace rota::workloads
