// Pairs measured and simulated figures.
#include "analysis/figures/prediction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/words/units.hpp"
#include "analysis/words/world.hpp"

namespace rota::analysis {
namespace {

// The simulated twins of the measured figure in this row and column.
void add_twins(const Panel& panel, const Row& row, std::size_t measured, std::vector<Pair>& pairs) {
  const Column& real = panel.columns[measured];
  for (std::size_t i = 0; i < panel.columns.size(); ++i) {
    const Column& sim = panel.columns[i];
    const bool twin = is_simulated(sim.kind) && sim.workers == real.workers && sim.placement == real.placement;
    if (!twin || !row.figures[i]) continue;
    pairs.push_back({.policy = row.policy,
                     .workload = panel.workload.label,
                     .metric = panel.metric,
                     .unit = panel.unit,
                     .placement = real.placement,
                     .machine = sim.machine,
                     .workers = real.workers,
                     .real = row.figures[measured]->value.median,
                     .sim = row.figures[i]->value.median});
  }
}

ErrorRow row_of(const std::vector<Pair>& pairs) {
  const Pair& first = pairs.front();
  std::vector<double> errors;
  for (const Pair& pair : pairs) errors.push_back(pair.error());
  return {.metric = first.metric,
          .unit = first.unit,
          .machine = first.machine,
          .workers = first.workers,
          .pairs = pairs.size(),
          .median = median(errors),
          .magnitude = typical_error(pairs),
          .worst = worst_of(pairs)};
}

// Bare counts ("stolen", "parked") are often 0 or exact in both worlds: the table has them, what the run says as a
// whole must not lean on them.
std::vector<Pair> without_counts(std::vector<Pair> pairs) {
  std::erase_if(pairs, [](const Pair& one) { return one.unit == "1"; });
  return pairs;
}

// The pairs' values of one member, each once, in the order of their first appearance.
template <class Key> auto distinct(const std::vector<Pair>& pairs, Key key) {
  std::vector<decltype(key(pairs.front()))> keys;
  for (const Pair& pair : pairs) {
    if (std::ranges::find(keys, key(pair)) == keys.end()) keys.push_back(key(pair));
  }
  return keys;
}

}  // namespace

std::string percent(double error) { return fmt::format("{:+.{}f} %", error * 100, std::abs(error) < 0.0995 ? 1 : 0); }

std::string magnitude(double error) { return percent(std::abs(error)).substr(1); }

std::string what_of(const Pair& pair) {
  return fmt::format("{} · {} · {} worker{}, {}, on {}", pair.policy, pair.workload, pair.workers,
                     pair.workers == 1 ? "" : "s", pair.placement, pair.machine);
}

std::vector<Pair> pairs_of(const std::vector<Pair>& pairs, const std::string& metric) {
  std::vector<Pair> chosen;
  std::ranges::copy_if(pairs, std::back_inserter(chosen), [&](const Pair& one) { return one.metric == metric; });
  return chosen;
}

std::vector<std::string> metrics_of(const std::vector<Pair>& pairs) {
  return distinct(pairs, [](const Pair& one) { return one.metric; });
}

const Pair& worst_of(const std::vector<Pair>& pairs) {
  return *std::ranges::max_element(pairs, {}, [](const Pair& one) { return std::abs(one.error()); });
}

double typical_error(const std::vector<Pair>& pairs) {
  std::vector<double> sizes;
  for (const Pair& pair : pairs) sizes.push_back(std::abs(pair.error()));
  return median(sizes);
}

std::vector<Pair> find_pairs(const std::vector<Panel>& panels) {
  std::vector<Pair> pairs;
  for (const Panel& panel : panels) {
    if (panel.account) continue;
    for (const Row& row : panel.rows) {
      for (std::size_t column = 0; column < panel.columns.size(); ++column) {
        const auto& figure = row.figures[column];
        const bool measured = !is_simulated(panel.columns[column].kind);
        if (measured && !row.control && figure && figure->value.median != 0) add_twins(panel, row, column, pairs);
      }
    }
  }
  return pairs;
}

std::vector<ErrorRow> error_rows(const std::vector<Pair>& pairs) {
  std::vector<ErrorRow> rows;
  for (const std::string& metric : metrics_of(pairs)) {
    const std::vector<Pair> chosen = pairs_of(pairs, metric);
    auto places = distinct(chosen, [](const Pair& one) { return std::pair(one.machine, one.workers); });
    std::ranges::sort(places);
    for (const auto& place : places) {
      std::vector<Pair> here;
      std::ranges::copy_if(chosen, std::back_inserter(here),
                           [&](const Pair& one) { return std::pair(one.machine, one.workers) == place; });
      rows.push_back(row_of(here));
    }
  }
  return rows;
}

std::string prediction_sentence(const Summary& summary, const std::vector<Pair>& all) {
  const std::vector<Pair> pairs = without_counts(all);
  if (!summary.simulated()) return {};
  if (pairs.empty() && summary.measured) {
    return "No cell gave a figure in both worlds, so this run cannot say how far its simulated figures are from real "
           "ones.";
  }
  if (pairs.empty()) {
    return "Nothing in this run was measured: every figure is a prediction. Run sim-vs-real to see the error on this "
           "host.";
  }
  const Pair& worst = worst_of(pairs);
  return fmt::format(
      "Against {} figure{} measured on real threads the simulated one is typically off by {}; the worst is {}: {} of "
      "{}.",
      pairs.size(), pairs.size() == 1 ? "" : "s", magnitude(typical_error(pairs)), percent(worst.error()), worst.metric,
      what_of(worst));
}

}  // namespace rota::analysis
