// Sums steal matrices.
#include "analysis/steals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <tuple>

#include "analysis/summary.hpp"
#include "analysis/units.hpp"
#include "analysis/world.hpp"

namespace rota::analysis {
namespace {

void add(const Cell& cell, const Matrix& matrix, NodeSteals& sum) {
  if (cell.workers < sum.workers) return;
  if (cell.workers > sum.workers) {
    sum = NodeSteals();
    sum.workers = cell.workers;
  }
  ++sum.repetitions;
  const std::size_t nodes = std::max(sum.rows.size(), matrix.rows.size());
  sum.rows.resize(nodes);
  for (auto& row : sum.rows) row.resize(nodes);
  for (std::size_t thief = 0; thief < matrix.rows.size(); ++thief) {
    for (std::size_t victim = 0; victim < std::min(nodes, matrix.rows[thief].size()); ++victim) {
      sum.rows[thief][victim] += matrix.rows[thief][victim];
    }
  }
}

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
          {"mark", fmt::format("{}, {} repetition{} together", provenance(simulated_world, one.machine),
                               one.repetitions, one.repetitions == 1 ? "" : "s")},
          {"simulated", true},
          {"columns", names},
          {"rows", names},
          {"cells", std::move(cells)}};
}

}  // namespace

double NodeSteals::total() const {
  double sum = 0;
  for (const auto& row : rows) sum = std::accumulate(row.begin(), row.end(), sum);
  return sum;
}

double NodeSteals::near() const {
  double sum = 0;
  for (std::size_t node = 0; node < rows.size(); ++node) sum += rows[node][node];
  return sum;
}

std::vector<NodeSteals> steals_between_nodes(const Run& run) {
  std::map<std::array<std::string, 4>, NodeSteals> sums;  // by workload, machine, placement, policy
  for (const Cell& cell : run.cells) {
    if (!cell.ok() || !is_simulated(cell.world) || cell.policy.label.ends_with(control_suffix)) continue;
    for (const Matrix& matrix : cell.matrices) {
      if (matrix.name != steals_matrix) continue;
      NodeSteals& sum = sums[{cell.workload.label, cell.machine, cell.placement, cell.policy.label}];
      add(cell, matrix, sum);
    }
  }
  std::vector<NodeSteals> result;
  for (auto& [key, sum] : sums) {
    std::tie(sum.workload, sum.machine, sum.placement, sum.policy) = std::tie(key[0], key[1], key[2], key[3]);
    result.push_back(std::move(sum));
  }
  const auto at = [](const std::vector<std::string>& labels, const std::string& label) {
    return std::ranges::find(labels, label) - labels.begin();
  };
  std::ranges::sort(result, {}, [&](const NodeSteals& one) {
    return std::tuple(at(run.workloads, one.workload), one.machine, one.placement, at(run.policies, one.policy));
  });
  return result;
}

Json steal_maps(const Run& run) {
  Json charts = Json::array();
  std::map<std::string, std::vector<std::string>> idle;  // by group: the policies that did not steal
  for (const NodeSteals& one : steals_between_nodes(run)) {
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
