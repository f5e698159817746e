// One chart of bars or lines: policies as series over slices (worker counts, parameter values, workloads).
#pragma once

#include <string>
#include <vector>

#include "analysis/summary.hpp"

namespace rota::analysis {

// One position on the x axis.
struct Slice {
  const Panel* panel;
  std::size_t column;
  double x;          // lines only
  std::string name;  // "2 workers", "10k tasks"
};

struct Plot {
  std::string kind;  // bars | lines
  std::string title, subtitle;
  std::string x_name;
  std::vector<Slice> slices;
  bool gain = false;  // draw times better than the baseline instead of the figures themselves
};

// {kind, title, subtitle, answer, mark, xName, xLog, yName, yLog, reference, categories: […],
//  series: [{name, colour, points: [{x, y, low, high, count, samples: […]}]}]}
// Values are in the unit that yName names; a bar's x is its category's index; colour is the policy's index in the run.
[[nodiscard]] Json draw(const Run& run, const Summary& summary, const Plot& plot);

// Who is best in this slice and by how much against the baseline, or that they cannot be told apart.
[[nodiscard]] std::string answer_at(const Summary& summary, const Slice& slice);

// "ns_per_task" is "time per task", "bytes_per_task" is "memory per task", "requests_per_s" is "requests per s".
[[nodiscard]] std::string quantity(const Panel& panel);

// "measured on real threads", "simulated on 2s-64c"; both if the slices are of both kinds.
[[nodiscard]] std::string mark_of(const std::vector<Slice>& slices);

// The index by which a policy has its colour in every chart: its place in the definition, controls aside.
[[nodiscard]] std::size_t colour_of(const Run& run, std::string_view policy);

}  // namespace rota::analysis
