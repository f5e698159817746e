// Worlds by name: in which one a policy plays is said by what a definition calls it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rota::record {

inline constexpr std::string_view peer_prefix = "peer:";

// "tokio" of "peer:tokio", which is what a definition calls it; nothing if `use` names a policy of Rota's own.
[[nodiscard]] inline std::optional<std::string> peer_name(std::string_view use) {
  if (!use.starts_with(peer_prefix)) return std::nullopt;
  return std::string(use.substr(peer_prefix.size()));
}
[[nodiscard]] inline std::string peer_use(std::string_view name) { return std::string(peer_prefix).append(name); }

}  // namespace rota::record
