// How a workload's description is made of its class. Nothing that runs is instantiated for it.
#pragma once

#include <array>

#include "workloads/workload.hpp"
#include "worlds/real.hpp"

namespace rota {
namespace workloads {

// It runs on an executor that it is given, one for all iterations.
template <class W, class E = env::Real>
concept SharesExecutor =
    requires(W& workload, Executor<E>& executor, Sample& sample) { workload.iterate(executor, sample); };

// Why it is about what only the real world has: memory in use, sockets, the start of a program.
template <class W> [[nodiscard]] constexpr std::string_view real_only_of() {
  if constexpr (requires { W::real_only; }) {
    return W::real_only;
  } else {
    return {};
  }
}

// What the runner adds to the metrics of such a workload.
inline constexpr std::array counter_metrics{
    MetricInfo{"stolen", "1", "tasks that a worker took from another, in one iteration"},
    MetricInfo{"parked", "1", "times that a worker went to sleep, in one iteration"},
};
inline constexpr MetricInfo warm_metric{"warm", "1", "1 if a steady state was reached before measuring", false};

template <class W, Env E = env::Real> [[nodiscard]] std::vector<MetricInfo> iteration_metrics() {
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

}  // namespace workloads

template <> struct RowOf<workloads::WorkloadInfo> {
  using E = env::Real;  // what a workload says of itself is the same in every world
  template <class W, Name name> static workloads::WorkloadInfo make(const Worlds& worlds) {
    static_assert(W::name == name.view(),
                  "the line rota_workload() calls this workload otherwise than its header does");
    return {.name = W::name,
            .summary = W::summary,
            .settings = describe<typename W::Config>(),
            .metrics = workloads::all_metrics<W>(),
            .worlds = worlds,
            .real_only = workloads::real_only_of<W>(),
            .check = &workloads::check_settings<W>};
  }
};

}  // namespace rota
