// Presets: a policy with settings that somebody would call a policy of its own, by a name of its own. Listed,
// described, checked and measured as any other.
#pragma once

#include <span>
#include <string_view>

#include "runtime/settings.hpp"

namespace rota::schedulers {

struct Preset {
  std::string_view name;
  std::string_view family;   // the policy
  std::string_view summary;  // one line
  SettingValues with;        // of the policy; what is not here has its default
  SettingValues runtime;     // of the runtime, likewise
  std::string_view source;   // whose choice this is, or who told of it
  // What a runtime has whose part it plays, and this has not; empty if it plays nobody's.
  std::string_view leaves_out = {};
  bool one_thread = false;  // it plays a runtime of one thread: of the family's worlds the local ones only
};

[[nodiscard]] std::span<const Preset> presets();

}  // namespace rota::schedulers
