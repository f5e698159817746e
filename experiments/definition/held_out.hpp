// What a policy is judged with and its author does not see: seeds and simulated machines, as a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace rota::experiments {

struct HeldOut {
  std::vector<std::uint64_t> seeds;   // of checks and of simulations; empty: the usual one
  std::vector<std::string> machines;  // names, or paths of machine files; empty: the experiment's own
};

//   seeds = [4711, 815]
//   machines = ["8s-256c", "secret.toml"]    # paths are from the file's own folder
//
// Throws InputError "<file>:<line>: …".
[[nodiscard]] HeldOut read_held_out(const std::filesystem::path& file);

}  // namespace rota::experiments
