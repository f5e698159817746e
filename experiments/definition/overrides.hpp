// --set KEY=VALUE: changes a definition before it is checked, as if the file had said so.
//
//   policy=NAME[,NAME…]           these policies instead of the file's; one that the file has by that label keeps its
//                                 settings, any other has its defaults. Also workload=NAME[,NAME…].
//   policy.LABEL.with.KEY=VALUE   one setting of one policy, or of all with the label *. Also workload.LABEL.with.KEY.
//   sweep.workers=1,2,4           as [1,2,4]
//   sweep.KEY=VALUE  limits.KEY=VALUE  runtime.KEY=VALUE
//   world.kind=sim                real, sim or ["real","sim"]; without sim, the file's machine is forgotten
//   world.machine=NAME            this machine instead of the file's, or ["A","B"]; a path is one from the current
//   folder
//
// VALUE is a TOML value ([1,2], 5, "text"); what is none is taken as a text.
#pragma once

#include <toml++/toml.h>
#include <string>
#include <utility>

#include "runtime/settings.hpp"

namespace rota::experiments {

// Throws InputError that begins "--set <text>:". The new nodes carry "--set <text>" as the path of their source.
void apply_override(toml::table& definition, const std::string& text);

// KEY=VALUE as one setting. Throws InputError that begins "<option> <text>:".
[[nodiscard]] std::pair<std::string, SettingValue> parse_setting(const std::string& option, const std::string& text);

}  // namespace rota::experiments
