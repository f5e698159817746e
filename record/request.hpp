// CellRequest: one measurement as it is asked for. It is the JSON object that `rota cell`, or any other program that
// speaks the cell protocol, reads on its standard input.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "record/world.hpp"
#include "runtime/settings.hpp"

namespace rota::record {

inline constexpr int cell_protocol = 1;

// A policy or a workload with its settings, under the label that tables and charts show.
struct Choice {
  std::string label;
  std::string use;     // the name in the table
  SettingValues with;  // every setting, defaults included
  friend bool operator==(const Choice&, const Choice&) = default;
};

struct CellRequest {
  std::string experiment;
  Choice policy;
  Choice workload;
  World world = World::real;
  std::string machine_name;  // of the simulated machine; empty on real threads
  std::string machine;       // the text of its file, whole; empty on real threads, and while the cell is only planned
  std::uint32_t workers = 1;
  std::string placement = "compact";
  std::uint32_t repetition = 0;
  std::uint64_t seed = 0;  // below 2^53, so that every JSON reader keeps it; the same for all cells of a block
  Duration min_time{std::chrono::milliseconds(100)};
  std::uint64_t max_iterations = 1000;
  SettingValues runtime;
  std::map<std::string, std::string> expect;  // name of a check of the workload → its right answer
  friend bool operator==(const CellRequest&, const CellRequest&) = default;
};

// What results are filed under: the name of the simulated machine, "host" in the real world.
[[nodiscard]] inline std::string machine_of(const CellRequest& request) {
  return is_simulated(request.world) ? request.machine_name : "host";
}

}  // namespace rota::record
