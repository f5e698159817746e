// Draws measured figures against simulated ones.
#include "analysis/charts/prediction_charts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/charts/plot.hpp"
#include "analysis/words/units.hpp"
#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

Json json_of(const ErrorRow& row) {
  return {{"metric", row.metric},
          {"workers", row.workers},
          {"machine", row.machine},
          {"pairs", row.pairs},
          {"median", row.median},
          {"medianText", percent(row.median)},
          {"magnitude", row.magnitude},
          {"magnitudeText", magnitude(row.magnitude)},
          {"worst", row.worst.error()},
          {"worstText", percent(row.worst.error())},
          {"worstOf", what_of(row.worst)},
          {"worstReal", human(row.worst.real, row.unit)},
          {"worstSim", human(row.worst.sim, row.unit)}};
}

Json points_of(const std::vector<Pair>& pairs, const std::string& policy, double factor) {
  Json points = Json::array();
  for (const Pair& pair : pairs) {
    if (pair.policy != policy) continue;
    points.push_back({{"x", pair.real * factor},
                      {"y", pair.sim * factor},
                      {"where", what_of(pair)},
                      {"error", percent(pair.error())}});
  }
  return points;
}

std::vector<std::string> machines_of(const std::vector<Pair>& pairs) {
  std::vector<std::string> machines;
  for (const Pair& pair : pairs) {
    if (std::ranges::find(machines, pair.machine) == machines.end()) machines.push_back(pair.machine);
  }
  return machines;
}

// Dots of one metric: measured to the right, simulated upwards, so that the diagonal is the perfect prediction.
Json chart_of(const Summary& summary, const std::vector<Pair>& pairs) {
  std::vector<double> values;
  for (const Pair& pair : pairs) values.insert(values.end(), {pair.real, pair.sim});
  const bool log = std::ranges::all_of(values, [](double value) { return value > 0; });
  const Scale scale = scale_for(pairs.front().unit, median(values));
  const Panel named{
      .workload = {}, .metric = pairs.front().metric, .unit = pairs.front().unit, .columns = {}, .rows = {}};
  Json series = Json::array();
  for (const std::string& policy : summary.policies) {
    Json points = points_of(pairs, policy, scale.factor);
    if (points.empty()) continue;
    series.push_back(
        {{"name", policy}, {"policy", policy}, {"colour", colour_of(summary, policy)}, {"points", points}});
  }
  return {{"kind", "pairs"},
          {"title", quantity(named) + " (measured and simulated)"},
          {"subtitle", "each dot is one cell in both worlds; on the diagonal the prediction is exact"},
          {"answer", fmt::format("Typically off by {}, at worst by {}.", magnitude(typical_error(pairs)),
                                 percent(worst_of(pairs).error()))},
          {"mark", "measured on real threads against simulated on " + listed(machines_of(pairs))},
          {"simulated", true},
          {"log", log},
          {"unit", scale.name},
          {"series", std::move(series)}};
}

}  // namespace

Json prediction_json(const Summary& summary) {
  if (!summary.simulated()) return nullptr;
  const std::vector<Pair> pairs = find_pairs(summary.panels);
  Json rows = Json::array(), charts = Json::array();
  for (const ErrorRow& row : error_rows(pairs)) rows.push_back(json_of(row));
  for (const std::string& metric : metrics_of(pairs)) {
    const std::vector<Pair> chosen = pairs_of(pairs, metric);
    if (chosen.front().unit != "1") charts.push_back(chart_of(summary, chosen));  // bare counts: the table is enough
  }
  return {{"text", prediction_sentence(summary, pairs)},
          {"measured", summary.measured},
          {"rows", std::move(rows)},
          {"charts", std::move(charts)}};
}

}  // namespace rota::analysis
