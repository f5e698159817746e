// Maps of who stole from which node, as data.
#pragma once

#include "analysis/figures/steals.hpp"
#include "analysis/words/json.hpp"

namespace rota::analysis {

// {charts: […], notes: […]}: a chart {kind: "nodes", group, title, subtitle, answer, mark, simulated, columns, rows,
// cells: [{x, y, value}]} for each policy that steals at all on a machine of several nodes; the notes name the others.
[[nodiscard]] Json steal_maps(const std::vector<NodeSteals>& all);

}  // namespace rota::analysis
