// The policies that also run in the world of one thread (worlds/local.hpp), where they decide the same and pay for no
// sharing. `local:NAME` in a definition. Names, settings and guarantees are those of schedulers/registry.hpp.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "runtime/executor.hpp"
#include "runtime/settings.hpp"
#include "worlds/local.hpp"
#include "worlds/topology.hpp"

namespace rota::schedulers {

struct LocalPolicy {
  std::string_view name;
  // A runtime with this policy, whose one worker is the calling thread whenever that waits. The values must have passed
  // PolicyEntry::check().
  std::unique_ptr<Executor<env::Local>> (*start)(const Placement&, const RuntimeConfig&, const SettingValues&);
};

// How a definition and a request name a policy of this world, and what the registry calls it.
inline constexpr std::string_view local_prefix = "local:";
[[nodiscard]] constexpr bool is_local(std::string_view use) noexcept { return use.starts_with(local_prefix); }
[[nodiscard]] constexpr std::string_view plain_name(std::string_view use) noexcept {
  return is_local(use) ? use.substr(local_prefix.size()) : use;
}

[[nodiscard]] std::span<const LocalPolicy> local_policies();
[[nodiscard]] const LocalPolicy* find_local_policy(std::string_view name);  // nullptr if there is none

}  // namespace rota::schedulers
