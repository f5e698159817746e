// The workloads that also run in the world of one thread (worlds/local.hpp): those that need no second thread and whose
// figures say something there. In a definition a policy of that world is named `local:NAME`.
#pragma once

#include <span>
#include <string_view>

#include "workloads/registry.hpp"
#include "worlds/local.hpp"

namespace rota::workloads {

struct LocalWorkload {
  std::string_view name;
  // As WorkloadEntry::measure.
  Result (*measure)(const Start<env::Local>& start, const SettingValues& values, const Effort& effort);
};

[[nodiscard]] std::span<const LocalWorkload> local_workloads();
[[nodiscard]] const LocalWorkload* find_local_workload(std::string_view name);  // nullptr if there is none

}  // namespace rota::workloads
