// How a definition and a request name a policy that is to run in the world of one thread (worlds/local.hpp), where it
// decides the same and pays for no sharing: `local:NAME`.
#pragma once

#include <string_view>

namespace rota::schedulers {

inline constexpr std::string_view local_prefix = "local:";
[[nodiscard]] constexpr bool is_local(std::string_view use) noexcept { return use.starts_with(local_prefix); }
// What the table calls it.
[[nodiscard]] constexpr std::string_view plain_name(std::string_view use) noexcept {
  return is_local(use) ? use.substr(local_prefix.size()) : use;
}

}  // namespace rota::schedulers
