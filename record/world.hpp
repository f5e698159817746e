// World: where a cell runs, and how policies are called that play in one of their own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rota::record {

enum class World : std::uint8_t {
  real,       // real threads
  local,      // one real thread, Rota's world without locked instructions
  simulated,  // a machine that is simulated
  peer,       // real threads, in the program of another runtime
};

[[nodiscard]] constexpr bool is_simulated(World world) { return world == World::simulated; }
// Simulated, or real for all that runs on threads of this host: figures of different kinds are never one sample.
[[nodiscard]] constexpr World kind_of(World world) { return is_simulated(world) ? world : World::real; }

// "real" and "sim": what requests, results and exports call the two kinds.
[[nodiscard]] constexpr std::string_view to_text(World world) { return is_simulated(world) ? "sim" : "real"; }
// The kind of this name; none for any other text.
[[nodiscard]] constexpr std::optional<World> kind_from(std::string_view text) {
  if (text == to_text(World::real)) return World::real;
  if (text == to_text(World::simulated)) return World::simulated;
  return std::nullopt;
}

// What a definition calls a policy: "fifo", "local:fifo", "peer:tokio".
inline constexpr std::string_view local_prefix = "local:", peer_prefix = "peer:";

// The world of a policy's own, real if it has none: then it plays in both kinds.
[[nodiscard]] constexpr World world_of(std::string_view use) {
  if (use.starts_with(peer_prefix)) return World::peer;
  return use.starts_with(local_prefix) ? World::local : World::real;
}
// The same without the world: "fifo", "fifo", "tokio".
[[nodiscard]] constexpr std::string_view plain_name(std::string_view use) {
  const auto skip = [&](std::string_view prefix) { return use.starts_with(prefix) ? prefix.size() : 0; };
  return use.substr(skip(local_prefix) + skip(peer_prefix));
}

// "tokio" of "peer:tokio"; nothing if `use` names a policy of Rota's own.
[[nodiscard]] inline std::optional<std::string> peer_name(std::string_view use) {
  if (world_of(use) != World::peer) return std::nullopt;
  return std::string(plain_name(use));
}
[[nodiscard]] inline std::string peer_use(std::string_view name) { return std::string(peer_prefix).append(name); }

}  // namespace rota::record
