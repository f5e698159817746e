// One chart of bars or lines: policies as series over slices (worker counts, parameter values, workloads).
#pragma once

#include <string>
#include <vector>

#include "analysis/figures/panels.hpp"

namespace rota::analysis {

// One figure of each policy, at one position on the x axis. Slices of the same name stand at the same position: those
// of the two worlds, as series of their own.
struct Slice {
  const Panel* panel;
  std::size_t column;
  double x;          // lines only
  std::string name;  // "2 workers", "10k tasks"
};

enum class Measure {
  figure,   // the figures themselves
  gain,     // times better than the baseline
  speedup,  // times better than at the smallest number of workers
};

struct Plot {
  std::string kind;  // bars | lines
  std::string title, subtitle;
  std::string x_name;
  std::vector<Slice> slices;
  Measure measure = Measure::figure;
  bool prefer_log = false;  // a logarithmic y axis even where the figures are close, if all are positive
  std::string against;      // speedup: the policy whose figure at the smallest number counts; empty: each policy's own
};

// "ns_per_task" is "time per task", "bytes_per_task" is "memory per task", "requests_per_s" is "requests per s".
[[nodiscard]] std::string quantity(const Panel& panel);

// "measured on real threads", "simulated on 2s-64c"; both if the slices are of both kinds.
[[nodiscard]] std::string mark_of(const std::vector<Slice>& slices);

// Whether one of them is simulated.
[[nodiscard]] bool has_simulated(const std::vector<Slice>& slices);

// The title with what must not be overlooked: "spawn (simulated)", "spawn (measured and simulated)".
[[nodiscard]] std::string marked_title(const std::string& title, const std::vector<Slice>& slices);

// Positive values that differ so much that a linear axis would hide the small ones.
[[nodiscard]] bool needs_log(const std::vector<double>& values);

}  // namespace rota::analysis
