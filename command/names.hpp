// The names of what there is, as `rota list` has them.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "experiments/machine/file.hpp"
#include "schedulers/policies.hpp"
#include "workloads/workloads.hpp"

namespace rota::command {

using Words = std::vector<std::string>;

template <class All> [[nodiscard]] Words names_of(const All& all) {
  Words names;
  for (const auto& one : all) names.emplace_back(one.name);
  return names;
}

[[nodiscard]] inline Words joined(std::initializer_list<Words> lists) {
  Words all;
  for (const Words& list : lists) all.insert(all.end(), list.begin(), list.end());
  return all;
}

[[nodiscard]] inline Words policy_names() { return names_of(schedulers::policies()); }
[[nodiscard]] inline Words workload_names() { return names_of(workloads::workloads()); }
[[nodiscard]] inline Words machine_names() { return names_of(experiments::shipped_machines()); }
[[nodiscard]] inline Words placements() { return {"compact", "scatter", "per-node", "none"}; }

}  // namespace rota::command
