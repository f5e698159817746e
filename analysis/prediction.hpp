// How far a prediction is from the measurement: the same cells on real threads and simulated, figure by figure.
#pragma once

#include <string>
#include <vector>

#include "analysis/summary.hpp"

namespace rota::analysis {

// One figure in both worlds: the same policy, workload, workers, placement and metric.
struct Pair {
  std::string policy, workload, metric, unit, placement;
  std::string machine;  // that it was simulated on
  unsigned workers = 0;
  double real = 0, sim = 0;  // medians over repetitions
  [[nodiscard]] double error() const { return (sim - real) / real; }
};

// The pairs of one metric at one number of workers on one simulated machine.
struct ErrorRow {
  std::string metric, unit, machine;
  unsigned workers = 0;
  std::size_t pairs = 0;
  double median = 0;     // of the errors with their signs: on which side the prediction lies
  double magnitude = 0;  // the median of their absolute values: how far off it typically is
  Pair worst;            // the largest absolute value
};

// In the order of the panels. What the simulator tells of itself has no counterpart; a measured 0 has no relative
// error.
[[nodiscard]] std::vector<Pair> find_pairs(const Summary& summary);

// By metric in the order of the pairs, then machine, then workers.
[[nodiscard]] std::vector<ErrorRow> error_rows(const std::vector<Pair>& pairs);

// What a reader must know of the simulated figures of this run: how far they typically are from the measured ones, or
// that nothing was measured. Bare counts (unit "1") do not enter it. Empty if nothing was simulated.
[[nodiscard]] std::string prediction_sentence(const Run& run, const std::vector<Pair>& pairs);

// What the page shows of it; null if nothing was simulated. {text, measured, rows: […], charts: […]}, a chart being
// {kind: "pairs", title, subtitle, answer, mark, simulated, log, unit, series: [{name, policy, colour, points: [{x, y,
// where, error}]}]}.
[[nodiscard]] Json prediction_json(const Run& run, const Summary& summary);

}  // namespace rota::analysis
