// How a cell of a workload is measured in the real world and in the one of one thread.
#pragma once

#include <stdexcept>

#include "workloads/describe.hpp"
#include "workloads/measure.hpp"

namespace rota {
namespace workloads {

template <class W, Env E> void iterate_and_count(W& workload, Executor<E>& executor, Sample& sample) {
  const Counters before = executor.counters();
  workload.iterate(executor, sample);
  const Counters after = executor.counters();
  sample.metric("stolen", static_cast<double>(after.stolen - before.stolen));
  sample.metric("parked", static_cast<double>(after.parked - before.parked));
}

// A workload with these settings, and what is to be measured of it.
template <class W, Env E> struct Prepared {
  std::unique_ptr<W> workload;
  std::vector<MetricInfo> metrics;
  std::vector<Percentile> percentiles;

  [[nodiscard]] Plan plan() const {
    Plan result{.metrics = metrics, .percentiles = percentiles};
    if constexpr (requires { workload->once(); }) result.once = workload->once();
    return result;
  }
};

template <class W, Env E> [[nodiscard]] Prepared<W, E> prepare(const SettingValues& values) {
  typename W::Config config;
  SettingError error;
  if (!configure(config, values, error)) throw std::invalid_argument(error.sentence());
  return {std::make_unique<W>(config), iteration_metrics<W, E>(), percentiles_of<W>()};
}

template <class W, Env E = env::Real>
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

}  // namespace workloads

template <Env World> struct RowOf<workloads::WorkloadIn<World>> {
  using E = World;
  template <class W, Name> static workloads::WorkloadIn<E> make(const Worlds&) {
    return {W::name, &workloads::measure<W, E>};
  }
};

}  // namespace rota
