// How far a prediction is from the measurement: the same cells on real threads and simulated, figure by figure.
#pragma once

#include <string>
#include <vector>

#include "analysis/figures/summary.hpp"

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
[[nodiscard]] std::vector<Pair> find_pairs(const std::vector<Panel>& panels);

// By metric in the order of the pairs, then machine, then workers.
[[nodiscard]] std::vector<ErrorRow> error_rows(const std::vector<Pair>& pairs);

// The pairs of one metric, and all metrics in the order of the pairs.
[[nodiscard]] std::vector<Pair> pairs_of(const std::vector<Pair>& pairs, const std::string& metric);
[[nodiscard]] std::vector<std::string> metrics_of(const std::vector<Pair>& pairs);

// Of one metric or of several, at least one: the worst of them, and the median of their absolute errors.
[[nodiscard]] const Pair& worst_of(const std::vector<Pair>& pairs);
[[nodiscard]] double typical_error(const std::vector<Pair>& pairs);

// "fifo · spawn · 2 workers, compact, on 2s-64c"
[[nodiscard]] std::string what_of(const Pair& pair);
// "+12 %", "-1.3 %", and without the sign.
[[nodiscard]] std::string percent(double error);
[[nodiscard]] std::string magnitude(double error);

// What a reader must know of the simulated figures of this run: how far they typically are from the measured ones, or
// that nothing was measured. Bare counts (unit "1") do not enter it. Empty if nothing was simulated.
[[nodiscard]] std::string prediction_sentence(const Summary& summary, const std::vector<Pair>& pairs);

}  // namespace rota::analysis
