// Looks for worlds among cells.
#include "analysis/figures/worlds.hpp"

#include <algorithm>

namespace rota::analysis {

bool has_kind(const record::Run& run, record::World kind) {
  return std::ranges::any_of(run.cells, [&](const record::Cell& cell) { return kind_of(cell.world()) == kind; });
}

std::vector<std::string> simulated_machines(const record::Run& run) {
  std::vector<std::string> machines;
  for (const record::Cell& cell : run.cells) {
    if (is_simulated(cell.world()) && std::ranges::find(machines, cell.machine()) == machines.end())
      machines.push_back(cell.machine());
  }
  return machines;
}

}  // namespace rota::analysis
