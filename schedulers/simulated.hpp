// The policies once more, for the simulated world. A table of its own, so that only a program that simulates pays for
// it; names, settings and guarantees are those of schedulers/registry.hpp.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "runtime/executor.hpp"
#include "runtime/settings.hpp"
#include "worlds/simulated/world.hpp"
#include "worlds/topology.hpp"

namespace rota::schedulers {

struct SimulatedPolicy {
  std::string_view name;
  // A running runtime with this policy and a reactor in simulated time. By a thread of a simulated machine, whose
  // topology the placement is of; the values must have passed PolicyEntry::check().
  std::unique_ptr<Executor<env::Simulated>> (*start)(const Placement&, const RuntimeConfig&, const SettingValues&);
};

// Called first by a thread outside of any machine: the table must not lie in a machine's memory.
[[nodiscard]] std::span<const SimulatedPolicy> simulated_policies();                // in the order of registration
[[nodiscard]] const SimulatedPolicy* find_simulated_policy(std::string_view name);  // nullptr if there is none

}  // namespace rota::schedulers
