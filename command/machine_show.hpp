// How the command shows a machine: its costs as a table and as JSON, its units as a drawing.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "experiments/machine/file.hpp"

namespace rota::command {

// name, summary, file, units, …, costs in picoseconds, sources.
[[nodiscard]] nlohmann::ordered_json machine_json(const experiments::MachineFile& machine);

// Costs by level, then the others. Those in `marked` ("load.core", "costs.look") get an asterisk.
void print_costs(const simulated::Costs& costs, const std::vector<std::string>& marked = {});

// Packages, nodes, L3 groups and cores as an SVG picture, with the workers of a placement in them if there is one.
// `speed` as in simulated::Model.
[[nodiscard]] std::string topology_svg(const std::string& title, const Topology& topology,
                                       const std::vector<double>& speed, const Placement* placement);

}  // namespace rota::command
