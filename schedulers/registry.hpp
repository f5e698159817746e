// The policies that this build knows. Filled by the rota_policy() lines of schedulers/CMakeLists.txt.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/executor.hpp"
#include "runtime/settings.hpp"
#include "schedulers/policy.hpp"
#include "worlds/real.hpp"
#include "worlds/topology.hpp"

namespace rota::schedulers {

struct PolicyEntry {
  std::string_view name;     // as definitions and the command line write it
  std::string_view summary;  // one line
  Guarantees guarantees;
  std::vector<SettingInfo> settings;
  // False and an error if the values do not fit; on success `all` holds every setting, defaults included.
  bool (*check)(const SettingValues& values, SettingValues& all, SettingError& error);
  // A running runtime with this policy. The values must have passed check().
  std::unique_ptr<Executor<env::Real>> (*start)(const Placement&, const RuntimeConfig&, const SettingValues&);
};

[[nodiscard]] std::span<const PolicyEntry> policies();                // sorted by name
[[nodiscard]] const PolicyEntry* find_policy(std::string_view name);  // nullptr if there is none

}  // namespace rota::schedulers
