// Sums steal matrices.
#include "analysis/figures/steals.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <tuple>

namespace rota::analysis {
namespace {

void add(const record::Cell& cell, const record::Matrix& matrix, NodeSteals& sum) {
  if (cell.workers() < sum.workers) return;
  if (cell.workers() > sum.workers) {
    sum = NodeSteals();
    sum.workers = cell.workers();
  }
  ++sum.repetitions;
  const std::size_t nodes = std::max(sum.rows.size(), matrix.rows.size());
  sum.rows.resize(nodes);
  for (auto& row : sum.rows) row.resize(nodes);
  for (std::size_t thief = 0; thief < matrix.rows.size(); ++thief) {
    for (std::size_t victim = 0; victim < std::min(nodes, matrix.rows[thief].size()); ++victim) {
      sum.rows[thief][victim] += static_cast<double>(matrix.rows[thief][victim]);
    }
  }
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

std::vector<NodeSteals> steals_between_nodes(const record::Run& run) {
  std::map<std::array<std::string, 4>, NodeSteals> sums;  // by workload, machine, placement, policy
  for (const record::Cell& cell : run.cells) {
    if (!cell.ok() || !is_simulated(cell.world()) || record::is_twin(cell.policy().label)) continue;
    for (const record::Matrix& matrix : cell.result.matrices) {
      if (matrix.name != steals_matrix) continue;
      NodeSteals& sum = sums[{cell.workload().label, cell.machine(), cell.placement(), cell.policy().label}];
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

}  // namespace rota::analysis
