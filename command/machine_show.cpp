// Machines as tables and as JSON.
#include "command/machine_show.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/machine/costs.hpp"
#include "experiments/machine/picoseconds.hpp"

namespace rota::command {

using experiments::named_costs;
using experiments::named_levels;
using experiments::picoseconds_text;
using nlohmann::ordered_json;

ordered_json machine_json(const experiments::MachineFile& machine) {
  const Topology& topology = machine.model.topology;
  const simulated::Costs& costs = machine.model.costs;
  ordered_json json{{"name", machine.name},
                    {"summary", machine.summary},
                    {"file", machine.file.string()},
                    {"units", topology.pu_count()},
                    {"cores", topology.core_count()},
                    {"nodes", topology.node_count()},
                    {"packages", topology.package_count()}};
  for (const auto& table : named_levels) {
    for (std::size_t level = 0; level < simulated::levels; ++level)
      json["costs_ps"][table.name][simulated::level_names[level]] = (costs.*table.field)[level];
  }
  for (const auto& cost : named_costs) json["costs_ps"][cost.name] = costs.*cost.field;
  json["away"] = {{"package", costs.away_package}, {"remote", costs.away_remote}};
  json["speed"] = machine.model.speed;
  json["sources"] = ordered_json::array();
  for (const auto& source : machine.sources)
    json["sources"].push_back({{"table", source.table}, {"sentence", source.sentence}});
  return json;
}

void print_costs(const simulated::Costs& costs, const std::vector<std::string>& marked) {
  const auto cell = [&](simulated::Ps value, const std::string& name) {
    return picoseconds_text(value) + (std::ranges::count(marked, name) > 0 ? "*" : " ");
  };
  fmt::print("\n{:<8}", "");
  for (const auto* level : simulated::level_names) fmt::print("{:>10} ", level);
  fmt::print("\n");
  for (const auto& table : named_levels) {
    fmt::print("{:<8}", table.name);
    for (std::size_t level = 0; level < simulated::levels; ++level)
      fmt::print("{:>11}",
                 cell((costs.*table.field)[level], fmt::format("{}.{}", table.name, simulated::level_names[level])));
    fmt::print("\n");
  }
  fmt::print("\n");
  for (const auto& cost : named_costs)
    fmt::print("{:<8}{:>11}  {}\n", cost.name, cell(costs.*cost.field, fmt::format("costs.{}", cost.name)),
               cost.meaning);
  fmt::print("{:<8}{:>11}  times as long: work whose home is another node of the package\n", "away",
             costs.away_package);
  fmt::print("{:<8}{:>11}  times as long: work whose home is another package\n", "", costs.away_remote);
}

}  // namespace rota::command
