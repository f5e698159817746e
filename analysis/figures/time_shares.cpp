// Divides simulated time by cause.
#include "analysis/figures/time_shares.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

namespace rota::analysis {
namespace {

std::optional<double> value_of(const record::Cell& cell, std::string_view metric) {
  const auto found = std::ranges::find(cell.result.figures, metric, &record::Figure::metric);
  return found == cell.result.figures.end() ? std::nullopt : std::optional(found->value);
}

std::optional<Shares> shares_of(const record::Cell& cell) {
  const auto time = value_of(cell, sim_time_metric);
  if (!time || *time <= 0 || cell.workers() == 0) return std::nullopt;
  Shares shares{};
  for (std::size_t i = 0; i < causes.size(); ++i) {
    const auto spent = value_of(cell, causes[i].metric);
    if (!spent) return std::nullopt;
    shares[i] = *spent / (*time * cell.workers());
  }
  return shares;
}

// Means keep the sum, which medians would not.
Shares mean(const std::vector<Shares>& all) {
  Shares result{};
  for (const Shares& one : all) {
    for (std::size_t i = 0; i < result.size(); ++i) result[i] += one[i] / static_cast<double>(all.size());
  }
  return result;
}

}  // namespace

std::vector<TimeByCause> time_by_cause(const record::Run& run) {
  using Place = std::array<std::string, 2>;  // machine, placement
  std::map<std::string, std::map<Place, std::map<std::string, std::map<unsigned, std::vector<Shares>>>>> samples;
  for (const record::Cell& cell : run.cells) {
    if (!cell.ok() || !is_simulated(cell.world()) || record::is_twin(cell.policy().label)) continue;
    if (const auto shares = shares_of(cell)) {
      samples[cell.workload().label][{cell.machine(), cell.placement()}][cell.policy().label][cell.workers()].push_back(
          *shares);
    }
  }
  std::vector<TimeByCause> result;
  for (const std::string& workload : run.workloads) {
    for (const auto& [place, policies] : samples[workload]) {
      for (const std::string& policy : run.policies) {
        const auto found = policies.find(policy);
        if (found == policies.end()) continue;
        TimeByCause one{policy, workload, place[0], place[1], {}, {}};
        for (const auto& [workers, all] : found->second) {
          one.workers.push_back(workers);
          one.shares.push_back(mean(all));
        }
        result.push_back(std::move(one));
      }
    }
  }
  return result;
}

}  // namespace rota::analysis
