// Steals between the nodes of a simulated machine: who took from whom.
#pragma once

#include <string>
#include <vector>

#include "record/run.hpp"

namespace rota::analysis {

inline constexpr std::string_view steals_matrix = "steals";

// One policy's steals on one workload, machine and placement, at its largest number of workers.
struct NodeSteals {
  std::string policy, workload, machine, placement;
  unsigned workers = 0;
  std::size_t repetitions = 0;
  std::vector<std::vector<double>> rows;  // [thief's node][victim's node], summed over the repetitions

  [[nodiscard]] double total() const;
  [[nodiscard]] double near() const;  // thief and victim on one node
};

// By workload, machine, placement, then policy, each in the run's order.
[[nodiscard]] std::vector<NodeSteals> steals_between_nodes(const record::Run& run);

}  // namespace rota::analysis
