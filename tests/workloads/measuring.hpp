// Measuring a workload in a test: with a policy of the table, as few iterations as wanted.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "runtime/executor.hpp"
#include "schedulers/policies.hpp"
#include "workloads/workloads.hpp"
#include "worlds/real.hpp"
#include "worlds/topology.hpp"

namespace rota::workloads::testing {

using RealPolicy = schedulers::PolicyIn<env::Real>;
inline std::span<const RealPolicy> real_policies() { return schedulers::policies_in<env::Real>(); }
inline const RealPolicy& real_policy(std::string_view name) { return *find(real_policies(), name); }

inline const WorkloadInfo& workload(std::string_view name) {
  const WorkloadInfo* const info = find(workloads(), name);
  if (info == nullptr) throw std::logic_error("no workload " + std::string(name));
  return *info;
}

inline Start<env::Real> starter(const RealPolicy& policy, unsigned workers) {
  return [&policy, workers] { return policy.start(Placement(Topology::host(), "none", workers), RuntimeConfig{}, {}); };
}

inline Effort iterations(std::uint64_t count) { return {.min_time = Duration::zero(), .max_iterations = count}; }

inline Result measure_with(const WorkloadInfo& info, const RealPolicy& policy, unsigned workers,
                           const SettingValues& values, const Effort& effort = iterations(1)) {
  SettingValues all;
  SettingError error;
  if (!info.check(values, all, error)) throw std::logic_error(error.sentence());
  return find(workloads_in<env::Real>(), info.name)->measure(starter(policy, workers), all, effort);
}

inline std::string got(const Result& result, std::string_view check) {
  for (const auto& one : result.checks) {
    if (one.name == check) return one.got;
  }
  return "no such check";
}

inline double value(const Result& result, std::string_view metric) {
  for (const auto& measurement : result.measurements) {
    if (measurement.metric == metric) return measurement.value;
  }
  ADD_FAILURE() << "no metric " << metric;
  return -1;
}

}  // namespace rota::workloads::testing
