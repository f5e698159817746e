// Private to this folder: the [world] table of a definition, and what the machines of its worlds allow.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiments/definition/definition.hpp"
#include "experiments/input/toml_section.hpp"
#include "worlds/topology.hpp"

namespace rota::experiments {

struct Worlds {
  std::vector<Site> list;
  std::map<std::string, record::MachineFacts> facts;  // by name of the machine
  std::vector<std::string> names;                     // of the machines, in the order of the definition
  std::vector<Topology> topologies;                   // of the same

  [[nodiscard]] bool real() const { return list.size() > names.size(); }
  [[nodiscard]] bool simulated() const { return !names.empty(); }
};

// Reads the machines' files too. Relative paths are taken from the definition's folder, those of --set from the current
// one.
[[nodiscard]] Worlds read_worlds(const TomlSection& root, const std::string& file);

// sweep.workers and sweep.placement; the defaults if they are absent. Every worker of a simulated machine must have a
// processing unit of its own.
[[nodiscard]] std::vector<std::uint32_t> read_workers(const TomlSection& sweep, const Worlds& worlds);
[[nodiscard]] std::vector<std::string> read_placements(const TomlSection& sweep, const Worlds& worlds,
                                                       std::uint32_t most_workers_asked);

}  // namespace rota::experiments
