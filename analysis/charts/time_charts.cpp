// Draws shares of simulated time.
#include "analysis/charts/time_charts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

std::string group_of(const TimeByCause& one) {
  return fmt::format("{}, {} on {}", one.workload, one.placement, one.machine);
}

// "At 64 workers 34 % is declared work; most of the rest goes into waiting for a line in use (41 %)."
std::string sentence(const TimeByCause& one) {
  const Shares& last = one.shares.back();
  const auto lost = std::max_element(last.begin() + 1, last.end());
  const auto cause = static_cast<std::size_t>(lost - last.begin());
  return fmt::format("At {} worker{} {:.0f} % is declared work; most of the rest goes into: {} ({:.0f} %).",
                     one.workers.back(), one.workers.back() == 1 ? "" : "s", 100 * last[0], causes[cause].name,
                     100 * *lost);
}

Json chart_of(const TimeByCause& one) {
  Json categories = Json::array(), parts = Json::array();
  for (const unsigned workers : one.workers) categories.push_back(fmt::format("{}", workers));
  for (std::size_t i = 0; i < causes.size(); ++i) {
    Json values = Json::array();
    for (const Shares& shares : one.shares) values.push_back(100 * shares[i]);
    parts.push_back({{"name", causes[i].name}, {"key", causes[i].metric}, {"values", std::move(values)}});
  }
  return {{"kind", "shares"},
          {"group", group_of(one)},
          {"title", one.policy + std::string(simulated_suffix)},
          {"subtitle", group_of(one)},
          {"answer", sentence(one)},
          {"mark", provenance(record::World::simulated, one.machine)},
          {"simulated", true},
          {"categories", std::move(categories)},
          {"causes", std::move(parts)}};
}

}  // namespace

Json time_charts(const std::vector<TimeByCause>& all) {
  Json charts = Json::array();
  for (const TimeByCause& one : all) charts.push_back(chart_of(one));
  return charts;
}

}  // namespace rota::analysis
