// The workloads that this build knows: what each says of itself, and how it is measured in each world. Filled by the
// rota_workload() lines of workloads/CMakeLists.txt.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/rows.hpp"
#include "runtime/settings.hpp"
#include "workloads/metric.hpp"
#include "workloads/result.hpp"

namespace rota {

template <class E> class Executor;
namespace env {
struct Real;
struct Local;
struct Simulated;
}  // namespace env
namespace simulated {
class Machine;
}

namespace workloads {

// Makes an executor for a workload to run on.
template <class E> using Start = std::function<std::unique_ptr<Executor<E>>()>;

// What is to be known of a workload without running it.
struct WorkloadInfo {
  std::string_view name;
  std::string_view summary;
  std::vector<SettingInfo> settings;
  std::vector<MetricInfo> metrics;  // the main figure first
  Worlds worlds;
  std::string_view real_only;  // why it cannot be simulated; empty: it can
  // False and an error if the values do not fit; on success `all` holds every setting, defaults included.
  bool (*check)(const SettingValues& values, SettingValues& all, SettingError& error);
};

// A workload in the real world, or in the one of one thread. Those there need no second thread, and their figures say
// something there.
template <class E> struct WorkloadIn {
  std::string_view name;
  // Starts executors as it needs them and measures. The values must have passed WorkloadInfo::check(). Throws what the
  // workload throws.
  Result (*measure)(const Start<E>& start, const SettingValues& values, const Effort& effort);
};

// In the simulated world. A cell there warms up by one iteration and measures one: the same again would give the same
// figures, but for what the first left in queues and caches. A workload that says once() is not warmed up.
template <> struct WorkloadIn<env::Simulated> {
  std::string_view name;
  // Runs the workload as the machine's program, and adds what the machine saw while it was measured: the figures of
  // observed_metrics(). Throws what the workload throws; the machine throws if nobody can go on.
  Result (*measure)(simulated::Machine& machine, const Start<env::Simulated>& start, const SettingValues& values);
};

// What every cell in the simulated world reports beside its workload's metrics.
[[nodiscard]] std::span<const MetricInfo> observed_metrics();

}  // namespace workloads

template <> std::span<const workloads::WorkloadInfo> rows<workloads::WorkloadInfo>();
template <> std::span<const workloads::WorkloadIn<env::Real>> rows<workloads::WorkloadIn<env::Real>>();
template <> std::span<const workloads::WorkloadIn<env::Local>> rows<workloads::WorkloadIn<env::Local>>();
template <> std::span<const workloads::WorkloadIn<env::Simulated>> rows<workloads::WorkloadIn<env::Simulated>>();

namespace workloads {

[[nodiscard]] inline std::span<const WorkloadInfo> workloads() { return rows<WorkloadInfo>(); }
// Those that can be measured in the world E.
template <class E> [[nodiscard]] std::span<const WorkloadIn<E>> workloads_in() { return rows<WorkloadIn<E>>(); }

}  // namespace workloads
}  // namespace rota
