// Draws steal matrices.
#include "analysis/charts/steal_maps.hpp"

#include <fmt/format.h>

#include <map>

#include "analysis/words/units.hpp"
#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

std::string group_of(const NodeSteals& one) {
  return fmt::format("{}, {} on {}", one.workload, one.placement, one.machine);
}

Json chart_of(const NodeSteals& one) {
  Json names = Json::array(), cells = Json::array();
  for (std::size_t y = 0; y < one.rows.size(); ++y) {
    names.push_back(fmt::format("{}", y));
    for (std::size_t x = 0; x < one.rows.size(); ++x) cells.push_back({{"x", x}, {"y", y}, {"value", one.rows[y][x]}});
  }
  return {{"kind", "nodes"},
          {"group", group_of(one)},
          {"title", one.policy + std::string(simulated_suffix)},
          {"subtitle", fmt::format("{}, {} workers", group_of(one), one.workers)},
          {"answer", fmt::format("{:.0f} % of {} steals stay on their node.", 100 * one.near() / one.total(),
                                 short_number(one.total()))},
          {"mark", fmt::format("{}, {} repetition{} together", provenance(record::World::simulated, one.machine),
                               one.repetitions, one.repetitions == 1 ? "" : "s")},
          {"simulated", true},
          {"columns", names},
          {"rows", names},
          {"cells", std::move(cells)}};
}

}  // namespace

Json steal_maps(const std::vector<NodeSteals>& all) {
  Json charts = Json::array();
  std::map<std::string, std::vector<std::string>> idle;  // by group: the policies that did not steal
  for (const NodeSteals& one : all) {
    if (one.rows.size() < 2) continue;
    if (one.total() > 0)
      charts.push_back(chart_of(one));
    else
      idle[group_of(one)].push_back(one.policy);
  }
  Json notes = Json::array();
  for (const auto& [group, policies] : idle)
    notes.push_back(fmt::format("No steals in {}: {}.", group, listed(policies)));
  return {{"charts", std::move(charts)}, {"notes", std::move(notes)}};
}

}  // namespace rota::analysis
