// Measuring a workload in a test on a simulated machine.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>
#include <string>

#include "runtime/executor.hpp"
#include "schedulers/policies.hpp"
#include "workloads/workloads.hpp"
#include "worlds/simulated/machine.hpp"
#include "worlds/simulated/world.hpp"

namespace rota::workloads::testing {

// In memory of this program: a Result lies in the machine's, which the next machine takes over.
using Figures = std::map<std::string, double>;

// A machine on which nothing but declared work takes time.
inline simulated::Model ideal(const std::string& topology) {
  return {.name = "ideal", .topology = Topology::synthetic(topology), .costs = {}, .speed = {}};
}

struct Cell {
  std::string workload;
  SettingValues settings;
  std::string policy = "fifo";
  unsigned workers = 1;
  RuntimeConfig runtime{};
  SettingValues policy_settings{};
};

// Expects that every check holds.
inline Figures measure(const simulated::Model& model, const Cell& cell) {
  SettingValues all;
  SettingError error;
  if (!find(workloads(), cell.workload)->check(cell.settings, all, error)) throw std::logic_error(error.sentence());
  const Placement placement(model.topology, "compact", cell.workers);
  simulated::Machine machine(model);
  const auto* const policy =
      find(schedulers::policies_in<env::Simulated>(), cell.policy);  // before the machine's memory serves
  const auto start = [&] { return policy->start(placement, cell.runtime, cell.policy_settings); };
  const Result result = find(workloads_in<env::Simulated>(), cell.workload)->measure(machine, start, all);
  EXPECT_FALSE(result.checks.empty());
  for (const auto& check : result.checks) EXPECT_EQ(check.expected, check.got) << check.name;
  Figures figures;
  for (const auto& one : result.measurements) figures[one.metric] = one.value;
  return figures;
}

}  // namespace rota::workloads::testing
