// entry_of<Workload>(): the registry's row for a workload, and how a cell of it is measured.
#pragma once

#include <stdexcept>

#include "workloads/measure.hpp"

namespace rota::workloads {

// It runs on an executor that it is given, one for all iterations.
template <class W>
concept SharesExecutor =
    requires(W& workload, Executor<env::Real>& executor, Sample& sample) { workload.iterate(executor, sample); };

// What the runner adds to the metrics of such a workload.
inline constexpr std::array counter_metrics{
    MetricInfo{"stolen", "1", "tasks that a worker took from another, in one iteration"},
    MetricInfo{"parked", "1", "times that a worker went to sleep, in one iteration"},
};
inline constexpr MetricInfo warm_metric{"warm", "1", "1 if a steady state was reached before measuring", false};

template <class W> [[nodiscard]] std::vector<MetricInfo> iteration_metrics() {
  std::vector<MetricInfo> result(W::metrics.begin(), W::metrics.end());
  if constexpr (SharesExecutor<W>) result.insert(result.end(), counter_metrics.begin(), counter_metrics.end());
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

template <class W> void iterate_and_count(W& workload, Executor<env::Real>& executor, Sample& sample) {
  const Counters before = executor.counters();
  workload.iterate(executor, sample);
  const Counters after = executor.counters();
  sample.metric("stolen", static_cast<double>(after.stolen - before.stolen));
  sample.metric("parked", static_cast<double>(after.parked - before.parked));
}

template <class W> Result measure(const StartExecutor& start, const SettingValues& values, const Effort& effort) {
  typename W::Config config;
  SettingError error;
  if (!configure(config, values, error)) throw std::invalid_argument(error.sentence());
  const auto metrics = iteration_metrics<W>();
  const auto percentiles = percentiles_of<W>();
  W workload(config);
  Plan plan{.metrics = metrics, .percentiles = percentiles};
  if constexpr (requires { workload.once(); }) plan.once = workload.once();
  if constexpr (SharesExecutor<W>) {
    const auto executor = start();  // after the workload: its tasks end before what they refer to
    return run_iterations(plan, effort, [&](Sample& sample) { iterate_and_count(workload, *executor, sample); });
  } else {
    return run_iterations(plan, effort, [&](Sample& sample) { workload.iterate(start, sample); });
  }
}

template <class W> [[nodiscard]] WorkloadEntry entry_of() {
  return {.name = W::name,
          .summary = W::summary,
          .settings = describe<typename W::Config>(),
          .metrics = all_metrics<W>(),
          .check = &check_settings<W>,
          .measure = &measure<W>};
}

}  // namespace rota::workloads
