// Measuring a workload in a test: with a policy of the registry, as few iterations as wanted.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "schedulers/local.hpp"
#include "schedulers/registry.hpp"
#include "workloads/entry.hpp"
#include "workloads/local.hpp"
#include "workloads/registry.hpp"
#include "worlds/topology.hpp"

namespace rota::workloads::testing {

inline const WorkloadEntry& workload(std::string_view name) {
  const WorkloadEntry* const entry = find_workload(name);
  if (entry == nullptr) throw std::logic_error("no workload " + std::string(name));
  return *entry;
}

inline StartExecutor starter(const schedulers::PolicyEntry& policy, unsigned workers) {
  return [&policy, workers] { return policy.start(Placement(Topology::host(), "none", workers), RuntimeConfig{}, {}); };
}

inline Start<env::Local> local_starter(std::string_view policy) {
  return [found = schedulers::find_local_policy(policy)] {
    return found->start(Placement(Topology::host(), "none", 1), RuntimeConfig{}, {});
  };
}

inline Effort iterations(std::uint64_t count) { return {.min_time = Duration::zero(), .max_iterations = count}; }

inline Result measure_with(const WorkloadEntry& entry, const schedulers::PolicyEntry& policy, unsigned workers,
                           const SettingValues& values, const Effort& effort = iterations(1)) {
  SettingValues all;
  SettingError error;
  if (!entry.check(values, all, error)) throw std::logic_error(error.sentence());
  return entry.measure(starter(policy, workers), all, effort);
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
